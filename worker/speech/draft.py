"""The offline draft engine: Pocketsphinx, whose English model comes inside its package."""

import re
from collections.abc import Iterable, Sequence

import numpy as np
import pocketsphinx

from worker.speech.engine import Check, EngineFacts, Utterance, Word

_RATE_HZ = 16_000
_FRAME_MS = 10
_FULL_SCALE = 32_767
_PAUSE_MS = 600
_MOST_MS = 15_000
# Measured on synthesised talk: twice as fast as the package's own settings, as many words right.
_SETTINGS = {"samprate": _RATE_HZ, "cmn": "batch", "fwdflat": False, "maxhmmpf": 3000, "maxwpf": 5}
_NO_WORD = re.compile(r"[<\[+].*")
_VARIANT = re.compile(r"\(\d+\)$")
_FIRST_PERSON = re.compile(r"^i(?='|$)")

Timed = tuple[str, int, int]


class PocketsphinxEngine:
    """Poor text without punctuation, but on any machine and at once."""

    def __init__(self) -> None:
        self._decoder = pocketsphinx.Decoder(loglevel="FATAL", **_SETTINGS)

    def facts(self) -> EngineFacts:
        return EngineFacts(
            engine="pocketsphinx", model="en-us", language="en", is_draft=True, device="cpu"
        )

    def detect_language(self, samples: np.ndarray) -> str:
        """English: it knows no other."""
        return "en"

    def recognise(self, samples: np.ndarray, *, language: str) -> list[Utterance]:
        """Words in the window; whatever the language, they are English ones."""
        return self._hear(samples, None)

    def _hear(self, samples: np.ndarray, check: Check | None) -> list[Utterance]:
        if check:
            check()
        if samples.size == 0:
            return []
        sound = np.clip(samples * _FULL_SCALE, -_FULL_SCALE, _FULL_SCALE).astype("<i2")
        self._decoder.start_utt()
        self._decoder.process_raw(sound.tobytes(), full_utt=True)
        self._decoder.end_utt()
        heard = [
            (segment.word, segment.start_frame * _FRAME_MS, (segment.end_frame + 1) * _FRAME_MS)
            for segment in self._decoder.seg() or ()
        ]
        return to_utterances(heard, length_ms=len(samples) * 1000 // _RATE_HZ)

    def recognise_batch(
        self,
        windows: Sequence[np.ndarray],
        *,
        language: str,
        prompt: str = "",
        check: Check | None = None,
    ) -> list[list[Utterance]]:
        """What is said in each window; the prompt is left aside, as it knows no other words."""
        return [self._hear(samples, check) for samples in windows]


def to_utterances(heard: Iterable[Timed], *, length_ms: int) -> list[Utterance]:
    """Words grouped into utterances at pauses; silences, noises and variant marks left out."""
    groups: list[list[Word]] = []
    for label, start_ms, end_ms in heard:
        if _NO_WORD.match(label):
            continue
        word = Word(_spelled(label), start_ms, min(end_ms, length_ms), None)
        if groups and _belongs(word, groups[-1]):
            groups[-1].append(word)
        else:
            groups.append([word])
    return [Utterance(words[0].start_ms, words[-1].end_ms, tuple(words)) for words in groups]


def _belongs(word: Word, group: Sequence[Word]) -> bool:
    is_near = word.start_ms - group[-1].end_ms < _PAUSE_MS
    return is_near and word.end_ms - group[0].start_ms <= _MOST_MS


def _spelled(label: str) -> str:
    return _FIRST_PERSON.sub("I", _VARIANT.sub("", label))
