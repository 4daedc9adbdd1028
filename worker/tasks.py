"""One thin task per kind of job: the message carries the job's id, and nothing else."""

from backend.config.celery import app
from backend.jobs.models import JobKind
from backend.jobs.services import task_name
from worker.ledger import run_job
from worker.pipelines.prepare_media import run_prepare_media
from worker.pipelines.reindex import run_reindex
from worker.pipelines.transcribe import run_transcribe


@app.task(name=task_name(JobKind.PREPARE_MEDIA))
def prepare_media(job_id: str) -> None:
    run_job(job_id, run_prepare_media)


@app.task(name=task_name(JobKind.TRANSCRIBE))
def transcribe(job_id: str) -> None:
    run_job(job_id, run_transcribe)


@app.task(name=task_name(JobKind.REINDEX))
def reindex(job_id: str) -> None:
    run_job(job_id, run_reindex)
