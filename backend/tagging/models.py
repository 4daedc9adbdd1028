"""The codebook, the evidence (tags, excerpts, taggings, placings), and who changed what."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models.functions import Coalesce, Lower

from backend.common.entity import Deletable, KeptQuerySet
from backend.personas.models import Persona
from backend.sources.models import Source, Speaker, Transcript
from backend.studies.models import Participant, Session
from backend.workspaces.models import WorkspaceEntity


class Tag(WorkspaceEntity, Deletable):
    """An entry of the codebook, in a tree. Names are unique among siblings, whatever the case."""

    name = models.CharField(max_length=100)
    description = models.TextField(blank=True)
    when_to_use = models.TextField(blank=True)
    when_not_to_use = models.TextField(blank=True)
    colour = models.CharField(
        max_length=7, default="#5f6b7a", validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$")]
    )
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="children")
    position = models.PositiveIntegerField(default=0)

    objects = KeptQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(
                "workspace",
                Coalesce("parent_id", "workspace_id"),
                Lower("name"),
                condition=models.Q(deleted_at__isnull=True),
                name="tag_name_once_among_siblings",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Hearing(models.TextChoices):
    """How somebody came to trust words that recognition was unsure of."""

    PLAYED = "played"
    SAID = "said"


class Heard(models.Model):
    """When somebody played an excerpt, or said that it is right; evidence must be one or the other.

    Empty: nobody has. It is said of the words as they are; see services.snapshots.
    """

    heard_at = models.DateTimeField(null=True)
    heard_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    heard_how = models.CharField(max_length=10, choices=Hearing.choices, blank=True)

    class Meta:
        abstract = True


class Excerpt(WorkspaceEntity, Deletable, Heard):
    """A stretch of words someone marked: the unit of evidence.

    It hangs on `word_ids` (ordered ids of its transcript), with its time range and its text kept
    beside them. `session`, `speaker` and `participant` follow from the words and are stored for
    counting people without opening the transcript.
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="excerpts")
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="excerpts")
    transcript = models.ForeignKey(Transcript, on_delete=models.CASCADE, related_name="excerpts")
    speaker = models.ForeignKey(
        Speaker, null=True, on_delete=models.SET_NULL, related_name="excerpts"
    )
    participant = models.ForeignKey(
        Participant, null=True, on_delete=models.SET_NULL, related_name="excerpts"
    )
    word_ids = models.JSONField()
    text = models.TextField()
    start_ms = models.BigIntegerField(null=True)
    end_ms = models.BigIntegerField(null=True)
    # Where it stands in the reading order of its transcript: the id of its first word, as ids rise
    # in reading order.
    position = models.PositiveIntegerField(default=0)
    is_key_quote = models.BooleanField(default=False)
    # It rests on words that recognition was unsure of, or may have invented; see `heard_at`.
    is_doubtful = models.BooleanField(default=False)
    tags = models.ManyToManyField(Tag, through="Tagging", related_name="excerpts")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = KeptQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["workspace", "created_at"]),
            models.Index(fields=["session", "position"]),
        ]


class Anchor(WorkspaceEntity, Heard):
    """Where an excerpt hung in a version of the transcript before it was carried to another."""

    excerpt = models.ForeignKey(Excerpt, on_delete=models.CASCADE, related_name="anchors")
    transcript = models.ForeignKey(Transcript, on_delete=models.CASCADE, related_name="+")
    word_ids = models.JSONField()
    text = models.TextField()
    start_ms = models.BigIntegerField(null=True)
    end_ms = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["excerpt", "transcript"], name="anchor_once"),
        ]


class CarryOutcome(models.TextChoices):
    """What became of an excerpt in a new version of its transcript."""

    REWORDED = "reworded"  # it was carried over, but the words there are others
    UNCERTAIN = "uncertain"  # it stayed on the earlier version; somebody must say where it belongs


class ReviewState(models.TextChoices):
    """Whether somebody has looked at it."""

    OPEN = "open"
    ACCEPTED = "accepted"  # it hangs on the new version
    KEPT = "kept"  # it stays on the earlier one


class Review(WorkspaceEntity):
    """An excerpt whose place in a new version of the transcript somebody should look at.

    Of an uncertain one, the proposed words may be null: nothing like it was found there.
    """

    excerpt = models.ForeignKey(Excerpt, on_delete=models.CASCADE, related_name="reviews")
    transcript = models.ForeignKey(Transcript, on_delete=models.CASCADE, related_name="reviews")
    outcome = models.CharField(max_length=20, choices=CarryOutcome.choices)
    state = models.CharField(max_length=20, choices=ReviewState.choices, default=ReviewState.OPEN)
    old_text = models.TextField()
    old_transcript = models.ForeignKey(Transcript, on_delete=models.CASCADE, related_name="+")
    proposed_text = models.TextField(blank=True)
    proposed_first_word_id = models.PositiveIntegerField(null=True)
    proposed_last_word_id = models.PositiveIntegerField(null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["excerpt", "transcript"], name="review_once"),
        ]


