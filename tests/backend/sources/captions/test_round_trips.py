"""What is written is read back the same, as far as each format can say it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from backend.sources.captions import (
    Cue,
    CueWord,
    fill_times,
    read_captions,
    split_long,
    words_of,
    write_docx,
    write_json,
    write_srt,
    write_txt,
    write_vtt,
)
from backend.sources.captions.cues import tidy

# Nothing that stands for markup, names or times in formats that know no escapes.
PLAIN = st.text(
    st.characters(
        exclude_categories=["Cs", "Cc", "Cn"], exclude_characters="<>{}:[]()\ufeff-\u200e\u200f"
    ),
    min_size=1,
    max_size=40,
).map(tidy)
ANY_TEXT = st.text(max_size=40).map(tidy)
NAMES = st.sampled_from(["", "Ana", "P01 (nurse)", "Dr. O'Neill-Ruiz", "Zoë", "דנה", "Moderator"])
ANY_NAMES = st.one_of(
    NAMES, st.text(max_size=30).map(lambda text: tidy(text).strip(" :").replace("\u200e", ""))
)
MS = st.integers(min_value=0, max_value=30 * 3_600_000)


@st.composite
def spoken(draw, texts=PLAIN, names=NAMES):
    """Cues with times: they last a millisecond at least, and may overlap."""
    start_ms = draw(MS)
    end_ms = start_ms + draw(st.integers(min_value=1, max_value=100_000))
    return Cue(start_ms, end_ms, draw(names), draw(texts.filter(bool)))


@st.composite
def spoken_by_word(draw):
    cue = draw(spoken(texts=ANY_TEXT))
    times = [st.none(), st.none()] if draw(st.booleans()) else [MS, MS]
    words = []
    for word in cue.text.split():
        start_ms, end_ms = (draw(time) for time in times)
        if start_ms is not None and end_ms is not None:
            start_ms, end_ms = sorted((start_ms, end_ms))
        probability = draw(st.none() | st.floats(min_value=0, max_value=1))
        words.append(CueWord(word, start_ms, end_ms, probability))
    return Cue(cue.start_ms, cue.end_ms, cue.speaker, cue.text, tuple(words))


def read(content: bytes, name: str):
    captions = read_captions(content, name=name)
    assert captions.format == name.rpartition(".")[2]
    assert captions.skipped == []
    return captions


def unmarked(text: str) -> str:
    """Readers drop marks of reading direction, which WebVTT counts as markup."""
    return tidy(text.replace("\u200e", "").replace("\u200f", ""))


@given(st.lists(spoken(texts=ANY_TEXT.map(unmarked), names=ANY_NAMES), min_size=1, max_size=6))
def test_webvtt_keeps_times_speakers_and_any_text(cues):
    has_names = any(cue.speaker for cue in cues)
    captions = read(write_vtt(cues, language="de"), "a.vtt")

    assert captions.language == "de"
    if has_names:
        assert captions.cues == cues
    assert [(cue.start_ms, cue.end_ms) for cue in captions.cues] == [
        (cue.start_ms, cue.end_ms) for cue in cues
    ]


@given(st.lists(spoken(), min_size=1, max_size=6))
def test_srt_keeps_times_speakers_and_text(cues):
    assert read(write_srt(cues), "a.srt").cues == cues


@given(st.lists(spoken(), min_size=1, max_size=6))
def test_plain_text_keeps_speakers_text_and_seconds(cues):
    expected = [Cue(cue.start_ms // 1000 * 1000, None, cue.speaker, cue.text) for cue in cues]

    assert read(write_txt(cues), "a.txt").cues == expected
    assert read(write_docx(cues, title="Ana: not said"), "a.docx").cues == expected


@given(st.lists(spoken(texts=ANY_TEXT, names=ANY_NAMES) | spoken_by_word(), max_size=6))
def test_json_keeps_everything(cues):
    captions = read(write_json(cues, language="de"), "a.json")

    assert captions.cues == cues
    assert captions.language == "de"


def test_text_that_looks_like_times_stays_text():
    cues = [Cue(0, 1000, "Ana", "00:00:01,000 --> 00:00:02,000"), Cue(1000, 2000, "Ana", "NOTE b")]

    assert read(write_vtt(cues), "a.vtt").cues == cues
    assert len(read(write_srt(cues), "a.srt").cues) == 2


def test_cues_without_times_get_some_where_a_format_needs_them():
    cues = [Cue(None, None, "Ana", "a"), Cue(5000, 6000, "Ana", "b"), Cue(None, None, "Ana", "c")]

    assert [(cue.start_ms, cue.end_ms) for cue in read(write_vtt(cues), "a.vtt").cues] == [
        (0, 600),
        (5000, 6000),
        (6000, 6600),
    ]


@given(st.lists(st.one_of(spoken(), spoken().map(lambda c: Cue(None, None, c.speaker, c.text)))))
def test_filled_times_stay_in_order_within_each_cue(cues):
    filled = fill_times(cues)

    assert [(cue.speaker, cue.text) for cue in filled] == [(cue.speaker, cue.text) for cue in cues]
    for before, after in zip(cues, filled, strict=True):
        assert before.start_ms in (None, after.start_ms)
        assert before.end_ms in (None, after.end_ms)
        assert (after.start_ms is None) == (after.end_ms is None)
        words = words_of(after)
        assert " ".join(word.text for word in words) == after.text
        if after.start_ms is not None:
            times = [time for word in words for time in (word.start_ms, word.end_ms)]
            assert times == sorted(times)
            assert (times[0], times[-1]) == (after.start_ms, after.end_ms)


@given(st.lists(st.sampled_from(["a", "bb.", "c?"]), max_size=900), st.booleans())
@settings(max_examples=20)
def test_long_cues_are_cut_without_losing_a_word_or_a_time(words, has_times):
    times = (0, 900_000) if has_times else (None, None)
    cue = Cue(*times, "Ana", " ".join(words))

    pieces = list(split_long([cue]))

    assert all(len(piece.text.split()) <= 300 for piece in pieces)
    assert [w for piece in pieces for w in words_of(piece)] == list(words_of(cue))


@given(st.lists(st.builds(Cue, st.none() | MS, st.none(), st.text(), st.text()), max_size=4))
def test_whatever_is_said_makes_a_sound_document(cues):
    """Rows may hold characters that XML and caption files can't."""
    captions = read_captions(write_docx(cues, title="\0\ufffe<"), name="a.docx")

    assert not any("damaged" in skipped.reason for skipped in captions.skipped)
    for write in (write_vtt, write_srt, write_txt, write_json):
        write(cues)
