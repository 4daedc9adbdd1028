"""Parts depend on the recording alone, and hold all of its speech."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.speech import planning
from worker.speech.channels import ChannelSpeech
from worker.speech.engine import Utterance, Word
from worker.speech.plain import from_plain, to_plain
from worker.speech.planning import PartPlan, plan_parts


def stretches(draw: st.DrawFn) -> list[tuple[int, int]]:
    """Some speech, none of it longer than a window."""
    now_ms, found = 0, []
    for pause_ms, length_ms in draw(
        st.lists(st.tuples(st.integers(0, 9_000), st.integers(200, 30_000)), max_size=40)
    ):
        found.append((now_ms + pause_ms, now_ms + pause_ms + length_ms))
        now_ms = found[-1][1]
    return found


some_speech = st.composite(stretches)()


def plan(speech: list[tuple[int, int]]) -> planning.Plan:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(planning, "find_speech", lambda samples, on_progress: speech)
        return plan_parts(np.zeros(0, dtype=np.int16))


@given(some_speech)
def test_every_moment_of_speech_is_in_exactly_one_window(speech):
    parts = plan(speech).parts

    windows = [window for part in parts for window in part.windows]
    assert windows == sorted(windows)
    assert all(a.end_ms <= b.start_ms for a, b in pairwise(windows))
    assert all(0 < window.end_ms - window.start_ms <= 30_000 for window in windows)
    assert [stretch[:2] for part in parts for stretch in part.speech] == speech
    assert sum(part.speech_ms for part in parts) == sum(b - a for a, b in speech)
    assert all(len(part.windows) <= 4 for part in parts)
    assert all(len(part.windows) == 1 for part in parts[:1])


@given(some_speech)
def test_parts_come_back_from_json_as_they_were(speech):
    for part in plan(speech).parts:
        assert PartPlan.from_content(part.to_content()) == part


def test_a_channel_is_heard_only_where_it_speaks(monkeypatch):
    found = ChannelSpeech(
        together=[(0, 9_000), (9_500, 12_000), (20_000, 26_000)],
        by_channel=[[(0, 4_000), (9_500, 12_000)], [(3_000, 9_000), (20_000, 26_000)], []],
    )
    monkeypatch.setattr(planning, "find_channel_speech", lambda samples, on_progress: found)

    first, second = plan_parts(np.zeros((0, 3), dtype=np.int16)).parts

    # Between 4 s and 9.5 s somebody else speaks: no window of the first channel holds that.
    assert first.windows == ((0, 4_000, 0), (9_500, 12_000, 0), (3_000, 9_000, 1))
    assert first.speech == ((0, 4_000, 0), (9_500, 12_000, 0), (3_000, 9_000, 1))
    assert first.speech_ms == 11_500
    assert second.windows == ((20_000, 26_000, 1),)


def test_utterances_come_back_from_json_as_they_were():
    words = (Word("six", 0, 400, 0.25), Word("weeks.", 400, 900, None))
    heard = [
        Utterance(0, 900, words, -0.3, 0.1, 1.5, "loop", 1),
        Utterance(900, 1_000, (Word("ok", 900, 1_000, 1.0),)),
    ]
    assert from_plain(to_plain(heard)) == heard


def test_what_is_no_number_is_left_out():
    (plain,) = to_plain([Utterance(0, 9, (Word("a", 0, 9, math.nan),), -math.inf, 0.0, 1.0)])
    assert plain["avg_logprob"] is None
    assert plain["words"] == [["a", 0, 9, None]]
