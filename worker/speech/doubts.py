"""Marks what a recogniser may have invented: circles, text over silence, and words it doubts."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from worker.speech.engine import Utterance, Word
from worker.speech.loops import has_loop

LOOP, SILENCE, UNSURE = "loop", "silence", "unsure"
# Whisper's own bound: below it a decoding counts as failed.
LEAST_LOGPROB = -1.0
# People repeat themselves, but seldom a whole sentence this often in a row.
_LEAST_SAME_UTTERANCES = 4
_SAME_LONG_UTTERANCES = 3
_LONG_UTTERANCE_WORDS = 4
_MOST_SILENT_SHARE = 0.5

Stretch = Sequence[int]


def mark_doubts(utterances: Sequence[Utterance], speech: Sequence[Stretch]) -> list[Utterance]:
    """The utterances, each with the gravest doubt there is about it; only `doubt` changes.

    `speech` is [start_ms, end_ms] of each stretch in which somebody speaks, in order and in the
    time of the utterances (of their channel, where each person has one). Circles over silence
    are nobody's words: those utterances are left out.
    """
    is_repeated = _repeated(utterances)
    marked: list[Utterance] = []
    for utterance, is_again in zip(utterances, is_repeated, strict=True):
        is_loop = utterance.doubt == LOOP or is_again or has_loop(utterance.text)
        is_silent = is_over_silence(utterance, speech)
        if is_loop and is_silent:
            continue
        is_unsure = (utterance.avg_logprob or 0.0) < LEAST_LOGPROB
        found = ((is_loop, LOOP), (is_silent, SILENCE), (is_unsure, UNSURE))
        doubt = next((name for is_so, name in found if is_so), utterance.doubt)
        marked.append(replace(utterance, doubt=doubt))
    return marked


def is_over_silence(utterance: Utterance, speech: Sequence[Stretch]) -> bool:
    """Whether most of its words lie outside all speech."""
    outside = sum(not _is_heard(word, speech) for word in utterance.words)
    return outside > len(utterance.words) * _MOST_SILENT_SHARE


def _is_heard(word: Word, speech: Sequence[Stretch]) -> bool:
    """Whether any of the word lies in speech; a word without length counts by its place."""
    index = bisect_left(speech, word.start_ms, key=lambda stretch: stretch[1])
    return index < len(speech) and speech[index][0] <= word.end_ms


def _repeated(utterances: Sequence[Utterance]) -> list[bool]:
    """Which utterances belong to a row of the same one, said over and over."""
    is_repeated = [False] * len(utterances)
    for first, last in _rows([_spoken(utterance) for utterance in utterances]):
        is_long = len(utterances[first].words) >= _LONG_UTTERANCE_WORDS
        if last - first >= (_SAME_LONG_UTTERANCES if is_long else _LEAST_SAME_UTTERANCES):
            is_repeated[first:last] = [True] * (last - first)
    return is_repeated


def _rows(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    first = 0
    for index in range(1, len(texts) + 1):
        if index == len(texts) or texts[index] != texts[first]:
            yield first, index
            first = index


def _spoken(utterance: Utterance) -> str:
    return "".join(letter for letter in utterance.text.casefold() if letter.isalnum())
