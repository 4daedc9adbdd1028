"""Writing transcripts while they are recognised: begin, append, complete; and how to go on."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from django.db import transaction
from django.db.models import Max

from backend.sources.anchoring import number_words, time_range_of
from backend.sources.models import Segment, Source, Speaker, Transcript, TranscriptState
from backend.sources.services.speakers import get_default_speaker

KEPT_BESIDE = (
    "Excerpts hang on the earlier transcript, so that one stays in use; this one is kept beside it."
)


class SpokenWord(Protocol):
    """A recognised word; times count from the start of the recording."""

    @property
    def text(self) -> str: ...
    @property
    def start_ms(self) -> int: ...
    @property
    def end_ms(self) -> int: ...
    @property
    def probability(self) -> float | None: ...


class SpokenSegment(Protocol):
    """A recognised stretch of speech. The worker's Utterance has this shape."""

    @property
    def start_ms(self) -> int: ...
    @property
    def end_ms(self) -> int: ...
    @property
    def words(self) -> Sequence[SpokenWord]: ...
    @property
    def avg_logprob(self) -> float | None: ...
    @property
    def no_speech_prob(self) -> float | None: ...
    @property
    def compression_ratio(self) -> float | None: ...


@transaction.atomic
def begin_transcript(
    *,
    source: Source,
    engine: str,
    model: str,
    language: str,
    is_draft: bool,
    notice: str,
    duration_ms: int | None,
) -> Transcript:
    """Make the next version of the source's transcript, in progress and without text.

    The first version is current at once. A later one becomes current when its first text is
    appended; see append_segments.
    """
    Source.objects.select_for_update().get(id=source.id)
    versions = Transcript.objects.filter(source=source)
    latest = versions.aggregate(latest=Max("version"))["latest"] or 0
    return Transcript.objects.create(
        workspace_id=source.workspace_id,
        source=source,
        version=latest + 1,
        is_current=not versions.filter(is_current=True).exists(),
        state=TranscriptState.IN_PROGRESS,
        engine=engine,
        model=model,
        language=language,
        is_draft=is_draft,
        notice=notice,
        duration_ms=duration_ms,
    )


def find_resumable_transcript(
    *, source: Source, engine: str, model: str, language: str = ""
) -> Transcript | None:
    """The source's latest version, if it is in progress and was begun with the same engine and
    model (and language, when one is given): go on after its `transcribed_ms`. Otherwise None:
    begin a new one.
    """
    latest = Transcript.objects.filter(source=source).order_by("-version").first()
    if latest is None or latest.state != TranscriptState.IN_PROGRESS:
        return None
    if (latest.engine, latest.model) != (engine, model):
        return None
    if language and latest.language != language:
        return None
    return latest


@transaction.atomic
def append_segments(
    *, transcript: Transcript, segments: Iterable[SpokenSegment], transcribed_ms: int
) -> Transcript:
    """Save the next text, in reading order, and how far recognition has got with it.

    Words get their ids here; segments without words are left out. With its first text the
    version becomes current, unless excerpts hang on the one that is: then it is kept beside it.
    `transcript` itself is brought up to date. Calling it twice appends twice: hold the job's fence
    in the same transaction.
    """
    transcript.refresh_from_db(from_queryset=Transcript.objects.select_for_update())
    first_position = transcript.segments.count()
    rows: list[Segment] = []
    for segment in segments:
        row = _make_segment(transcript, segment, position=first_position + len(rows))
        if row.words:
            transcript.next_word_id = row.words[-1][0] + 1
            transcript.word_count += len(row.words)
            rows.append(row)
    if rows:
        _assign_speaker(rows, get_default_speaker(source=transcript.source))
        _make_current_if_free(transcript)
    Segment.objects.bulk_create(rows)
    transcript.transcribed_ms = max(transcript.transcribed_ms, transcribed_ms)
    transcript.save()
    return transcript


@transaction.atomic
def complete_transcript(
    *, transcript: Transcript, seconds_taken: float, notice: str = ""
) -> Transcript:
    """All text is there. `notice` is added to what the transcript says of itself already.

    `transcript` itself is brought up to date. Idempotent.
    """
    transcript.refresh_from_db(from_queryset=Transcript.objects.select_for_update())
    transcript.state = TranscriptState.COMPLETE
    transcript.seconds_taken = seconds_taken
    if transcript.duration_ms is not None:
        transcript.transcribed_ms = transcript.duration_ms
    _add_notice(transcript, notice)
    if transcript.word_count and not transcript.is_current:
        _add_notice(transcript, KEPT_BESIDE)
    transcript.save()
    return transcript


def _make_segment(transcript: Transcript, segment: SpokenSegment, *, position: int) -> Segment:
    spoken = ((word.text, word.start_ms, word.end_ms, word.probability) for word in segment.words)
    words = number_words(spoken, next_word_id=transcript.next_word_id)
    start_ms, end_ms = time_range_of(words)
    return Segment(
        workspace_id=transcript.workspace_id,
        transcript=transcript,
        position=position,
        start_ms=segment.start_ms if start_ms is None else min(segment.start_ms, start_ms),
        end_ms=segment.end_ms if end_ms is None else max(segment.end_ms, end_ms),
        words=words,
        avg_logprob=segment.avg_logprob,
        no_speech_prob=segment.no_speech_prob,
        compression_ratio=segment.compression_ratio,
    )


def _assign_speaker(rows: list[Segment], speaker: Speaker) -> None:
    for row in rows:
        row.speaker = speaker


def _make_current_if_free(transcript: Transcript) -> None:
    if transcript.is_current:
        return
    current = Transcript.objects.filter(source=transcript.source_id, is_current=True)
    # Excerpts live in a room above; deleted ones don't count.
    if current.filter(excerpts__deleted_at__isnull=True, excerpts__id__isnull=False).exists():
        return
    current.update(is_current=False)
    transcript.is_current = True


def _add_notice(transcript: Transcript, notice: str) -> None:
    if notice and notice not in transcript.notice:
        transcript.notice = f"{transcript.notice} {notice}".strip()
