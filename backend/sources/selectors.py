"""Reading sources: where sessions stand, what they hold, whole transcripts, room used."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import F, Prefetch, QuerySet, Sum

from backend.jobs.models import Job, JobKind
from backend.jobs.selectors import failed_parts
from backend.sources.models import (
    ImportedFile,
    MediaFile,
    Segment,
    Source,
    SourceKind,
    Speaker,
    Transcript,
    TranscriptState,
    Upload,
)
from backend.sources.session_state import SessionState, SourceProgress, derive_state
from backend.sources.withdrawal import is_withheld
from backend.studies.models import Participant, Session
from backend.studies.selectors import with_persona
from backend.workspaces.models import Workspace

# What is shown of a segment.
SEGMENT_COLUMNS = (
    "id",
    "position",
    "speaker_id",
    "is_speaker_suggested",
    "voice",
    "doubt",
    "style",
    "start_ms",
    "end_ms",
    "words",
    "is_withheld",
)
_WORK_KINDS = (
    JobKind.PREPARE_MEDIA,
    JobKind.TRANSCRIBE,
    JobKind.FIND_SPEAKERS,
    JobKind.IMPORT_TRANSCRIPT,
)


@dataclass
class SessionOverview:
    """Where a session stands, and how long its recordings last (None: none is prepared)."""

    state: SessionState
    duration_ms: int | None


@dataclass
class SessionContents:
    """Everything a session holds. `jobs` are the latest of each source and kind, newest first."""

    overview: SessionOverview
    sources: list[Source]
    uploads: list[Upload]
    jobs: list[Job]
    duplicates: dict[UUID, Session] = field(default_factory=dict)


def overviews_of(
    sessions: Sequence[Session], *, jobs: Sequence[Job] | None = None
) -> dict[UUID, SessionOverview]:
    """Where each session stands, by its id. Four queries, however many sessions.

    `jobs` are those of their sources, where the caller has read them already.
    """
    ids = [session.id for session in sessions]
    if jobs is None:
        jobs = list(_jobs_in(ids))
    uploading = set(unfinished_uploads(ids).values_list("session_id", flat=True))
    sources: dict[UUID, dict[UUID, SourceProgress]] = defaultdict(dict)
    durations: dict[UUID, int] = defaultdict(int)
    rows = Source.objects.filter(session__in=ids).values_list(
        "session_id", "id", "media__duration_ms"
    )
    by_source: dict[UUID, SourceProgress] = {}
    for session_id, source_id, duration_ms in rows:
        by_source[source_id] = sources[session_id][source_id] = SourceProgress()
        durations[session_id] += duration_ms or 0
    _fill_progress(by_source, jobs)
    return {
        session_id: SessionOverview(
            state=derive_state(
                has_unfinished_upload=session_id in uploading,
                sources=list(sources[session_id].values()),
            ),
            duration_ms=durations[session_id] or None,
        )
        for session_id in ids
    }


def _jobs_in(session_ids: Iterable[UUID]) -> QuerySet[Job]:
    """The jobs of the sources of these sessions, oldest first."""
    sources = Source.objects.filter(session__in=list(session_ids)).values("id")
    jobs = Job.objects.filter(source_id__in=sources, kind__in=_WORK_KINDS)
    return jobs.order_by("created_at", "id")


def _fill_progress(by_source: dict[UUID, SourceProgress], jobs: Iterable[Job]) -> None:
    # The jobs were read before the transcripts: a job that ends in between still counts as
    # running. The other way round its source would look failed, with neither a job nor a text.
    for job in jobs:
        if job.source_id in by_source:
            by_source[job.source_id].jobs.append((job.kind, job.state))
    complete = Transcript.objects.filter(
        source__in=by_source, is_current=True, state=TranscriptState.COMPLETE
    )
    for source_id in complete.values_list("source_id", flat=True):
        by_source[source_id].is_transcript_complete = True


def unfinished_uploads(session_ids: Iterable[UUID]) -> QuerySet[Upload]:
    """Files that are still on their way into these sessions, oldest first."""
    return Upload.objects.filter(
        session__in=list(session_ids), offset_bytes__lt=F("size_bytes")
    ).order_by("created_at", "id")


def sources_of(workspace: Workspace) -> QuerySet[Source]:
    """Sources of kept sessions, with media, speakers and current transcript at hand."""
    people = with_persona(Participant.objects.all())
    return (
        Source.objects.filter(
            workspace=workspace,
            session__deleted_at__isnull=True,
            session__study__deleted_at__isnull=True,
        )
        .select_related("media", "session")
        .prefetch_related(
            Prefetch("speakers", kept_speakers().order_by("created_at", "id")),
            Prefetch("speakers__participant", people),
            Prefetch("transcripts", Transcript.objects.filter(is_current=True)),
            Prefetch("imported_files", ImportedFile.objects.order_by("created_at", "id")),
        )
        .order_by("created_at", "id")
    )


def kept_speakers() -> QuerySet[Speaker]:
    """Speakers that were not merged into another."""
    return Speaker.objects.filter(merged_into__isnull=True)


def speakers_of(workspace: Workspace) -> QuerySet[Speaker]:
    """Unmerged speakers of kept sessions, with source and participant at hand."""
    return (
        kept_speakers()
        .filter(
            workspace=workspace,
            source__session__deleted_at__isnull=True,
            source__session__study__deleted_at__isnull=True,
        )
        .select_related("source", "participant__persona_link__persona")
    )


def imported_files_of(workspace: Workspace) -> QuerySet[ImportedFile]:
    """Files that transcripts of kept sessions were imported from."""
    return ImportedFile.objects.filter(
        workspace=workspace,
        source__session__deleted_at__isnull=True,
        source__session__study__deleted_at__isnull=True,
    )


def uploads_of(workspace: Workspace) -> QuerySet[Upload]:
    """Uploads into kept sessions, the finished ones too: their last answer may have been lost."""
    return Upload.objects.filter(
        workspace=workspace,
        session__deleted_at__isnull=True,
        session__study__deleted_at__isnull=True,
    ).select_related("session")


def contents_of(workspace: Workspace, session: Session) -> SessionContents:
    """What the page of a session shows. A constant number of queries."""
    jobs = list(_jobs_in([session.id]).prefetch_related(failed_parts()))
    overview = overviews_of([session], jobs=jobs)[session.id]
    sources = list(sources_of(workspace).filter(session=session))
    return SessionContents(
        overview=overview,
        sources=sources,
        uploads=list(unfinished_uploads([session.id])),
        jobs=_latest(jobs),
        duplicates=duplicates_of(sources),
    )


def _latest(jobs: Sequence[Job]) -> list[Job]:
    """Of each source and kind the latest; newest first."""
    latest: dict[Any, Job] = {}
    for job in reversed(jobs):
        latest.setdefault((job.source_id, job.kind), job)
    return list(latest.values())


def duplicates_of(sources: Sequence[Source]) -> dict[UUID, Session]:
    """For each source whose very file came before: the session it first came with. One query."""
    media = [source.media for source in sources if hasattr(source, "media")]
    prints = {file.sha256 for file in media if file.sha256}
    if not prints:
        return {}
    same = MediaFile.objects.filter(
        workspace=media[0].workspace_id,
        sha256__in=prints,
        source__session__deleted_at__isnull=True,
        source__session__study__deleted_at__isnull=True,
    ).select_related("source__session")
    first: dict[str, MediaFile] = {}
    for file in same.order_by("created_at", "id"):
        first.setdefault(file.sha256, file)
    return {
        file.source_id: first[file.sha256].source.session
        for file in media
        if file.sha256 in first and first[file.sha256].id != file.id
    }


def transcripts_of(workspace: Workspace) -> QuerySet[Transcript]:
    """Every version of the transcripts of kept sessions, with their source at hand."""
    return Transcript.objects.filter(
        workspace=workspace,
        source__session__deleted_at__isnull=True,
        source__session__study__deleted_at__isnull=True,
    ).select_related("source__media")


def opening_transcript_of(workspace: Workspace, session_id: UUID) -> Transcript | None:
    """The text that one reads first in a session: that of its latest recording, or of its first
    source if there is none. One query.
    """
    transcripts = transcripts_of(workspace).filter(source__session_id=session_id, is_current=True)
    by_source = list(transcripts.order_by("source__created_at", "source_id"))
    recordings = [row for row in by_source if row.source.kind == SourceKind.RECORDING]
    if recordings:
        return recordings[-1]
    return by_source[0] if by_source else None


def segments_of(
    transcript: Transcript, *, after_position: int = -1, first: int | None = None
) -> list[dict[str, Any]]:
    """The transcript's segments after a position, or the first few of them, in order, as plain
    rows: 30,000 words are read without making an object of each. One query.
    """
    rows = Segment.objects.filter(transcript=transcript, position__gt=after_position)
    return shown_segments(rows.order_by("position")[:first])


def shown_segments(segments: QuerySet[Segment], *more_columns: str) -> list[dict[str, Any]]:
    """These as rows of SEGMENT_COLUMNS, without words of people who withdrew. One query.

    Whatever shows what was said reads it here.
    """
    columns = (*more_columns, *(name for name in SEGMENT_COLUMNS if name != "is_withheld"))
    rows = segments.values(*columns, is_withheld=is_withheld())
    return [{**row, "words": []} if row["is_withheld"] else dict(row) for row in rows]


def storage_used_bytes(workspace: Workspace) -> int:
    """Room taken by the workspace's files and set aside for uploads on their way."""
    coming = Upload.objects.filter(workspace=workspace, offset_bytes__lt=F("size_bytes"))
    kept = (
        MediaFile.objects.filter(workspace=workspace),
        ImportedFile.objects.filter(workspace=workspace),
    )
    return sum(rows.aggregate(sum=Sum("size_bytes"))["sum"] or 0 for rows in (*kept, coming))
