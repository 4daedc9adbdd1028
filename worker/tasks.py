"""One thin task per kind of job, and one for parts: the message carries the job's id."""

from backend.config.celery import app
from backend.jobs.models import JobKind
from backend.jobs.services import RECOGNISE_PART, task_name
from worker.ledger import run_job, run_part
from worker.pipelines.find_speakers import run_find_speakers
from worker.pipelines.import_transcript import run_import_transcript
from worker.pipelines.prepare_media import run_prepare_media
from worker.pipelines.recognise_part import run_recognise_part
from worker.pipelines.reindex import run_reindex
from worker.pipelines.saving import save_ended_parts
from worker.pipelines.send_digest import run_send_digest
from worker.pipelines.transcribe import run_transcribe


@app.task(name=task_name(JobKind.PREPARE_MEDIA))
def prepare_media(job_id: str) -> None:
    run_job(job_id, run_prepare_media)


@app.task(name=task_name(JobKind.IMPORT_TRANSCRIPT))
def import_transcript(job_id: str) -> None:
    run_job(job_id, run_import_transcript)


@app.task(name=task_name(JobKind.TRANSCRIBE))
def transcribe(job_id: str) -> None:
    run_job(job_id, run_transcribe)


@app.task(name=task_name(RECOGNISE_PART))
def recognise_part(job_id: str) -> None:
    run_part(job_id, run_recognise_part, save=save_ended_parts)


@app.task(name=task_name(JobKind.FIND_SPEAKERS))
def find_speakers(job_id: str) -> None:
    run_job(job_id, run_find_speakers)


@app.task(name=task_name(JobKind.REINDEX))
def reindex(job_id: str) -> None:
    run_job(job_id, run_reindex)


@app.task(name=task_name(JobKind.SEND_DIGEST))
def send_digest(job_id: str) -> None:
    run_job(job_id, run_send_digest)
