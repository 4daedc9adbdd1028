"""Memos: what people note on anything, answer each other, and whom they mention."""

from django.conf import settings
from django.db import models

from backend.common.entity import Deletable, KeptQuerySet
from backend.sources.models import Transcript
from backend.studies.models import Session
from backend.workspaces.models import WorkspaceEntity


class MemoSubject(models.TextChoices):
    """What a memo is about."""

    STUDY = "study"
    SESSION = "session"
    SEGMENT = "segment"
    EXCERPT = "excerpt"
    TAG = "tag"
    PARTICIPANT = "participant"
    PERSONA = "persona"
    INSIGHT = "insight"


class Memo(WorkspaceEntity, Deletable):
    """A note on something; an answer to one has it as `parent`, and the same subject.

    `session` is that of what it is about, where that is in one. A memo on a segment also keeps the
    word where that began, so that it finds the passage once segments were joined. `folded_text` is
    what searching compares; see folding.
    """

    subject_kind = models.CharField(max_length=20, choices=MemoSubject.choices)
    subject_id = models.UUIDField()
    session = models.ForeignKey(Session, null=True, on_delete=models.CASCADE, related_name="memos")
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="answers")
    transcript = models.ForeignKey(
        Transcript, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    word_id = models.PositiveIntegerField(null=True)
    text = models.TextField()
    folded_text = models.TextField(default="")
    edited_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = KeptQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["workspace", "created_at"]),
            models.Index(fields=["subject_id", "created_at"]),
            models.Index(fields=["session", "created_at"]),
        ]


class Mention(WorkspaceEntity):
    """Somebody is called by name in a memo. `seen_at` null: they have not looked yet."""

    memo = models.ForeignKey(Memo, on_delete=models.CASCADE, related_name="mentions")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mentions"
    )
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["memo", "user"], name="mention_once")]
        indexes = [models.Index(fields=["user", "seen_at"])]
