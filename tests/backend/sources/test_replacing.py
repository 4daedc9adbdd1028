"""Replacing words by others, as tables and as properties."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.sources.replacing import Replacement, find_matches, replace_matches
from backend.sources.word_folding import fold_phrase, split_punctuation


def words_of(*texts: str) -> list[list]:
    return [
        [word_id, text, word_id * 100, word_id * 100 + 90, 0.5]
        for word_id, text in enumerate(texts, start=1)
    ]


def replaced(texts: list[str], find: str, replace: str, **rest) -> list[str]:
    words = words_of(*texts)
    matches = find_matches(words, Replacement(find, replace, **rest))
    return [word[1] for word in replace_matches(words, matches)[0]]


@pytest.mark.parametrize(
    ("token", "parts"),
    [
        ("lib,", ("", "lib", ",")),
        ("“Lib”…", ("“", "Lib", "”…")),
        ("(Dr.", ("(", "Dr", ".")),
        ("C++", ("", "C++", "")),
        ("C#,", ("", "C#", ",")),
        ("don’t", ("", "don’t", "")),
        ("–", ("", "–", "")),
        ("🎵", ("", "🎵", "")),
        ("हिन्दी।", ("", "हिन्दी", "।")),
        ("¿Qué?", ("¿", "Qué", "?")),
    ],
)
def test_punctuation_around_a_word_is_told_from_it(token, parts):
    assert split_punctuation(token) == parts


@pytest.mark.parametrize(
    ("one", "other"),
    [("Dr. Lib,", "dr lib"), ("STRASSE", "Straße"), ("don’t", "Don't"), ("e\u0301", "É")],
)
def test_spellings_of_one_word_fold_to_the_same(one, other):
    assert fold_phrase(one) == fold_phrase(other)


@pytest.mark.parametrize(
    ("texts", "find", "replace", "expected"),
    [
        (["with", "Dr.", "lib,", "yes"], "dr lib", "Doctolib", ["with", "Doctolib,", "yes"]),
        (["(dr", "lib)"], "dr lib", "Doctolib", ["(Doctolib)"]),
        (["doctolib?"], "doctolib", "Doctor Lib", ["Doctor Lib?"]),
        (["a", "b", "c"], "a b c", "x y", ["x", "y"]),
        (["a", "b"], "a b", "x y z", ["x", "y z"]),
        (["so", "so", "so"], "so so", "yes", ["yes", "so"]),
        (["library", "lib"], "lib", "x", ["library", "x"]),
        (["New York", "it", "is"], "york", "Jersey", ["New Jersey", "it", "is"]),
        (["in New", "York City"], "new york", "Rome", ["in Rome", "City"]),
        (["new", "york city"], "new york city", "Rome", ["Rome"]),
        (["x x x"], "x", "y", ["y y y"]),
        (["Wated", "I", "wated."], "wated", "waited", ["Waited", "I", "waited."]),
        (["Ada", "said"], "Ada", "eder", ["eder", "said"]),
        (["ada"], "Ada", "Eder", ["Eder"]),
        (["Wait."], "wait", "stop!", ["Stop!"]),
        (["Doctolib,"], "doctolib", "Doctolib", ["Doctolib,"]),
        (["dr", "–", "lib"], "dr lib", "x", ["dr", "–", "lib"]),
        (["شكرا،"], "شكرا", "مرحبا", ["مرحبا،"]),
        (["👩‍⚕️", "ok"], "👩‍⚕️", "doctor", ["doctor", "ok"]),
        (["one"], "...", "x", ["one"]),
        (["one"], " ", "x", ["one"]),
    ],
)
def test_whole_words_are_replaced(texts, find, replace, expected):
    assert replaced(texts, find, replace) == expected


def test_case_matters_when_asked_for():
    assert replaced(["ada", "Ada"], "Ada", "Eder", match_case=True) == ["ada", "Eder"]
    assert replaced(["Wated"], "wated", "waited", match_case=True) == ["Wated"]


def test_a_match_says_where_it_is_and_what_goes():
    words = words_of("well", "with", "Dr.", "lib", "pro,", "yes")

    [match] = find_matches(words, Replacement("dr lib pro", "Doctolib Pro"))

    assert (match.first_word_id, match.last_word_id) == (3, 5)
    assert (match.before, match.after) == ("Dr. lib pro,", "Doctolib Pro,")
    assert (match.context_before, match.context_after) == ("well with", "yes")
    assert match.start_ms == 300
    assert match.removed_word_ids == [5]


def test_words_that_stay_keep_their_ids_and_take_over_the_time():
    words = words_of("with", "Dr.", "lib", "pro,", "yes")
    matches = find_matches(words, Replacement("dr lib pro", "Doctolib"))

    new_words, [edit] = replace_matches(words, matches)

    assert new_words == [words[0], [2, "Doctolib,", 200, 490, 1.0], words[4]]
    assert (edit.before, edit.after) == (words[1:4], new_words[1:2])


def test_words_without_audio_stay_without_times():
    words = [[1, "dr", None, None, None], [2, "lib", None, None, None]]
    matches = find_matches(words, Replacement("dr lib", "Doctolib"))
    assert replace_matches(words, matches)[0] == [[1, "Doctolib", None, None, None]]


TOKENS = st.sampled_from(["a", "A,", "b", "B.", "(c)", "d", "é", "…"])
TEXTS = st.lists(st.lists(TOKENS, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=10)
PHRASES = st.lists(TOKENS, min_size=1, max_size=4).map(" ".join)


@given(TEXTS, PHRASES, PHRASES, st.booleans(), st.data())
def test_replacing_keeps_ids_rising_and_can_be_taken_back(texts, find, replace, match_case, data):
    words = words_of(*texts)
    matches = find_matches(words, Replacement(find, replace, match_case))
    chosen = [match for match in matches if data.draw(st.booleans())]

    new_words, edits = replace_matches(words, chosen)

    ids = [word[0] for word in new_words]
    assert ids == sorted(set(ids))
    assert {word[0] for word in words} - set(ids) == {
        word_id for match in chosen for word_id in match.removed_word_ids
    }
    assert all(word[1] == " ".join(word[1].split()) != "" for word in new_words)
    touched = {word[0] for edit in edits for word in edit.before}
    assert [w for w in words if w[0] not in touched] == [
        w for w in new_words if w[0] not in touched
    ]
    times = [word[2:4] for word in new_words]
    assert times == sorted(times)
    assert all(start_ms <= end_ms for start_ms, end_ms in times)


@given(TEXTS, PHRASES, PHRASES)
def test_every_match_says_what_will_stand_there(texts, find, replace):
    words = words_of(*texts)
    for match in find_matches(words, Replacement(find, replace)):
        new_words, _ = replace_matches(words, [match])
        said = " ".join(word[1] for word in new_words)
        tokens = " ".join(texts).split()
        before, after = tokens[: match.token_range.start], tokens[match.token_range.stop :]
        assert said == " ".join([*before, match.after, *after])