class Tagging(WorkspaceEntity):
    """Excerpt + tag + who + when."""

    excerpt = models.ForeignKey(Excerpt, on_delete=models.CASCADE, related_name="taggings")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="taggings")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["excerpt", "tag"], name="tagging_once"),
        ]


class Quadrant(models.TextChoices):
    """The six fields of an empathy map, in the order of their number keys."""

    THINK_FEEL = "think_feel"
    SAY_DO = "say_do"
    HEAR = "hear"
    SEE = "see"
    PAIN = "pain"
    GAIN = "gain"


class Aspect(models.TextChoices):
    """The halves of Think & Feel and Say & Do, kept apart because their gap is telling."""

    NONE = ""
    THINK = "think"
    FEEL = "feel"
    SAY = "say"
    DO = "do"


ASPECTS: dict[str, tuple[str, ...]] = {
    Quadrant.THINK_FEEL: (Aspect.THINK, Aspect.FEEL, Aspect.NONE),
    Quadrant.SAY_DO: (Aspect.SAY, Aspect.DO, Aspect.NONE),
    Quadrant.HEAR: (Aspect.NONE,),
    Quadrant.SEE: (Aspect.NONE,),
    Quadrant.PAIN: (Aspect.NONE,),
    Quadrant.GAIN: (Aspect.NONE,),
}


class Placing(WorkspaceEntity):
    """Excerpt + quadrant (+ aspect) + persona + emotion and its strength (−3…+3) + who + when."""

    excerpt = models.ForeignKey(Excerpt, on_delete=models.CASCADE, related_name="placings")
    quadrant = models.CharField(max_length=20, choices=Quadrant.choices)
    aspect = models.CharField(max_length=10, choices=Aspect.choices, blank=True, default="")
    persona = models.ForeignKey(
        Persona, null=True, on_delete=models.SET_NULL, related_name="placings"
    )
    emotion = models.CharField(max_length=60, blank=True)
    intensity = models.SmallIntegerField(
        null=True, validators=[MinValueValidator(-3), MaxValueValidator(3)]
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        # No index of persona and quadrant: read in the order of quadrants, excerpts would lie all
        # over the table, and the empathy map of 20,000 placings would take twice as long.
        constraints = [
            models.UniqueConstraint(
                fields=["excerpt", "quadrant", "persona"],
                name="placing_once",
            ),
            # SQLite has no NULLS NOT DISTINCT and would leave such a constraint out in silence.
            models.UniqueConstraint(
                fields=["excerpt", "quadrant"],
                condition=models.Q(persona__isnull=True),
                name="placing_once_without_persona",
            ),
            models.CheckConstraint(
                condition=models.Q(aspect="")
                | models.Q(quadrant="think_feel", aspect__in=["think", "feel"])
                | models.Q(quadrant="say_do", aspect__in=["say", "do"]),
                name="placing_aspect_of_quadrant",
            ),
            models.CheckConstraint(
                condition=models.Q(intensity__isnull=True) | models.Q(intensity__range=(-3, 3)),
                name="placing_intensity_range",
            ),
        ]


class Change(WorkspaceEntity):
    """Something a person did that can be undone, with the rows it touched as they were and became.

    `rows` lists {"table", "id", "before", "after"}; before null: made, after null: gone; see
    history.recording. A change belongs to a session, or to the codebook (session null). `number`
    rises within those whenever it is made, undone or done again, so that a page can ask for what is
    new to it; `first_number` is the one it was made with. `touched` says what a page has to read
    anew: see history.recording.Recording.touched.
    """

    session = models.ForeignKey(
        Session, null=True, on_delete=models.CASCADE, related_name="changes"
    )
    number = models.PositiveIntegerField()
    first_number = models.PositiveIntegerField(default=0)
    verb = models.CharField(max_length=40)
    summary = models.CharField(max_length=300)
    rows = models.JSONField(default=list)
    touched = models.JSONField(default=dict)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "workspace",
                Coalesce("session_id", "workspace_id"),
                "number",
                name="change_number_once",
            ),
        ]
        indexes = [
            models.Index(fields=["session", "number"]),
            models.Index(fields=["session", "created_by", "number"]),
            models.Index(
                fields=["workspace", "number"],
                condition=models.Q(session__isnull=True),
                name="change_of_codebook",
            ),
        ]
