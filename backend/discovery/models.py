"""What people ask of search: searches they keep, and questions that nothing answers yet."""

from django.conf import settings
from django.db import models

from backend.studies.models import Study
from backend.workspaces.models import WorkspaceEntity


class SavedSearch(WorkspaceEntity):
    """A search somebody comes back to. `question` is as SearchQuestionSerializer takes it.

    `last_seen_at`: what was marked since then is new to them.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches"
    )
    name = models.CharField(max_length=100)
    question = models.JSONField(default=dict)
    last_seen_at = models.DateTimeField()

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "user", "name"], name="saved_search_name_once"
            ),
        ]


class SynonymGroup(WorkspaceEntity):
    """Words or phrases that mean the same to this team: whoever searches for one finds all."""

    words = models.JSONField(default=list)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["created_at", "id"]


class QuestionState(models.TextChoices):
    """What became of a question that nobody could answer."""

    OPEN = "open"
    ADOPTED = "adopted"  # a study looks into it
    DISMISSED = "dismissed"


class OpenQuestion(WorkspaceEntity):
    """Words that people searched for, with little or nothing to be found.

    `key` is the words as they are compared: in order, without case and accents.
    """

    key = models.CharField(max_length=300)
    words = models.CharField(max_length=300)
    state = models.CharField(
        max_length=20, choices=QuestionState.choices, default=QuestionState.OPEN
    )
    study = models.ForeignKey(
        Study, null=True, on_delete=models.SET_NULL, related_name="open_questions"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "key"], name="open_question_once"),
        ]


class Asking(WorkspaceEntity):
    """Who asked a question, and how often. Others see how many asked, never who.

    `told_at`: they have seen the evidence that came since.
    """

    question = models.ForeignKey(OpenQuestion, on_delete=models.CASCADE, related_name="askings")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="askings"
    )
    times = models.PositiveIntegerField(default=1)
    last_asked_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "user"], name="asking_once"),
        ]


class QuestionLog(WorkspaceEntity):
    """Whether searches without answers are written down. Without a row they are."""

    is_on = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace"], name="question_log_once"),
        ]
