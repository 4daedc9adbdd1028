"""The text of a recording in parts: the same whoever does them, read from the start."""

from typing import Any

import pytest

from backend.jobs import services
from backend.jobs.models import JobState
from backend.sources.anchoring import WORD_ID_STEP
from backend.sources.models import Transcript
from tests.worker.parts.conftest import SECONDS, SPEECH, finish, refreshed, text_of, work
from worker.ledger import run_part
from worker.pipelines.recognise_part import run_recognise_part
from worker.pipelines.saving import save_ended_parts
from worker.speech import planning

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_text_is_the_same_for_one_two_and_four_workers(begin):
    alone = work(begin())
    assert (alone.state, alone.error_detail) == (JobState.SUCCEEDED, "")
    text = text_of(alone)
    assert len(text) > 20
    ids = [word[0] for row in text[1:] for word in row[3]]
    assert ids == [WORD_ID_STEP * number for number in range(1, len(ids) + 1)]
    assert [row[0] for row in text[1:]] == [row[3][0][0] for row in text[1:]]

    for workers, language in ((2, ""), (4, ""), (1, "en"), (4, "en")):
        job = work(begin(language), workers)
        assert job.state == JobState.SUCCEEDED
        assert text_of(job) == text


def test_the_beginning_can_be_read_before_the_rest_is_listened_to(begin, monkeypatch):
    text = text_of(work(begin()))
    monkeypatch.setattr(planning, "plan_parts", None)
    job = begin("en")
    assert (job.parts.count(), job.progress_total) == (1, SECONDS * 1000)
    run_part(str(job.id), run_recognise_part, save=save_ended_parts)
    transcript = Transcript.objects.get(source=job.target_id)
    shown = list(transcript.segments.order_by("position").values_list("position", "words"))
    assert shown == [(row[0], row[3]) for row in text[1 : len(shown) + 1]] != []
    assert refreshed(job).state == JobState.RUNNING
    transcript.refresh_from_db()
    assert (transcript.state, transcript.speech) == ("in_progress", [list(SPEECH[0])])


def test_text_is_read_from_the_start_while_it_comes_in(begin):
    job = begin()
    text = text_of(work(begin()))[1:]
    parts = [services.claim_part(job.id, owner="w") for _ in range(8)]

    def shown() -> list[tuple[Any, ...]]:
        rows = Transcript.objects.get(source=job.target_id).segments.order_by("position")
        return [(row.position, row.words) for row in rows]

    for part in (parts[2], parts[1]):
        finish(part)
        assert shown() == []
    finish(parts[0])
    arrived = shown()
    assert arrived == [(row[0], row[3]) for row in text[: len(arrived)]]
    assert arrived[-1][1][-1][3] <= parts[2].end_ms
    assert Transcript.objects.get(source=job.target_id).transcribed_ms == parts[2].end_ms
