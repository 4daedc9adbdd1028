"""Cutting and folding words, in many scripts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.words import MAX_WORD_LETTERS, folded_words, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Twenty minutes, on hold!", ["twenty", "minutes", "on", "hold"]),
        ("I don't; the doctor's here", ["i", "dont", "the", "doctors", "here"]),
        ("I don’t; we’re", ["i", "dont", "were"]),
        ("l'heure", ["l", "heure"]),
        ("J'ai dit qu'il n'a pas d'or", ["j", "ai", "dit", "qu", "il", "n", "a", "pas", "d", "or"]),
        ("jusqu’à l’an", ["jusqu", "a", "l", "an"]),
        ("'J'ai dit', 'C'0", ["j", "ai", "dit", "c", "0"]),
        ("rock'n'roll, 0'0'c'0", ["rockn", "roll", "00", "c", "0"]),
        ("aujourd'hui, dell'anno", ["aujourd", "hui", "dell", "anno"]),
        ("İstanbul ışık IŞIK", ["istanbul", "isik", "isik"]),
        ("ผมลืมนัด", ["ผ", "ม", "ลื", "ม", "นั", "ด"]),
        ("မြန်မာ", ["မြ", "န်", "မာ"]),
        ("お医者さん", ["お", "医", "者", "さ", "ん"]),
        ("ﾃｽﾄ", ["テ", "ス", "ト"]),
        ("snake_case self-service", ["snake", "case", "self", "service"]),
        ("Café CAFÉ cafe\u0301", ["cafe", "cafe", "cafe"]),
        ("Straße Łódź smørrebrød", ["strasse", "lodz", "smorrebrod"]),
        ("ﬁle ½ x²", ["file", "½", "x2"]),
        ("Ёлка", ["елка"]),
        ("שָׁלוֹם עולם", ["שלום", "עולם"]),
        ("كِتَابٌ", ["كتاب"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("한국어 검색", ["한국어", "검색"]),
        ("予約 OK", ["予", "約", "ok"]),
        ("がヿ", ["が", "ヿ"]),
        ("soft\u00adhyphen", ["softhyphen"]),
        ("👩‍⚕️ 🎉", []),
        ("", []),
    ],
)
def test_words_are_cut_and_folded(text: str, words: list[str]) -> None:
    assert folded_words(text) == words


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("🎉 a reminder", ["a", "reminder"]),
        ("Cafe\u0301, s'il", ["Cafe\u0301", "s", "il"]),
        ("ﬁle Straße", ["ﬁle", "Straße"]),
        ("שָׁלוֹם עולם", ["שָׁלוֹם", "עולם"]),
        ("👩‍⚕️doctor", ["doctor"]),
        ("ลืมนัด ok", ["ลื", "ม", "นั", "ด", "ok"]),
        ("J’ai dit", ["J", "ai", "dit"]),
    ],
)
def test_places_are_code_points_of_the_text_itself(text: str, marked: list[str]) -> None:
    assert [text[word.start : word.end] for word in words_of(text)] == marked


@given(st.text(max_size=200))
def test_places_never_overlap_or_leave_the_text(text: str) -> None:
    words = words_of(text)
    assert [word.folded for word in words] == folded_words(text)
    assert all(0 <= word.start < word.end <= len(text) for word in words)
    starts = [word.start for word in words]
    assert starts == sorted(starts)


@given(st.text(max_size=80))
def test_folded_words_hold_nothing_that_would_split_them_again(text: str) -> None:
    for word in folded_words(text):
        assert word
        assert len(word) <= MAX_WORD_LETTERS
        assert not any(letter.isspace() for letter in word)


@settings(max_examples=500)
@given(st.text("cdlqusno0' é’", max_size=14))
def test_a_word_alone_is_cut_as_it_is_in_its_text(text: str) -> None:
    for word in words_of(text):
        assert folded_words(text[word.start : word.end]) == [word.folded]
