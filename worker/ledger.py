"""Runs a claimed job or part: keeps its lease, carries its progress, ends it and says why."""

import logging
import os
import socket
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from time import monotonic
from types import TracebackType
from typing import Any, NamedTuple, Self
from uuid import UUID

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import OperationalError, connection, transaction

from backend.common.errors import EarshotError
from backend.jobs.models import Job, JobKind, Part
from backend.jobs.services import (
    LeaseLostError,
    claim_job,
    claim_part,
    fail_job,
    fail_part,
    finish_job,
    finish_part,
    hand_over_job,
    hold_job,
    is_cancel_requested,
    release_job,
    release_part,
    renew_lease,
    renew_part_lease,
    report_progress,
    stop_cancelled_job,
)
from worker.media import MediaError
from worker.speech.engine import ModelMissingError

logger = logging.getLogger(__name__)

REPORT_SECONDS = 0.5
LISTEN_SECONDS = 2.0
OWNER = f"{socket.gethostname()}:{os.getpid()}"
PART_APOLOGY = "Something went wrong while recognising this stretch."
NAMES = {
    JobKind.PREPARE_MEDIA: "preparing this recording",
    JobKind.TRANSCRIBE: "transcribing this recording",
    JobKind.FIND_SPEAKERS: "telling the speakers apart",
    JobKind.IMPORT_TRANSCRIPT: "reading this transcript",
    JobKind.REINDEX: "bringing search up to date",
    JobKind.SEND_DIGEST: "sending a weekly digest",
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


class HeldClaim:
    """A claim whose lease a thread keeps alive while it is entered."""

    def __init__(self, name: str) -> None:
        self._is_lost = threading.Event()
        self._is_cancelled = threading.Event()
        self._is_over = threading.Event()
        self._name = name
        self._heart = threading.Thread(target=self._beat, name=f"lease of {name}", daemon=True)

    def __enter__(self) -> Self:
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
            raise LeaseLostError(f"{self._name} was taken over.")
        if self._is_cancelled.is_set():
            raise JobCancelledError
        if stopping.is_set():
            raise WorkerStoppingError

    def _renew(self) -> bool:
        """Extend the lease. Returns whether the work was cancelled. Raises LeaseLostError."""
        raise NotImplementedError

    def _beat(self) -> None:
        try:
            while not self._is_over.wait(min(LISTEN_SECONDS, settings.JOB_LEASE_SECONDS / 3)):
                self._listen()
        finally:
            connection.close()

    def _listen(self) -> None:
        try:
            if self._renew():
                self._is_cancelled.set()
        except LeaseLostError:
            self._is_lost.set()
            self._is_over.set()
        except DatabaseError:
            # If the lease runs out meanwhile, the fence still guards the results.
            logger.exception("The lease of %s could not be renewed", self._name)
            connection.close()


class JobHandle(HeldClaim):
    """What a pipeline holds of its job."""

    def __init__(self, job: Job) -> None:
        super().__init__(f"job {job.id}")
        self.job = job
        self.is_finished = False
        self.is_handed_over = False
        self._reported_at = float("-inf")
        self._stage = ""
        if job.is_cancel_requested:
            self._is_cancelled.set()

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

    def finish(self, notice: str = "") -> AbstractContextManager[None]:
        """As `hold`, and the job is done with this very transaction.

        So a worker that is killed here leaves either nothing or everything, and no second attempt
        makes the result twice. `notice` is for the user.
        """
        return self._end(lambda: finish_job(self.job, notice=notice))

    def fail(self, message: str, *, remedy: str) -> AbstractContextManager[None]:
        """As `finish`, but the job could do only some of its work."""
        return self._end(lambda: fail_job(self.job, message=message, remedy=remedy))

    @contextmanager
    def hand_over(self) -> Iterator[None]:
        """As `hold`, and from then on the job is left to whoever takes its parts."""
        with self.hold():
            # The row is locked: whoever cancels from now on finds the job shared.
            if is_cancel_requested(self.job):
                raise JobCancelledError
            yield
            hand_over_job(self.job)
        self.is_finished = self.is_handed_over = True

    @contextmanager
    def _end(self, end: Callable[[], None]) -> Iterator[None]:
        self.check()
        with transaction.atomic():
            end()
            yield
        self.is_finished = True

    def _renew(self) -> bool:
        return renew_lease(self.job)


class PartHandle(HeldClaim):
    """What a pipeline holds of its part. If the job is cancelled, the part is lost."""

    def __init__(self, part: Part) -> None:
        super().__init__(f"part {part.index} of job {part.job_id}")
        self.part = part

    @property
    def job(self) -> Job:
        return self.part.job

    def _renew(self) -> bool:
        renew_part_lease(self.part)
        return False


class PartResult(NamedTuple):
    """What came of a part, as JSON holds it, and how much further the job is with it."""

    content: Any
    progress: int


Work = Callable[[JobHandle], None]
PartWork = Callable[[PartHandle], PartResult]
Save = Callable[[Job], None]


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


def run_part(job_id: str, work: PartWork, *, save: Save) -> None:
    """Claim the next open part of a shared job and run `work`.

    `save` is called in the transaction that ends the part, with the job's row locked. An error of
    the work fails this part alone. If there is no open part, nothing happens.
    """
    part = claim_part(UUID(job_id), owner=OWNER)
    if part is None:
        logger.info("Job %s has no part that waits", job_id)
        return
    logger.info("Job %s, part %s: attempt %s", job_id, part.index, part.attempt)
    try:
        _run_claimed_part(part, work, save)
    except LeaseLostError:
        logger.warning("Part %s of job %s was lost; nothing was saved", part.index, job_id)
    except OperationalError:
        logger.exception("The database was lost during job %s; the part is tried again", job_id)


def _run_claimed_part(part: Part, work: PartWork, save: Save) -> None:
    try:
        with PartHandle(part) as handle:
            result = work(handle)
            handle.check()
            with transaction.atomic():
                save(finish_part(part, result=result.content, progress=result.progress))
    except (LeaseLostError, OperationalError):
        raise
    except WorkerStoppingError:
        release_part(part)
    except Exception as error:
        logger.exception("Part %s of job %s failed", part.index, part.job_id)
        with transaction.atomic():
            save(fail_part(part, message=getattr(error, "message", PART_APOLOGY)))


def _apology(job: Job) -> dict[str, str]:
    return {
        "message": f"Something went wrong while {NAMES[JobKind(job.kind)]}.",
        "remedy": "Try again. If it fails again, ask the operator: the worker's log says more.",
    }


def _detail_of(error: Exception) -> str:
    told = getattr(error, "detail", "")
    return "\n".join(part for part in (*traceback.format_exception(error), told) if part)
