"""Job prepare_media: a recording is checked and made ready to play; then it is transcribed."""

import hashlib
from contextlib import nullcontext
from pathlib import Path

from django.db import transaction

from backend.jobs.models import ACTIVE_STATES, Job, JobKind
from backend.jobs.services import enqueue_job
from backend.sources import storage
from backend.sources.models import MediaFile, Transcript
from backend.sources.services import save_prepared_media
from worker.ledger import JobFailedError, JobHandle
from worker.media import Limits, prepare_media
from worker.pipelines.sound import mixed_sound
from worker.pipelines.speech_engine import begin_loading
from worker.scratch import hand_on_scratch

CHUNK_BYTES = 1 << 20
TRUNCATED = "This recording ends early or is damaged in places; what could be read was kept."


def run_prepare_media(handle: JobHandle) -> None:
    """Fingerprint the original, write what the page plays, save the facts."""
    media = get_media(handle.job)
    is_heard_next = _wants_transcript(handle.job)
    if is_heard_next:
        begin_loading(handle.job)
    original = storage.original_file(media)
    digest = _fingerprint(handle, original)
    with mixed_sound(handle.job) if is_heard_next else nullcontext() as speech_path:
        prepared = prepare_media(
            original,
            original.parent,
            limits=Limits(),
            on_progress=lambda done, total: handle.report(
                "preparing", done=done, total=total, unit="ms"
            ),
            speech_path=speech_path,
        )
    with handle.finish(TRUNCATED if prepared.facts.is_truncated else ""):
        save_prepared_media(media=media, sha256=digest, prepared=prepared)
        if _wants_transcript(handle.job):
            _enqueue_transcription(handle.job)


def get_media(job: Job) -> MediaFile:
    """The recording of the job's source. Raises JobFailedError if it is gone."""
    media = MediaFile.objects.select_related("source__session").filter(source_id=job.target_id)
    found = media.first()
    if found is None:
        raise JobFailedError(
            "This recording has been deleted meanwhile.", remedy="There is nothing left to do."
        )
    if not storage.original_file(found).is_file():
        raise JobFailedError(
            "The file of this recording is missing from the data folder.",
            remedy="Bring the folder back from a backup, or upload the recording again.",
        )
    return found


def _fingerprint(handle: JobHandle, original: Path) -> str:
    digest = hashlib.sha256()
    total, done = original.stat().st_size, 0
    with original.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            digest.update(chunk)
            done += len(chunk)
            handle.report("reading", done=done, total=total, unit="bytes")
    return digest.hexdigest()


def _wants_transcript(job: Job) -> bool:
    if job.options.get("keep_transcript"):
        return False
    is_asked = Job.objects.filter(
        kind=JobKind.TRANSCRIBE, target_id=job.target_id, state__in=ACTIVE_STATES
    )
    return not is_asked.exists() and not Transcript.objects.filter(source_id=job.target_id).exists()


def _enqueue_transcription(job: Job) -> None:
    transcribing = enqueue_job(
        workspace_id=job.workspace_id,
        kind=JobKind.TRANSCRIBE,
        target_id=job.target_id,
        title=job.title,
        study_id=job.study_id,
        session_id=job.session_id,
        source_id=job.source_id,
        user=job.created_by,
    )
    transaction.on_commit(lambda: hand_on_scratch(job, transcribing))
