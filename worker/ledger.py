"""Runs a claimed job: keeps its lease, carries its progress, ends it in a state that says why."""

import logging
import os
import socket
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from types import TracebackType
from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import OperationalError, connection, transaction

from backend.common.errors import EarshotError
from backend.jobs.models import Job, JobKind
from backend.jobs.services import (
    LeaseLostError,
    claim_job,
    fail_job,
    finish_job,
    hold_job,
    release_job,
    renew_lease,
    report_progress,
    stop_cancelled_job,
)
from worker.media import MediaError
from worker.speech.engine import ModelMissingError

logger = logging.getLogger(__name__)

REPORT_SECONDS = 0.5
LISTEN_SECONDS = 2.0
OWNER = f"{socket.gethostname()}:{os.getpid()}"
NAMES = {
    JobKind.PREPARE_MEDIA: "preparing this recording",
    JobKind.TRANSCRIBE: "transcribing this recording",
    JobKind.REINDEX: "bringing search up to date",
}

# Set when the process is asked to stop: the job is given back at its next report.
stopping = threading.Event()


class JobCancelledError(Exception):
    """Somebody cancelled the job while it ran."""


class WorkerStoppingError(Exception):
    """This process was asked to stop while the job ran."""


class JobFailedError(Exception):
    """The job can't be done; `message` says why and `remedy` what to do."""

    def __init__(self, message: str, *, remedy: str) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


class JobHandle:
    """What a pipeline holds of its job. While it is entered, a thread keeps the lease alive."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self._is_lost = threading.Event()
        self._is_cancelled = threading.Event()
        self._is_over = threading.Event()
        self.is_finished = False
        self._reported_at = float("-inf")
        self._stage = ""
        self._heart = threading.Thread(target=self._beat, name=f"lease-{job.id}", daemon=True)

    def __enter__(self) -> Self:
        if self.job.is_cancel_requested:
            self._is_cancelled.set()
        self._heart.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._is_over.set()
        self._heart.join()

    def check(self) -> None:
        """Raises LeaseLostError, JobCancelledError or WorkerStoppingError if work must end."""
        if self._is_lost.is_set():
            raise LeaseLostError(f"Job {self.job.id} was taken over.")
        if self._is_cancelled.is_set():
            raise JobCancelledError
        if stopping.is_set():
            raise WorkerStoppingError

    def report(self, stage: str, *, done: int = 0, total: int = 0, unit: str = "") -> None:
        """Say how far the work is, as often as you like; written at most twice a second.

        Raises what `check` raises, so a pipeline that reports can be stopped.
        """
        self.check()
        now = monotonic()
        if stage == self._stage and now - self._reported_at < REPORT_SECONDS:
            return
        report_progress(self.job, stage=stage, done=done, total=total, unit=unit)
        self._stage, self._reported_at = stage, now

    @contextmanager
    def hold(self) -> Iterator[None]:
        """A transaction that commits only while this claim holds. Raises what `check` raises."""
        self.check()
        with transaction.atomic():
            hold_job(self.job)
            yield

    @contextmanager
    def finish(self, notice: str = "") -> Iterator[None]:
        """As `hold`, and the job is done with this very transaction.

        So a worker that is killed here leaves either nothing or everything, and no second attempt
        makes the result twice. `notice` is for the user.
        """
        self.check()
        with transaction.atomic():
            finish_job(self.job, notice=notice)
            yield
        self.is_finished = True

    def _beat(self) -> None:
        try:
            while not self._is_over.wait(min(LISTEN_SECONDS, settings.JOB_LEASE_SECONDS / 3)):
                self._renew()
        finally:
            connection.close()

    def _renew(self) -> None:
        try:
            if renew_lease(self.job):
                self._is_cancelled.set()
        except LeaseLostError:
            self._is_lost.set()
            self._is_over.set()
        except DatabaseError:
            # If the lease runs out meanwhile, the fence still guards the results.
            logger.exception("The lease of job %s could not be renewed", self.job.id)
            connection.close()


Work = Callable[[JobHandle], None]


def run_job(job_id: str, work: Work) -> None:
    """Claim the job and run `work`.

    The job ends in a state that says what happened; if this process or the database is lost
    meanwhile, its lease runs out and a sweep reopens it. A job that is not waiting is left alone.
    """
    job = claim_job(UUID(job_id), owner=OWNER)
    if job is None:
        logger.info("Job %s is not waiting", job_id)
        return
    logger.info("Job %s (%s): attempt %s", job.id, job.kind, job.attempt)
    try:
        _run_claimed(job, work)
    except LeaseLostError:
        logger.warning("Job %s was lost to another worker; nothing was saved", job.id)
    except OperationalError:
        logger.exception("The database was lost during job %s; it is tried again", job.id)


def _run_claimed(job: Job, work: Work) -> None:
    try:
        with JobHandle(job) as handle:
            work(handle)
            if not handle.is_finished:
                finish_job(job)
    except (LeaseLostError, OperationalError):
        raise
    except JobCancelledError:
        stop_cancelled_job(job)
    except WorkerStoppingError:
        release_job(job)
    except (JobFailedError, MediaError, ModelMissingError, EarshotError) as error:
        logger.warning("Job %s failed: %s", job.id, error)
        fail_job(job, message=error.message, remedy=error.remedy, detail=_detail_of(error))
    except Exception as error:
        logger.exception("Job %s failed", job.id)
        fail_job(job, detail=_detail_of(error), **_apology(job))


def _apology(job: Job) -> dict[str, str]:
    return {
        "message": f"Something went wrong while {NAMES[JobKind(job.kind)]}.",
        "remedy": "Try again. If it fails again, ask the operator: the worker's log says more.",
    }


def _detail_of(error: Exception) -> str:
    told = getattr(error, "detail", "")
    return "\n".join(part for part in (*traceback.format_exception(error), told) if part)
