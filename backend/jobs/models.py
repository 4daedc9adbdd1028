"""The ledger of work: one row per job, and the outbox of changes that search has yet to see."""

from django.conf import settings
from django.db import models

from backend.workspaces.models import WorkspaceEntity


class JobKind(models.TextChoices):
    """What a job does to its target."""

    PREPARE_MEDIA = "prepare_media"  # target: a source
    TRANSCRIBE = "transcribe"  # target: a source
    FIND_SPEAKERS = "find_speakers"  # target: a source
    IMPORT_TRANSCRIPT = "import_transcript"  # target: an imported file
    REINDEX = "reindex"  # target: the workspace
    SEND_DIGEST = "send_digest"  # target: a membership


class JobState(models.TextChoices):
    """Where a job is. Only conditional updates in jobs.services move it."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


ACTIVE_STATES = (JobState.QUEUED, JobState.RUNNING)


class Leased(models.Model):
    """Work that a worker holds by a lease; jobs.services.leases moves it.

    `fence` rises with every claim: a worker whose fence is old has lost the row.
    """

    state = models.CharField(max_length=20, choices=JobState.choices, default=JobState.QUEUED)
    attempt = models.PositiveIntegerField(default=0)
    fence = models.PositiveIntegerField(default=0)
    lease_owner = models.CharField(max_length=200, blank=True)
    lease_until = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class Job(WorkspaceEntity, Leased):
    """One piece of work. Running without a lease, it is shared: any worker may take its parts.

    Progress is counted in `progress_unit` ("ms" of audio or of speech, or "documents").
    `stage_started_done` is where it stood when the stage began.
    """

    kind = models.CharField(max_length=30, choices=JobKind.choices)
    target_id = models.UUIDField()
    title = models.CharField(max_length=300, blank=True)
    study_id = models.UUIDField(null=True)
    session_id = models.UUIDField(null=True)
    source_id = models.UUIDField(null=True)
    options = models.JSONField(default=dict)

    stage = models.CharField(max_length=60, blank=True)
    progress_done = models.BigIntegerField(default=0)
    progress_total = models.BigIntegerField(default=0)
    progress_unit = models.CharField(max_length=20, blank=True)
    notice = models.TextField(blank=True)
    error_message = models.TextField(blank=True)
    error_remedy = models.TextField(blank=True)
    error_detail = models.TextField(blank=True)
    is_cancel_requested = models.BooleanField(default=False)

    rung_at = models.DateTimeField(null=True)
    stage_started_at = models.DateTimeField(null=True)
    stage_started_done = models.BigIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        indexes = [
            models.Index(fields=["workspace", "state"]),
            models.Index(fields=["state", "lease_until"]),
            models.Index(fields=["source_id", "kind", "created_at"]),
        ]
        constraints = [
            # A second request for waiting work joins the first one.
            models.UniqueConstraint(
                fields=["kind", "target_id"],
                condition=models.Q(state="queued"),
                name="job_queued_once",
            ),
        ]


class Part(WorkspaceEntity, Leased):
    """A piece of a job that any worker may do: some windows of a recording.

    Parts are planned once and end in any order; `result` waits here until all parts before it are
    over. `content` and `result` mean something to the job's pipeline only. Times are of the
    recording.
    """

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="parts")
    index = models.PositiveIntegerField()
    start_ms = models.BigIntegerField()
    end_ms = models.BigIntegerField()
    content = models.JSONField(default=dict)
    result = models.JSONField(null=True)
    is_saved = models.BooleanField(default=False)
    error_message = models.TextField(blank=True)

    class Meta:
        ordering = ["index"]
        indexes = [models.Index(fields=["state", "lease_until"])]
        constraints = [
            models.UniqueConstraint(fields=["job", "index"], name="part_index_once"),
        ]


class SubjectKind(models.TextChoices):
    """Kinds of rows whose change search must learn of."""

    EXCERPT = "excerpt"
    INSIGHT = "insight"
    PERSONA = "persona"
    CLAIM = "claim"
    TAG = "tag"
    PARTICIPANT = "participant"
    SESSION = "session"
    STUDY = "study"
    TRANSCRIPT = "transcript"
    SEGMENT = "segment"
    MEMO = "memo"
    WORKSPACE = "workspace"


class SearchChange(models.Model):
    """Outbox: this subject changed, in the same transaction as the change itself.

    The indexer reads the subject's current row, so order and duplicates don't matter.
    """

    id = models.BigAutoField(primary_key=True)
    workspace = models.ForeignKey(
        "workspaces.Workspace", on_delete=models.CASCADE, related_name="+"
    )
    subject_kind = models.CharField(max_length=20, choices=SubjectKind.choices)
    subject_id = models.UUIDField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["workspace", "id"])]
