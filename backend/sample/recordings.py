"""Making the sample's sources: recordings with their transcripts, and notes."""

import shutil
from pathlib import Path
from typing import Any

from backend.jobs.models import JobKind
from backend.jobs.services import enqueue_job
from backend.sample.content_files import read_opus_duration_ms, read_segments
from backend.sources import storage
from backend.sources.anchoring import number_words, time_range_of
from backend.sources.models import (
    MediaFile,
    Segment,
    Source,
    SourceKind,
    Speaker,
    Transcript,
    TranscriptState,
)
from backend.studies.models import Participant, Session

NOTICE = "The words were read by synthetic voices from a script."


def load_source(
    *, session: Session, values: dict[str, Any], folder: Path, people: dict[str, Participant]
) -> Transcript:
    """Make the session's one source with speakers and transcript; returns the transcript.

    A recording can be played at once; its waveform is drawn by the worker, within seconds.
    """
    audio = folder / values["audio"] if values["audio"] else None
    source = Source.objects.create(
        workspace_id=session.workspace_id,
        session=session,
        kind=SourceKind.RECORDING if audio else SourceKind.TEXT,
        name=audio.name if audio else values["title"],
        created_by=session.created_by,
    )
    media = _load_recording(source, audio) if audio else None
    speakers = {
        speaker["label"]: _load_speaker(source, speaker, people) for speaker in values["speakers"]
    }
    return _load_transcript(
        source, read_segments(folder, values["transcript"]), speakers, media=media
    )


def _load_recording(source: Source, audio: Path) -> MediaFile:
    target = storage.source_folder(workspace_id=source.workspace_id, source_id=source.id)
    target.mkdir(parents=True, exist_ok=True)
    original = target / f"original{audio.suffix}"
    shutil.copyfile(audio, original)
    path = storage.relative(original)
    media = MediaFile.objects.create(
        workspace_id=source.workspace_id,
        source=source,
        original_path=path,
        # Replaced by the worker with a file that every browser plays.
        playback_path=path,
        content_type="audio/ogg",
        size_bytes=audio.stat().st_size,
        duration_ms=read_opus_duration_ms(audio),
    )
    session = source.session
    enqueue_job(
        workspace_id=source.workspace_id,
        kind=JobKind.PREPARE_MEDIA,
        target_id=source.id,
        title=session.title,
        study_id=session.study_id,
        session_id=session.id,
        source_id=source.id,
        options={"keep_transcript": True},
        user=session.created_by,
    )
    return media


def _load_speaker(
    source: Source, values: dict[str, Any], people: dict[str, Participant]
) -> Speaker:
    person = people[values["participant"]] if values["participant"] else None
    return Speaker.objects.create(
        workspace_id=source.workspace_id,
        source=source,
        label=person.code_name if person else values["label"].capitalize(),
        role=values["role"],
        participant=person,
    )


def _load_transcript(
    source: Source,
    segments: list[dict[str, Any]],
    speakers: dict[str, Speaker],
    *,
    media: MediaFile | None,
) -> Transcript:
    transcript = Transcript.objects.create(
        workspace_id=source.workspace_id,
        source=source,
        state=TranscriptState.COMPLETE,
        engine="script" if media else "text",
        language=source.session.language,
        notice=NOTICE if media else "",
        duration_ms=media.duration_ms if media else None,
        transcribed_ms=media.duration_ms or 0 if media else 0,
    )
    rows = []
    for segment in segments:
        spoken = ((*word, None) for word in segment["words"])
        words = number_words(spoken, next_word_id=transcript.next_word_id)
        transcript.next_word_id = words[-1][0] + 1
        start_ms, end_ms = time_range_of(words)
        rows.append(
            Segment(
                workspace_id=source.workspace_id,
                transcript=transcript,
                position=words[0][0],
                speaker=speakers[segment["speaker"]],
                start_ms=start_ms,
                end_ms=end_ms,
                words=words,
            )
        )
    Segment.objects.bulk_create(rows)
    transcript.word_count = sum(len(row.words) for row in rows)
    transcript.save()
    return transcript
