"""Which parts a recording is divided into, and how much of it is done."""

import numpy as np
import pytest

from backend.jobs.models import JobState
from backend.sources.models import Transcript
from tests.worker.parts.conftest import SPEECH, refreshed, work
from worker.ledger import run_part
from worker.pipelines import recognise_part as recognising
from worker.pipelines import transcribe
from worker.pipelines.recognise_part import run_recognise_part
from worker.pipelines.saving import save_ended_parts
from worker.speech import planning
from worker.speech.channels import ChannelSpeech

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_first_part_is_one_window_and_the_last_ones_are_small(begin):
    parts = list(begin().parts.all())

    assert [len(part.content["windows"]) for part in parts] == [1, 4, 4, 4, 4, 4, 2, 2, 2]
    assert [part.start_ms for part in parts] == sorted(part.start_ms for part in parts)
    assert sum(part.content["speech_ms"] for part in parts) == sum(b - a for a, b in SPEECH)


def test_progress_is_counted_in_speech(begin):
    job = begin()
    whole_ms = sum(end_ms - start_ms for start_ms, end_ms in SPEECH)
    assert (job.stage, job.progress_done, job.progress_total) == ("recognising", 0, whole_ms)

    run_part(str(job.id), run_recognise_part, save=save_ended_parts)

    assert refreshed(job).progress_done == SPEECH[0][1]
    assert work(job).state == JobState.SUCCEEDED


def test_a_recording_in_which_only_the_beginning_is_spoken_ends_after_it(begin, monkeypatch):
    monkeypatch.setattr(planning, "find_speech", lambda samples, on_progress: SPEECH[:1])
    job = work(begin("en"))
    assert job.state == JobState.SUCCEEDED
    assert job.parts.count() == 1
    assert Transcript.objects.get(source=job.target_id).state == "complete"


def test_people_with_a_channel_each_are_heard_one_by_one(begin, monkeypatch, make):
    noise = np.random.default_rng(4).integers(-9_000, 9_000, (60 * 16_000, 2)).astype(np.int16)
    found = ChannelSpeech(
        together=[(0, 9_000), (20_000, 26_000)],
        by_channel=[[(0, 4_000)], [(3_000, 9_000), (20_000, 26_000)]],
    )
    monkeypatch.setattr(planning, "find_channel_speech", lambda samples, on_progress: found)
    for module in (transcribe, recognising):
        monkeypatch.setattr(module, "open_sound", lambda job, media, on_progress: noise)

    job = begin()
    assert [part.content["windows"] for part in job.parts.all()] == [
        [[0, 4_000, 0], [3_000, 9_000, 1]],
        [[20_000, 26_000, 1]],
    ]
    assert job.progress_total == 15_000
    work(job, 2)

    segments = list(Transcript.objects.get(source=job.target_id).segments.all())
    assert [s.start_ms for s in segments] == sorted(s.start_ms for s in segments)
    assert {s.speaker.channel for s in segments} <= {0, 1}
    assert not any(s.is_speaker_suggested for s in segments)
    for segment in segments:
        first_ms, last_ms = (0, 4_000) if segment.speaker.channel == 0 else (3_000, 26_000)
        assert first_ms <= segment.start_ms <= segment.end_ms <= last_ms
