"""What preparing a recording saves, keeps and asks for."""

import hashlib
import json
import shutil

import numpy as np
import pytest

from backend.jobs.models import Job, JobKind, JobState
from backend.sources.models import MediaFile
from tests.worker.pipelines.conftest import (
    RECORDING,
    FakeEngine,
    kept_sound,
    run_parts,
)
from worker.ledger import run_job
from worker.pipelines import sound, speech_engine
from worker.pipelines.transcribe import run_transcribe
from worker.scratch import remove_scratch, scratch_dir
from worker.speech.engine import ModelMissingError

pytestmark = pytest.mark.django_db(transaction=True)


def test_preparing_saves_facts_and_asks_for_a_transcript(source, run, settings):
    job = run(JobKind.PREPARE_MEDIA, source)

    media = source.media
    media.refresh_from_db()
    assert (job.state, job.notice, job.error_detail) == (JobState.SUCCEEDED, "", "")
    assert media.sha256 == hashlib.sha256(RECORDING.read_bytes()).hexdigest()
    assert (media.container, media.has_video, media.is_truncated) == ("wav", False, False)
    assert 9_000 < media.duration_ms < 13_000
    assert (settings.MEDIA_DIR / media.playback_path).stat().st_size > 1000
    peaks = json.loads((settings.MEDIA_DIR / media.peaks_path).read_text())
    assert len(peaks["peaks"]) == peaks["length"]
    follower = Job.objects.get(kind=JobKind.TRANSCRIBE)
    assert (follower.target_id, follower.state) == (source.id, JobState.QUEUED)


def test_preparing_twice_changes_nothing_and_asks_once(source, run):
    run(JobKind.PREPARE_MEDIA, source)
    assert run(JobKind.PREPARE_MEDIA, source).state == JobState.SUCCEEDED

    assert Job.objects.filter(kind=JobKind.TRANSCRIBE).count() == 1


def test_a_recording_is_decoded_once(source, run, use_engine, monkeypatch):
    use_engine(FakeEngine())
    run(JobKind.PREPARE_MEDIA, source)
    job = Job.objects.get(kind=JobKind.TRANSCRIBE)
    assert kept_sound() == [str(job.id)]
    heard_once = next(scratch_dir().iterdir()).read_bytes()

    with monkeypatch.context() as once:
        once.setattr(sound, "decode_speech", None)
        run_job(str(job.id), run_transcribe)
        job.refresh_from_db()
        assert run_parts(job).state == JobState.SUCCEEDED

    # What is decoded when that is lost is the same to the byte.
    remove_scratch(Job.objects.get(kind=JobKind.FIND_SPEAKERS))
    source.media.refresh_from_db()
    again = sound.open_sound(job, source.media, on_progress=lambda done, total: None)
    assert np.asarray(again).tobytes() == heard_once


def test_a_recording_that_nobody_transcribes_leaves_no_sound(source, run):
    run(JobKind.PREPARE_MEDIA, source, keep_transcript=True)
    assert not scratch_dir().exists() or kept_sound() == []


def test_on_a_full_disk_no_sound_waits(source, run, monkeypatch):
    monkeypatch.setattr(sound, "_LEAST_FREE_BYTES", 1 << 62)
    assert run(JobKind.PREPARE_MEDIA, source).state == JobState.SUCCEEDED
    assert not scratch_dir().exists() or kept_sound() == []


def test_an_engine_that_is_missing_is_told_to_whoever_needs_it(waiting_job, monkeypatch):
    asked: list[Job] = []

    def load_engine(job):
        asked.append(job)
        raise ModelMissingError("There is none.", remedy="Get one.")

    monkeypatch.setattr(speech_engine, "load_engine", load_engine)
    job = waiting_job()
    speech_engine.begin_loading(job).join()
    assert asked == [job]


def test_a_recording_that_has_its_transcript_keeps_it(source, run, make):
    assert run(JobKind.PREPARE_MEDIA, source, keep_transcript=True).state == JobState.SUCCEEDED
    assert not Job.objects.filter(kind=JobKind.TRANSCRIBE).exists()

    make.transcript(source=source)
    assert run(JobKind.PREPARE_MEDIA, source).state == JobState.SUCCEEDED
    assert not Job.objects.filter(kind=JobKind.TRANSCRIBE).exists()


def test_the_engine_is_read_while_a_recording_that_will_need_it_is_prepared(
    source, run, monkeypatch
):
    begun: list[int] = []
    monkeypatch.setattr(
        "worker.pipelines.prepare_media.begin_loading",
        lambda job: begun.append(MediaFile.objects.exclude(playback_path="").count()),
    )
    run(JobKind.PREPARE_MEDIA, source, keep_transcript=True)
    assert begun == []
    MediaFile.objects.update(playback_path="")
    run(JobKind.PREPARE_MEDIA, source)
    assert begun == [0]


@pytest.mark.parametrize("kind", [JobKind.PREPARE_MEDIA, JobKind.TRANSCRIBE])
def test_a_recording_that_is_gone_is_said_so(source, run, settings, kind):
    shutil.rmtree(settings.MEDIA_DIR)
    missing_file = run(kind, source)
    MediaFile.objects.all().delete()
    missing_row = run(kind, source)

    for job in (missing_file, missing_row):
        assert job.state == JobState.FAILED
        assert job.error_message
        assert job.error_remedy
    assert "missing" in missing_file.error_message
    assert "deleted" in missing_row.error_message
