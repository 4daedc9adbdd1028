"""What people ask of search: searches they keep, and questions that nothing answers yet."""

from django.conf import settings
from django.db import models

from backend.common.entity import Deletable, KeptQuerySet
from backend.studies.models import Study
from backend.workspaces.models import WorkspaceEntity


class SavedSearch(WorkspaceEntity, Deletable):
    """A search somebody comes back to. `question` is as SearchQuestionSerializer takes it.

    `last_seen_at`: what was marked since then is new to them. `in_digest_since`: when its owner
    put it into their weekly digest; null: it is in none.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches"
    )
    name = models.CharField(max_length=100)
    question = models.JSONField(default=dict)
    position = models.PositiveIntegerField(default=0)
    last_seen_at = models.DateTimeField()
    in_digest_since = models.DateTimeField(null=True)

    objects = KeptQuerySet.as_manager()

    class Meta:
        ordering = ["position", "created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "user", "name"],
                condition=models.Q(deleted_at__isnull=True),
                name="saved_search_name_once",
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

    `key` is the words as they are compared: in order, without case and accents. `excerpts` and
    `people` are what was found when it was last counted; before that, null. `is_added`: the study
    has these words from here, and loses them when the question is opened again.
    """

    key = models.CharField(max_length=300)
    words = models.CharField(max_length=300)
    state = models.CharField(
        max_length=20, choices=QuestionState.choices, default=QuestionState.OPEN
    )
    study = models.ForeignKey(
        Study, null=True, on_delete=models.SET_NULL, related_name="open_questions"
    )
    is_added = models.BooleanField(default=False)
    excerpts = models.PositiveIntegerField(null=True)
    people = models.PositiveIntegerField(null=True)
    counted_at = models.DateTimeField(null=True)

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


class DigestChoice(WorkspaceEntity):
    """How somebody gets their digests of a workspace. Without a row: by mail, in UTC."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    is_mailed = models.BooleanField(default=True)
    time_zone = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "user"], name="digest_choice_once"),
        ]


class Digest(WorkspaceEntity):
    """What was new in somebody's saved searches from `since` until `until`, once a week.

    `week` is the Monday it is of. A week without news has a row, too, that nobody is shown. It
    holds ids and numbers as they were; quotes are read when somebody looks.
    `mail_due_at`: a mail may be sent from then on; null: there is none to send.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digests"
    )
    week = models.DateField()
    since = models.DateTimeField()
    until = models.DateTimeField()
    people_total = models.PositiveIntegerField()
    has_news = models.BooleanField()
    mail_due_at = models.DateTimeField(null=True)
    mail_tries = models.PositiveIntegerField(default=0)
    mail_error = models.CharField(max_length=300, blank=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["mail_due_at"])]
        constraints = [
            models.UniqueConstraint(fields=["workspace", "user", "week"], name="digest_once_a_week")
        ]


class DigestSearch(WorkspaceEntity):
    """What was new in one search. `newest`: ids of its newest excerpts, the newest first."""

    digest = models.ForeignKey(Digest, on_delete=models.CASCADE, related_name="searches")
    saved_search = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="+")
    excerpts = models.PositiveIntegerField()
    people = models.PositiveIntegerField()
    newest = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["digest", "saved_search"], name="digest_search_once"),
        ]


class DigestAnswer(WorkspaceEntity):
    """A question its reader asked, and by then people were heard on."""

    digest = models.ForeignKey(Digest, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(OpenQuestion, on_delete=models.CASCADE, related_name="+")
    excerpts = models.PositiveIntegerField()
    people = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["digest", "question"], name="digest_answer_once"),
        ]
