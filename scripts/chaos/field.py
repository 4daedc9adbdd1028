"""Earshot's own side of a round: recordings go in by its services, and are read back and judged."""

import io
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db import Error as DatabaseError
from django.db import connection
from django.utils import timezone

from backend.accounts.services import create_user
from backend.jobs.models import ACTIVE_STATES, Job, JobKind, JobState, Part
from backend.sources.models import MediaFile, Segment, Source, Transcript, TranscriptState
from backend.sources.services import create_upload, receive_part
from backend.studies.services import create_session, create_study
from backend.workspaces.services import create_workspace

Answer = TypeVar("Answer")
Text = list[list[Any]]


def patiently(work: Callable[[], Answer], *, seconds: float = 60) -> Answer:
    """Work with a database that comes and goes: again until it is there."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            return work()
        except DatabaseError:
            with suppress(DatabaseError):
                connection.close()
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


class Claim(NamedTuple):
    """A row, and the fence under which it was held."""

    model: type[Job] | type[Part]
    key: UUID
    fence: int


class Field:
    """One workspace and study that all recordings of a round go to."""

    def __init__(self, recordings: dict[str, bytes]) -> None:
        self.recordings = recordings
        self._owner = create_user(
            email="chaos@example.org", name="Chaos", password="a long enough password"
        )
        self._workspace = create_workspace(name="Chaos", owner=self._owner)
        self._study = create_study(workspace=self._workspace, title="Chaos")

    def add(self, name: str) -> UUID:
        """Upload the recording once more; returns the id of its source."""
        return patiently(lambda: self._add(name))

    def _add(self, name: str) -> UUID:
        content = self.recordings[name]
        session = create_session(
            workspace=self._workspace,
            study=self._study,
            kind="interview",
            title=name,
            language="en",
            user=self._owner,
        )
        upload = create_upload(
            session=session,
            file_name=f"{name}.wav",
            content_type="audio/wav",
            size_bytes=len(content),
            user=self._owner,
        )
        receive_part(upload=upload, offset_bytes=0, read=io.BytesIO(content).read)
        return Source.objects.values_list("id", flat=True).get(session=session)

    def sources(self) -> dict[UUID, str]:
        """Every source there is, with its recording's name."""
        rows = Source.objects.values_list("id", "session__title")
        return patiently(lambda: dict(rows.all()))

    def unfinished(self, source_ids: Iterable[UUID]) -> set[UUID]:
        """Sources whose work is not over."""
        return patiently(lambda: _unfinished(set(source_ids)))

    def holders(self) -> dict[int, Claim]:
        """What the workers hold now, by their process ids."""
        return patiently(lambda: _held(Job) | _held(Part))

    def is_taken_over(self, claim: Claim) -> bool:
        """Whether somebody has claimed since what was held then, or it is over."""
        model, key, fence = claim
        rows = model.objects.filter(id=key, fence=fence, state=JobState.RUNNING)
        return not patiently(rows.exists)

    def is_damaged(self) -> bool:
        """Whether damage shows already: a second transcript, or a part that was given up."""
        doubled = Transcript.objects.filter(version__gt=1)
        given_up = Part.objects.filter(state=JobState.FAILED)
        return patiently(lambda: doubled.exists() or given_up.exists())

    def active_jobs(self) -> list[tuple[UUID, str]]:
        """Id and kind of all jobs that are not over."""
        rows = Job.objects.filter(state__in=ACTIVE_STATES).values_list("id", "kind")
        return patiently(lambda: list(rows.all()))


def _held(model: type[Job] | type[Part]) -> dict[int, Claim]:
    rows = model.objects.filter(state=JobState.RUNNING, lease_until__gt=timezone.now())
    held = rows.exclude(lease_owner="").values_list("lease_owner", "id", "fence")
    return {int(owner.rpartition(":")[2]): Claim(model, key, fence) for owner, key, fence in held}


