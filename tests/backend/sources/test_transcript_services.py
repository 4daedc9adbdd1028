"""What the worker calls while it recognises: versions, ids, speakers, going on after a kill."""

from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from backend.sources import storage
from backend.sources.models import MediaFile, Segment, Speaker, Transcript
from backend.sources.services import (
    append_gap,
    append_segments,
    begin_transcript,
    complete_transcript,
    fill_gap,
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
    doubt: str = ""
    channel: int | None = None


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


def words_of(transcript) -> list:
    return [word for segment in transcript.segments.all() for word in segment.words]


def current_of(source) -> Transcript:
    return Transcript.objects.get(source=source, is_current=True)


def test_text_arrives_in_parts_with_ids_in_reading_order(make):
    transcript = begin(make.source())

    append(transcript, "I waited", "six weeks", at_ms=3000)
    append(transcript, "for a visit", at_ms=7000)

    segments = list(Segment.objects.filter(transcript=transcript))
    assert [segment.position for segment in segments] == [64, 192, 320]
    words = [word for segment in segments for word in segment.words]
    assert [word[0] for word in words] == [64 * number for number in range(1, 8)]
    assert [word[1] for word in words] == ["I", "waited", "six", "weeks", "for", "a", "visit"]
    assert words[1] == [128, "waited", 400, 750, 0.9]
    assert (segments[0].start_ms, segments[0].end_ms) == (0, 800)
    assert (segments[0].avg_logprob, segments[0].compression_ratio) == (-0.2, 1.5)
    saved = Transcript.objects.get()
    assert (saved.word_count, saved.next_word_id, saved.transcribed_ms) == (7, 449, 7000)
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

    append(Transcript.objects.get(), "three", at_ms=8000)

    words = [word[0] for segment in Segment.objects.all() for word in segment.words]
    assert words == [64, 128, 192]


def test_progress_never_goes_back(make):
    transcript = begin(make.source())
    append(transcript, "one", at_ms=5000)
    append(transcript, "two", at_ms=3000)

    assert Transcript.objects.get().transcribed_ms == 5000


def test_a_complete_transcript_says_how_long_it_took(make):
    transcript = begin(make.source(), notice="A rough draft.")
    append(transcript, "one")

    complete_transcript(transcript=transcript, seconds_taken=4.5, notice="No speech at the end.")
    complete_transcript(transcript=transcript, seconds_taken=4.5, notice="No speech at the end.")

    saved = Transcript.objects.get()
    assert (saved.state, saved.seconds_taken, saved.transcribed_ms) == ("complete", 4.5, 10_000)
    assert saved.notice == "A rough draft. No speech at the end."


def test_an_earlier_version_stays_in_use_while_a_new_one_comes_in(make):
    source = make.source()
    first = begin(source)
    append(first, "six leaks")
    complete_transcript(transcript=first)

    second = begin(source, speech=[(0, 800)])
    append(second, "six weeks")
    complete_transcript(transcript=second)

    assert (second.version, second.speech) == (2, [[0, 800]])
    assert current_of(source) == first


def test_a_version_without_text_makes_room_for_the_next(make):
    source = make.source()
    begin(source)

    second = begin(source)

    assert current_of(source) == second
    append(second, "six weeks")
    begin(source)
    assert current_of(source) == second


def test_a_gap_keeps_room_for_what_is_heard_later(make):
    source = make.source()
    transcript = begin(source)
    append(transcript, "one two", at_ms=1000)
    gap = append_gap(transcript=transcript, start_ms=1000, end_ms=5000, window_count=1)
    append(transcript, "five", at_ms=6000)
    marked = Segment.objects.get(doubt="gap")
    assert (marked.start_ms, marked.end_ms, marked.words) == (1000, 5000, [])
    before = words_of(transcript)

    fill_gap(transcript=transcript, gap=gap, segments=[say("three", 1000), say("four", 2000)])

    words = words_of(transcript)
    assert [word[1] for word in words] == ["one", "two", "three", "four", "five"]
    assert [word[0] for word in words] == sorted(word[0] for word in words)
    assert [word for word in words if word[1] in ("one", "two", "five")] == before
    saved = Transcript.objects.get()
    assert (saved.word_count, saved.transcribed_ms) == (5, 6000)
    assert not Segment.objects.filter(doubt="gap").exists()


def test_a_gap_in_which_nobody_spoke_goes(make):
    transcript = begin(make.source())
    gap = append_gap(transcript=transcript, start_ms=0, end_ms=5000, window_count=1)

    fill_gap(transcript=transcript, gap=gap, segments=[])

    assert not Segment.objects.exists()


def test_more_text_than_a_gap_has_room_for_is_refused(make):
    transcript = begin(make.source())
    gap = append_gap(transcript=transcript, start_ms=0, end_ms=5000, window_count=1)
    gap["last_word_id"] = gap["first_word_id"] + 99

    with pytest.raises(ValueError, match="more text than room"):
        fill_gap(transcript=transcript, gap=gap, segments=[say("a")] * 101)


def test_a_narrow_gap_is_filled_without_room_between_words(make):
    transcript = begin(make.source())
    gap = append_gap(transcript=transcript, start_ms=0, end_ms=5000, window_count=1)
    gap["last_word_id"] = gap["first_word_id"] + 99

    fill_gap(transcript=transcript, gap=gap, segments=[say("a")] * 50)

    words = [word[0] for word in words_of(transcript)]
    assert words == [gap["first_word_id"] + 1 + 2 * number for number in range(50)]


def test_a_gap_of_long_ago_is_filled_wherever_it_stands_in_its_room(make):
    transcript = begin(make.source())
    append(transcript, "one", at_ms=1000)
    gap = append_gap(transcript=transcript, start_ms=1000, end_ms=5000, window_count=1)
    later = append_gap(transcript=transcript, start_ms=5000, end_ms=9000, window_count=1)
    Segment.objects.filter(position=gap["first_word_id"]).update(position=65)
    reserved = {"first_position": 1, "last_position": 1000, **gap}

    fill_gap(transcript=transcript, gap=reserved, segments=[say("two", 1000)])

    assert [word[1] for word in words_of(transcript)] == ["one", "two"]
    assert Segment.objects.get(doubt="gap").position == later["first_word_id"]


def test_each_channel_has_a_speaker_of_its_own_and_that_is_certain(make):
    source = make.source()
    make.speaker(source, "Speaker 2")
    transcript = begin(source)

    append_segments(
        transcript=transcript,
        segments=[
            replace(say("hello"), channel=1),
            replace(say("hi", 900), channel=0),
            replace(say("well", 1800), channel=1),
        ],
        transcribed_ms=3000,
    )

    spoken = [(s.speaker.label, s.speaker.channel) for s in Segment.objects.all()]
    assert spoken == [("Speaker 3", 1), ("Speaker 1", 0), ("Speaker 3", 1)]
    assert not Segment.objects.filter(is_speaker_suggested=True).exists()


def test_the_speaker_of_one_channel_is_a_suggestion(make):
    append(begin(make.source()), "hello")

    assert Segment.objects.get().is_speaker_suggested


def test_merged_speakers_get_no_new_text(make):
    source = make.source()
    anna = make.speaker(source, "Anna")
    merged = make.speaker(source, "Speaker 1")
    Speaker.objects.filter(id=merged.id).update(merged_into=anna, channel=0)
    transcript = begin(source)

    append(transcript, "hello")
    append_segments(
        transcript=transcript, segments=[replace(say("hi"), channel=0)], transcribed_ms=2000
    )

    assert {segment.speaker for segment in Segment.objects.all()} == {anna}


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
    channels: int = 2
    is_channel_per_person: bool = True


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
    assert (saved.channel_count, saved.is_channel_per_person) == (2, True)
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
