"""Windows of a recording to utterances in its own time."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

import numpy as np

from worker.media.pcm import SPEECH_RATE_HZ
from worker.media.pcm import window as cut_window
from worker.speech.doubts import mark_doubts
from worker.speech.engine import Check, SpeechEngine, Utterance, Word
from worker.speech.planning import WINDOWS_A_PART, ChannelStretch, PartPlan
from worker.speech.windows import Window

MOST_AT_ONCE = WINDOWS_A_PART
_WINDOWS_FOR_LANGUAGE = 3


def recognise_part(
    samples: np.ndarray,
    plan: PartPlan,
    engine: SpeechEngine,
    language: str,
    *,
    prompt: str = "",
    check: Check | None = None,
) -> list[Utterance]:
    """What is said in a part of a recording, in the order in which it is said.

    Each utterance has the gravest doubt that there is about it. `check` may raise, and ends the
    work within a moment.
    """
    heard: dict[int | None, list[Utterance]] = {}
    for window, utterances in recognise_windows(
        samples, plan.windows, engine, language, speech=plan.speech, prompt=prompt, check=check
    ):
        heard.setdefault(window.channel, []).extend(utterances)
    marked = [
        mark_doubts(utterances, [stretch[:2] for stretch in plan.speech if stretch[2] == channel])
        for channel, utterances in heard.items()
    ]
    # A channel alone is in order already, and stays as the engine gave it.
    return marked[0] if len(marked) == 1 else sorted(chain(*marked), key=_moment)


def _moment(utterance: Utterance) -> int:
    return utterance.start_ms


def recognise_windows(
    samples: np.ndarray,
    windows: Sequence[Window],
    engine: SpeechEngine,
    language: str,
    *,
    speech: Sequence[ChannelStretch] = (),
    prompt: str = "",
    check: Check | None = None,
    most_at_once: int = MOST_AT_ONCE,
) -> Iterator[tuple[Window, list[Utterance]]]:
    """Each window with what was said in it, in order; times count from the recording's start.

    Several windows at once cost the engine about half as much as one by one. Of a channel only its
    own `speech` is heard.
    """
    for start in range(0, len(windows), most_at_once):
        together = windows[start : start + most_at_once]
        heard = engine.recognise_batch(
            [_sound_of(samples, window, speech) for window in together],
            language=language,
            prompt=prompt,
            check=check,
        )
        for window, utterances in zip(together, heard, strict=True):
            yield window, [moved(utterance, window) for utterance in utterances]


def detect_language(samples: np.ndarray, windows: Sequence[Window], engine: SpeechEngine) -> str:
    """The language of a recording, by the votes of its longest windows; "en" if it has none."""
    longest = sorted(windows, key=lambda window: window.start_ms - window.end_ms)
    votes = Counter(
        engine.detect_language(_sound_of(samples, window))
        for window in longest[:_WINDOWS_FOR_LANGUAGE]
    )
    return votes.most_common(1)[0][0] if votes else "en"


def _sound_of(
    samples: np.ndarray, window: Window, speech: Sequence[ChannelStretch] = ()
) -> np.ndarray:
    if window.channel is None:
        return cut_window(samples, window.start_ms, window.end_ms)
    sound = cut_window(samples[:, window.channel], window.start_ms, window.end_ms)
    return _without_others(sound, window, speech)


def _without_others(
    sound: np.ndarray, window: Window, speech: Sequence[ChannelStretch]
) -> np.ndarray:
    """The other voices are heard softly in a channel too, and would be written down twice."""
    own = [stretch for stretch in speech if stretch.channel == window.channel]
    if not own:
        return sound
    is_own = np.zeros(len(sound), dtype=bool)
    for stretch in own:
        first, last = (
            max(0, moment - window.start_ms) * SPEECH_RATE_HZ // 1000
            for moment in (stretch.start_ms, stretch.end_ms)
        )
        is_own[first:last] = True
    return np.where(is_own, sound, np.float32(0))


def moved(utterance: Utterance, window: Window) -> Utterance:
    """The utterance in the recording's time, and inside its window."""

    def place(time_ms: int) -> int:
        return min(max(window.start_ms + time_ms, window.start_ms), window.end_ms)

    words = tuple(
        Word(word.text, place(word.start_ms), place(word.end_ms), word.probability)
        for word in utterance.words
    )
    return replace(
        utterance,
        start_ms=place(utterance.start_ms),
        end_ms=place(utterance.end_ms),
        words=words,
        channel=window.channel,
    )