def _unfinished(source_ids: set[UUID]) -> set[UUID]:
    jobs = Job.objects.filter(source_id__in=source_ids)
    over = jobs.filter(kind=JobKind.TRANSCRIBE).exclude(state__in=ACTIVE_STATES)
    failed = jobs.filter(state__in=[JobState.FAILED, JobState.CANCELLED])
    ended = set(over.values_list("source_id", flat=True))
    ended |= set(failed.values_list("source_id", flat=True))
    active = set(jobs.filter(state__in=ACTIVE_STATES).values_list("source_id", flat=True))
    return (source_ids - ended) | active


def read_text(source_id: UUID) -> Text:
    """All that is said in the source's current transcript: who, when, words with their ids."""
    transcript = Transcript.objects.get(source_id=source_id, is_current=True)
    segments = Segment.objects.filter(transcript=transcript).order_by("position")
    columns = ("position", "start_ms", "end_ms", "doubt", "voice", "speaker__label", "words")
    return [list(row) for row in segments.values_list(*columns)]


def judge(source_id: UUID, name: str, expected: Text) -> list[str]:
    """What is wrong with what became of a recording; nothing, if all is as it should be."""
    faults = []
    transcripts = list(Transcript.objects.filter(source_id=source_id))
    if len(transcripts) != 1:
        faults.append(f"{name}: {len(transcripts)} transcripts instead of one")
    current = [transcript for transcript in transcripts if transcript.is_current]
    if len(current) != 1 or current[0].state != TranscriptState.COMPLETE:
        return [*faults, f"{name}: no current transcript that is complete"]
    text = read_text(source_id)
    if text != expected:
        faults.append(f"{name}: {_difference(text, expected)}")
    if current[0].word_count != sum(len(words) for *_, words in expected):
        faults.append(f"{name}: counted {current[0].word_count} words")
    return [*faults, *_judge_work(source_id, name)]


def _judge_work(source_id: UUID, name: str) -> list[str]:
    jobs = list(Job.objects.filter(source_id=source_id))
    faults = [
        f"{name}: {job.kind} ended {job.state}: {job.error_message}"
        for job in jobs
        if job.state != JobState.SUCCEEDED
    ]
    for kind in (JobKind.PREPARE_MEDIA, JobKind.TRANSCRIBE, JobKind.FIND_SPEAKERS):
        count = sum(job.kind == kind for job in jobs)
        # Where each person has a channel, nobody has to find out who speaks.
        is_needed = kind != JobKind.FIND_SPEAKERS or not _has_exact_speakers(source_id)
        if count != is_needed:
            faults.append(f"{name}: {count} jobs {kind}")
    parts = Part.objects.filter(job__source_id=source_id)
    unsaved = parts.exclude(state=JobState.SUCCEEDED, is_saved=True, result=None).count()
    if unsaved:
        faults.append(f"{name}: {unsaved} parts are not saved")
    for job in jobs:
        done_ms = sum(part.content.get("speech_ms", 0) for part in parts.filter(job=job))
        if done_ms and job.progress_done not in (0, done_ms):
            faults.append(f"{name}: progress {job.progress_done} of {done_ms} ms")
    return faults


def _has_exact_speakers(source_id: UUID) -> bool:
    return MediaFile.objects.filter(source_id=source_id, is_channel_per_person=True).exists()


def _difference(text: Text, expected: Text) -> str:
    words = [word for *_, segment in text for word in segment]
    wanted = [word for *_, segment in expected for word in segment]
    if len(words) != len(wanted):
        return f"{len(words)} words instead of {len(wanted)}"
    wrong = sum(word != other for word, other in zip(words, wanted, strict=True))
    return f"{wrong} of {len(words)} words differ, or their segments or speakers do"


def count_stuck() -> int:
    """Work that is not over though nothing disturbs it any more."""
    return Job.objects.filter(state__in=ACTIVE_STATES).count()
