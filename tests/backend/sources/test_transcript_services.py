"""What the worker calls while it recognises: versions, ids, speakers, going on after a kill."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.utils import timezone

from backend.sources import storage
from backend.sources.models import MediaFile, Segment, Speaker, Transcript
from backend.sources.services import (
    append_segments,
    begin_transcript,
    complete_transcript,
    find_resumable_transcript,
    save_prepared_media,
)

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Said:
    text: str
    start_ms: int
    end_ms: int
    probability: float | None = 0.9


@dataclass(frozen=True)
class Stretch:
    start_ms: int
    end_ms: int
    words: tuple[Said, ...]
    avg_logprob: float | None = -0.2
    no_speech_prob: float | None = 0.1
    compression_ratio: float | None = 1.5


def say(text: str, start_ms: int = 0) -> Stretch:
    """A stretch of speech, a word each 400 ms."""
    words = tuple(
        Said(f" {word}", start_ms + 400 * number, start_ms + 400 * number + 350)
        for number, word in enumerate(text.split())
    )
    return Stretch(start_ms, start_ms + 400 * len(words), words)


def begin(source, **values) -> Transcript:
    values = {
        "engine": "whisper",
        "model": "base",
        "language": "en",
        "is_draft": False,
        "notice": "",
        "duration_ms": 10_000,
        **values,
    }
    return begin_transcript(source=source, **values)


def append(transcript, *texts: str, at_ms: int = 1000) -> Transcript:
    return append_segments(
        transcript=transcript, segments=[say(text) for text in texts], transcribed_ms=at_ms
    )


def current_of(source) -> Transcript:
    return Transcript.objects.get(source=source, is_current=True)


def test_text_arrives_in_parts_with_ids_in_reading_order(make):
    transcript = begin(make.source())

    append(transcript, "I waited", "six weeks", at_ms=3000)
    append(transcript, "for a visit", at_ms=7000)

    segments = list(Segment.objects.filter(transcript=transcript))
    assert [segment.position for segment in segments] == [0, 1, 2]
    words = [word for segment in segments for word in segment.words]
    assert [word[0] for word in words] == [1, 2, 3, 4, 5, 6, 7]
    assert [word[1] for word in words] == ["I", "waited", "six", "weeks", "for", "a", "visit"]
    assert words[1] == [2, "waited", 400, 750, 0.9]
    assert (segments[0].start_ms, segments[0].end_ms) == (0, 800)
    assert (segments[0].avg_logprob, segments[0].compression_ratio) == (-0.2, 1.5)
    saved = Transcript.objects.get()
    assert (saved.word_count, saved.next_word_id, saved.transcribed_ms) == (7, 8, 7000)
    assert (transcript.word_count, transcript.transcribed_ms) == (7, 7000)
    assert saved.state == "in_progress"


def test_silence_moves_on_without_text(make):
    transcript = begin(make.source())

    append(transcript, "", "   ", at_ms=5000)

    assert not Segment.objects.exists()
    assert not Speaker.objects.exists()
    assert Transcript.objects.get().transcribed_ms == 5000


def test_ids_go_on_after_a_kill(make):
    source = make.source()
    append(begin(source), "one two", at_ms=4000)

    found = find_resumable_transcript(source=source, engine="whisper", model="base")
    append(found, "three", at_ms=8000)

    assert found == Transcript.objects.get()
    words = [word[0] for segment in Segment.objects.all() for word in segment.words]
    assert words == [1, 2, 3]


def test_progress_never_goes_back(make):
    transcript = begin(make.source())
    append(transcript, "one", at_ms=5000)
    append(transcript, "two", at_ms=3000)

    assert Transcript.objects.get().transcribed_ms == 5000


@pytest.mark.parametrize(
    "wanted",
    [
        {"engine": "pocketsphinx", "model": "base"},
        {"engine": "whisper", "model": "small"},
        {"engine": "whisper", "model": "base", "language": "de"},
    ],
)
def test_another_engine_model_or_language_begins_anew(make, wanted):
    source = make.source()
    begin(source)

    assert find_resumable_transcript(source=source, **wanted) is None
    same = {"engine": "whisper", "model": "base", "language": "en"}
    assert find_resumable_transcript(source=source, **same) is not None


def test_only_the_latest_unfinished_version_is_resumed(make):
    source = make.source()
    wanted = {"source": source, "engine": "whisper", "model": "base"}
    assert find_resumable_transcript(**wanted) is None

    begin(source)
    complete_transcript(transcript=begin(source), seconds_taken=1.0)

    assert find_resumable_transcript(**wanted) is None


def test_a_complete_transcript_says_how_long_it_took(make):
    transcript = begin(make.source(), notice="A rough draft.")
    append(transcript, "one")

    complete_transcript(transcript=transcript, seconds_taken=4.5, notice="No speech at the end.")
    complete_transcript(transcript=transcript, seconds_taken=4.5, notice="No speech at the end.")

    saved = Transcript.objects.get()
    assert (saved.state, saved.seconds_taken, saved.transcribed_ms) == ("complete", 4.5, 10_000)
    assert saved.notice == "A rough draft. No speech at the end."


def test_a_better_transcript_takes_over_with_its_first_text(make):
    source = make.source()
    draft = begin(source, engine="pocketsphinx", is_draft=True)
    append(draft, "six leaks")
    complete_transcript(transcript=draft, seconds_taken=1.0)

    better = begin(source)
    assert (better.version, current_of(source)) == (2, draft)
    append(better, "")
    assert current_of(source) == draft
    append(better, "six weeks")
    assert current_of(source) == better
    assert better.is_current
    complete_transcript(transcript=better, seconds_taken=1.0)
    assert Transcript.objects.get(version=2).notice == ""


def test_excerpts_keep_the_transcript_they_hang_on(make):
    source = make.source()
    first = begin(source)
    append(first, "six weeks")
    complete_transcript(transcript=first, seconds_taken=1.0)
    excerpt = make.excerpt(first)

    second = begin(source)
    append(second, "six weeks")
    complete_transcript(transcript=second, seconds_taken=1.0)

    assert current_of(source) == first
    assert "kept beside" in Transcript.objects.get(version=2).notice
    excerpt.refresh_from_db()
    assert excerpt.transcript == first


def test_deleted_excerpts_hold_nothing_back(make):
    source = make.source()
    first = begin(source)
    append(first, "six weeks")
    make.excerpt(first, deleted_at=timezone.now())

    second = begin(source)
    append(second, "six weeks")

    assert current_of(source) == second


def test_a_transcription_that_fails_midway_leaves_the_old_text_in_use(make):
    source = make.source()
    first = begin(source)
    append(first, "six weeks")
    complete_transcript(transcript=first, seconds_taken=1.0)

    begin(source, model="small")

    assert current_of(source) == first


@pytest.mark.parametrize(
    ("kind", "names", "linked"),
    [
        ("interview", ["P01"], "P01"),
        ("feedback", ["P01"], "P01"),
        ("interview", [], None),
        ("interview", ["P01", "P02"], None),
        ("focus_group", ["P01"], None),
        ("observation", ["P01"], None),
    ],
)
def test_the_first_voice_is_the_only_participants_if_that_is_certain(make, kind, names, linked):
    session = make.session(kind=kind, participants=[make.participant(name) for name in names])

    append(begin(make.source(session=session)), "six weeks")

    speaker = Speaker.objects.get()
    assert (speaker.label, speaker.role) == ("Speaker 1", "participant")
    assert (speaker.participant.code_name if speaker.participant else None) == linked
    assert Segment.objects.get().speaker == speaker


def test_a_renamed_only_speaker_is_kept_when_transcribing_again(make):
    source = make.source()
    append(begin(source), "six weeks")
    Speaker.objects.update(label="Anna")

    append(begin(source), "six weeks")

    assert Speaker.objects.get().label == "Anna"
    assert {segment.speaker.label for segment in Segment.objects.all()} == {"Anna"}


def test_several_known_speakers_are_not_guessed_among(make):
    source = make.source()
    for label in ("Anna", "Ben"):
        make.speaker(source, label)

    append(begin(source), "six weeks")

    assert Segment.objects.get().speaker.label == "Speaker 1"


@dataclass(frozen=True)
class Facts:
    duration_ms: int = 61_000
    container: str = "mov,mp4"
    audio_codec: str = "aac"
    has_video: bool = True
    is_truncated: bool = True


@dataclass(frozen=True)
class Prepared:
    playback_path: Path
    peaks_path: Path
    facts: Facts = field(default_factory=Facts)


def test_what_preparing_found_is_kept(make):
    source = make.source()
    media = MediaFile.objects.create(
        workspace=make.workspace, source=source, original_path="x/original.mp4", size_bytes=9
    )
    folder = storage.source_folder(workspace_id=source.workspace_id, source_id=source.id)

    prepared = Prepared(folder / "playback.m4a", folder / "peaks.json")
    save_prepared_media(media=media, sha256="a" * 64, prepared=prepared)

    saved = MediaFile.objects.get()
    assert saved.sha256 == "a" * 64
    assert saved.playback_path == f"{source.workspace_id}/{source.id}/playback.m4a"
    assert saved.peaks_path == f"{source.workspace_id}/{source.id}/peaks.json"
    assert (saved.duration_ms, saved.container, saved.audio_codec) == (61_000, "mov,mp4", "aac")
    assert (saved.has_video, saved.is_truncated) == (True, True)
    assert (saved.original_path, saved.size_bytes) == ("x/original.mp4", 9)


def test_files_outside_the_media_folder_are_never_served(make, tmp_path):
    media = MediaFile.objects.create(
        workspace=make.workspace, source=make.source(), original_path="x", size_bytes=9
    )

    with pytest.raises(ValueError, match="not in the subpath"):
        save_prepared_media(
            media=media,
            sha256="",
            prepared=Prepared(tmp_path / "playback.m4a", tmp_path / "peaks.json"),
        )
    assert MediaFile.objects.get().playback_path == ""
