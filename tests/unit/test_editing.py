"""Writing passages anew: ids rise, what is the same stays the same, and no text is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.sources.anchoring import UnknownWordError, Word, text_of
from backend.sources.editing import (
    NoRoomError,
    Rewriting,
    Room,
    cut_before,
    rewrite_blocks,
    rewrite_passage,
)

STEP = 16


def say(text: str, *, step: int = STEP, each_ms: int | None = 100) -> list[Word]:
    return [
        [
            (index + 1) * step,
            token,
            index * each_ms if each_ms else None,
            (index + 1) * each_ms if each_ms else None,
            0.5 if each_ms else None,
        ]
        for index, token in enumerate(text.split())
    ]


def rewrite(words: list[Word], text: str, **room: object) -> Rewriting:
    values = {"after": 0, "before": None, "next_word_id": 10_000, **room}
    return rewrite_passage(words, text, room=Room(**values))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "after", "ids"),
    [
        ("the app is slow", "the app is fast", [16, 32, 48, 64]),
        ("the app is slow", "the app slow", [16, 32, 64]),
        ("the app is slow", "", []),
        ("a b c d", "b c d a", [32, 48, 64, 10_063]),
        ("über die Äpfel", "über alle Äpfel", [16, 32, 48]),
        ("شكرا جزيلا لك", "شكرا لك", [16, 48]),
        ("so 👍🏽 great", "so 👍 great", [16, 32, 48]),
        ("wash ing ton is far", "Washington is far", [16, 64, 80]),
        ("the big old hause", "the house", [16, 64]),
    ],
)
def test_what_keeps_its_id(before: str, after: str, ids: list[int]) -> None:
    rewriting = rewrite(say(before), after)
    assert [word[0] for word in rewriting.words] == ids
    assert text_of(rewriting.words) == after


def test_inserted_words_lie_between_their_neighbours() -> None:
    words = rewrite(say("it works"), "it really mostly works").words
    assert [word[1] for word in words] == ["it", "really", "mostly", "works"]
    assert 16 < words[1][0] < words[2][0] < 32
    assert words[1][2:] == [100, 100, 1.0]


def test_inserted_words_share_a_pause_by_their_length() -> None:
    words = [[16, "it", 0, 100, 0.5], [32, "works", 1000, 1200, 0.5]]
    inserted = rewrite(words, "it absolutely is works").words[1:3]
    assert [word[2:4] for word in inserted] == [[100, 850], [850, 1000]]


def test_words_at_the_ends_fill_the_passage() -> None:
    room = {"start_ms": 0, "end_ms": 500}
    words = rewrite([[16, "it", 200, 300, None]], "well it works", **room).words
    assert [word[2:] for word in words] == [[0, 200, None], [200, 300, None], [300, 500, None]]


def test_one_word_that_becomes_two_shares_its_time() -> None:
    words = rewrite([[16, "gonna", 0, 800, 0.2]], "going to", next_word_id=64).words
    assert words == [[16, "going", 0, 571, 1.0], [127, "to", 571, 800, 1.0]]


def test_a_word_said_for_several_lasts_as_long_as_they_did() -> None:
    assert rewrite(say("wash ing ton"), "Washington").words == [[16, "Washington", 0, 300, 1.0]]


def test_only_words_written_one_for_one_are_respelled() -> None:
    rewriting = rewrite(say("the hause is gonna fall"), "the house is going to fall")
    assert [(r.word_id, r.before, r.after) for r in rewriting.respellings] == [
        (32, "hause", "house")
    ]


def test_ids_that_were_used_before_are_not_used_again() -> None:
    words = rewrite(say("a b"), "a new b", taken=range(17, 31)).words
    assert [word[0] for word in words] == [16, 31, 32]


def test_without_room_text_joins_the_word_before_it() -> None:
    words = rewrite(say("a b", step=1), "a new x b").words
    assert [word[:2] for word in words] == [[1, "a new x"], [2, "b"]]


def test_without_room_at_the_beginning_text_joins_the_first_word() -> None:
    words = rewrite(say("a b", step=1), "well a b").words
    assert [word[:2] for word in words] == [[1, "well a"], [2, "b"]]


def test_a_word_of_two_tokens_is_one_word_still() -> None:
    words = [[16, "New York", 0, 100, None], [32, "is", 100, 200, None]]
    assert rewrite(words, "New York is big").words[:2] == words
    assert rewrite(words, "New Jersey is").words[0][:2] == [16, "New"]


def test_a_block_without_any_id_is_refused() -> None:
    with pytest.raises(NoRoomError):
        rewrite_blocks(
            say("a b", step=1), ["a", "whole paragraph", "b"], room=Room(0, None, next_word_id=3)
        )


def test_words_follow_their_text_into_other_blocks() -> None:
    rewriting = rewrite_blocks(
        say("one two three four"), ["one two", "", "three", "four five"], room=Room(0, None, 99)
    )
    assert [[word[0] for word in block] for block in rewriting.blocks] == [
        [16, 32],
        [],
        [48],
        [64, 162],
    ]


def test_a_passage_of_one_word_over_and_over_takes_no_time() -> None:
    words = rewrite(say("no " * 5000), "so " + "no " * 4000 + "yes " + "no " * 900).words
    assert len(words) == 4902


def test_cutting() -> None:
    words = say("a b c")
    assert cut_before(words, 32) == (words[:1], words[1:])
    with pytest.raises(UnknownWordError):
        cut_before(words, 33)


TOKENS = st.sampled_from(["a", "b", "c", "ä", "the", "app", "App,", "👍", "New", "York"])
TEXTS = st.lists(TOKENS, max_size=12).map(" ".join)
WORD_TEXTS = st.lists(TOKENS, min_size=1, max_size=2).map(" ".join)


@st.composite
def passages(draw: st.DrawFn) -> list[Word]:
    word_id, time_ms, words = 0, 0, []
    has_audio = draw(st.booleans())
    for text in draw(st.lists(WORD_TEXTS, min_size=1, max_size=12)):
        word_id += draw(st.integers(1, 40))
        start_ms = time_ms + draw(st.integers(0, 50))
        time_ms = start_ms + draw(st.integers(0, 50))
        times = [start_ms, time_ms, 0.5] if has_audio else [None, None, None]
        words.append([word_id, text, *times])
    return words


@given(passages(), TEXTS, st.integers(1, 20), st.booleans())
def test_nothing_is_lost_or_moved(words: list[Word], text: str, room: int, is_last: bool) -> None:
    last = words[-1][0]
    rewriting = rewrite(
        words,
        text,
        before=None if is_last else last + room,
        next_word_id=last + room,
        start_ms=words[0][2],
        end_ms=words[-1][3],
    )
    result = rewriting.words
    ids = [word[0] for word in result]
    assert text_of(result) == text
    assert ids == sorted(set(ids))
    assert all(word_id > 0 for word_id in ids)
    if not is_last and ids:
        assert ids[-1] < last + room
    old = {word[0]: word for word in words}
    assert set(rewriting.removed_word_ids) == old.keys() - set(ids)
    for word in result:
        if word[0] in old and word[1] == old[word[0]][1]:
            assert word[4] == old[word[0]][4] or word[4] == 1.0
    starts = [word[2] for word in result if word[2] is not None]
    assert starts == sorted(starts)
    assert all(word[2] <= word[3] for word in result if word[2] is not None)


@given(passages(), st.data())
def test_words_around_one_edit_stay_to_the_byte(words: list[Word], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(words)))
    last = data.draw(st.integers(first, len(words)))
    # None of these tokens is in a passage: nothing else can be paired with them.
    new = data.draw(st.lists(st.sampled_from(["xx", "yy", "zz"]), max_size=4))
    text = " ".join([*(w[1] for w in words[:first]), *new, *(w[1] for w in words[last:])])
    spaced = [[word[0] * 100, *word[1:]] for word in words]
    result = rewrite(spaced, text, before=spaced[-1][0] + 100).words
    assert text_of(result) == text
    if new:
        assert result[:first] == spaced[:first]
        assert result[len(result) - (len(words) - last) :] == spaced[last:]


@given(passages(), st.lists(TEXTS, min_size=1, max_size=4))
def test_blocks_hold_what_was_written_in_them(words: list[Word], texts: list[str]) -> None:
    try:
        rewriting = rewrite_blocks(words, texts, room=Room(0, None, words[-1][0] + 1))
    except NoRoomError:
        return
    assert [text_of(block) for block in rewriting.blocks] == texts
    ids = [word[0] for word in rewriting.words]
    assert ids == sorted(set(ids))


@given(passages())
def test_writing_the_same_changes_nothing(words: list[Word]) -> None:
    rewriting = rewrite(words, text_of(words), before=words[-1][0] + 1)
    assert rewriting.words == words
    assert not rewriting.respellings
    assert not rewriting.removed_word_ids
