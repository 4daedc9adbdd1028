"""What a session left behind: uploads, sources, media files, transcripts and speakers."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce, Lower

from backend.studies.models import ConsentState, Participant, Session, Study
from backend.workspaces.models import WorkspaceEntity


class Upload(WorkspaceEntity):
    """A file on its way in (tus 1.0). `offset_bytes` is what has safely arrived on disk."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="uploads")
    # A transcript that comes beside a recording: of which one.
    beside = models.ForeignKey(
        "sources.Source", null=True, on_delete=models.SET_NULL, related_name="uploads_beside"
    )
    file_name = models.CharField(max_length=300)
    content_type = models.CharField(max_length=100, blank=True)
    size_bytes = models.BigIntegerField()
    offset_bytes = models.BigIntegerField(default=0)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(offset_bytes__lte=models.F("size_bytes")),
                name="upload_offset_within_size",
            ),
        ]


class SourceKind(models.TextChoices):
    """What a source is made of."""

    RECORDING = "recording"
    TEXT = "text"


class Source(WorkspaceEntity):
    """One thing a session left behind."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="sources")
    kind = models.CharField(max_length=20, choices=SourceKind.choices)
    name = models.CharField(max_length=300)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )


class MediaFile(WorkspaceEntity):
    """The recording of a source. Paths are relative to the media folder; the original is never
    touched. Everything below `sha256` is empty until the file has been prepared."""

    source = models.OneToOneField(Source, on_delete=models.CASCADE, related_name="media")
    original_path = models.CharField(max_length=300)
    content_type = models.CharField(max_length=100, blank=True)
    size_bytes = models.BigIntegerField()
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    playback_path = models.CharField(max_length=300, blank=True)
    peaks_path = models.CharField(max_length=300, blank=True)
    duration_ms = models.BigIntegerField(null=True)
    container = models.CharField(max_length=60, blank=True)
    audio_codec = models.CharField(max_length=60, blank=True)
    has_video = models.BooleanField(default=False)
    channel_count = models.PositiveSmallIntegerField(default=0)
    # Call recorders give each person a channel of their own: then nobody has to be told apart.
    is_channel_per_person = models.BooleanField(default=False)
    is_truncated = models.BooleanField(default=False)


class TranscriptState(models.TextChoices):
    """Whether more text is still to come."""

    IN_PROGRESS = "in_progress"
    COMPLETE = "complete"


class Transcript(WorkspaceEntity):
    """The text of a source, in versions. Word ids are handed out from `next_word_id`, once each.

    `transcribed_ms` is how far recognition has safely got: the text up to there is saved. `speech`
    lists [start_ms, end_ms] of each stretch in which somebody speaks, as it was detected.
    """

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="transcripts")
    version = models.PositiveIntegerField(default=1)
    is_current = models.BooleanField(default=True)
    state = models.CharField(max_length=20, choices=TranscriptState.choices)
    engine = models.CharField(max_length=40)
    model = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=10, blank=True)
    is_draft = models.BooleanField(default=False)
    notice = models.TextField(blank=True)
    duration_ms = models.BigIntegerField(null=True)
    transcribed_ms = models.BigIntegerField(default=0)
    seconds_taken = models.FloatField(default=0)
    word_count = models.PositiveIntegerField(default=0)
    next_word_id = models.PositiveIntegerField(default=1)
    speech = models.JSONField(default=list)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "version"], name="transcript_version_once"),
            models.UniqueConstraint(
                fields=["source"],
                condition=models.Q(is_current=True),
                name="transcript_current_once",
            ),
        ]


class RetiredWord(WorkspaceEntity):
    """A word that was taken out of a transcript: its id is not handed out again, so that whatever
    hung on it never hangs on another word.
    """

    transcript = models.ForeignKey(
        Transcript, on_delete=models.CASCADE, related_name="retired_words"
    )
    word_id = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["transcript", "word_id"], name="retired_word_once"),
        ]


class SpeakerRole(models.TextChoices):
    """Whose voice it is. Only participants' words count as evidence of people."""

    PARTICIPANT = "participant"
    MODERATOR = "moderator"
    OBSERVER = "observer"


class Speaker(WorkspaceEntity):
    """A voice in one source. One that was merged into another has no words and is not shown.

    `channel` counts from 0 where each person has a channel of the recording.
    """

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="speakers")
    label = models.CharField(max_length=100)
    role = models.CharField(
        max_length=20, choices=SpeakerRole.choices, default=SpeakerRole.PARTICIPANT
    )
    participant = models.ForeignKey(
        Participant, null=True, on_delete=models.SET_NULL, related_name="speakers"
    )
    channel = models.PositiveSmallIntegerField(null=True)
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.CASCADE, related_name="merged_speakers"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "label"],
                condition=models.Q(merged_into__isnull=True),
                name="speaker_label_once",
            ),
        ]

    @property
    def has_withdrawn(self) -> bool:
        """Whether the person took back their consent."""
        person = self.participant
        return person is not None and person.consent == ConsentState.WITHDRAWN


class Doubt(models.TextChoices):
    """Why a passage should be listened to before it is believed."""

    NONE = "", "None"
    LOOP = "loop", "The same words over and over"
    SILENCE = "silence", "Text where no speech was detected"
    UNSURE = "unsure", "The recogniser was unsure"
    GAP = "gap", "This stretch could not be recognised"


class SegmentStyle(models.TextChoices):
    """What a paragraph of written notes is."""

    PLAIN = "", "Plain"
    HEADING = "heading", "Heading"
    SUBHEADING = "subheading", "Subheading"
    BULLET = "bullet", "Item of a list"
    NUMBERED = "numbered", "Item of a numbered list"
    QUOTE = "quote", "Quote"


class Segment(WorkspaceEntity):
    """A turn or sentence of one speaker, or a paragraph of notes.

    `words` is an ordered list of `[word_id, text, start_ms, end_ms, probability]`; times and
    probability are null where there is no audio. The text is the words joined by one space.
    `voice` numbers the voices told apart in this transcript, from 0; a speaker that only follows
    from it is a suggestion. A gap has times but no words.

    `position` orders segments: all words before it have lower ids, its own do not. A segment is
    made with the id of its first word, a gap with the first that is kept free for it.
    """

    transcript = models.ForeignKey(Transcript, on_delete=models.CASCADE, related_name="segments")
    position = models.PositiveIntegerField()
    speaker = models.ForeignKey(
        Speaker, null=True, on_delete=models.SET_NULL, related_name="segments"
    )
    start_ms = models.BigIntegerField(null=True)
    end_ms = models.BigIntegerField(null=True)
    words = models.JSONField(default=list)
    voice = models.PositiveSmallIntegerField(null=True)
    is_speaker_suggested = models.BooleanField(default=False)
    doubt = models.CharField(max_length=20, choices=Doubt.choices, blank=True)
    style = models.CharField(max_length=20, choices=SegmentStyle.choices, blank=True)
    avg_logprob = models.FloatField(null=True)
    no_speech_prob = models.FloatField(null=True)
    compression_ratio = models.FloatField(null=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["transcript", "position"], name="segment_position_once"
            ),
        ]

    @property
    def is_withheld(self) -> bool:
        """Whether who said it took back their consent: then nobody is shown its words."""
        return self.speaker is not None and self.speaker.has_withdrawn


class TurnScope(models.TextChoices):
    """How far a change of speaker reaches from a segment. A turn ends where another speaks, or
    where what was said of the speaker turns from a suggestion to a fact, or back.
    """

    SEGMENT = "segment", "This segment"
    TURN = "turn", "This segment and the rest of its turn"
    ONWARD = "onward", "This segment and all that follow"
    VOICE = "voice", "All turns of this voice"


class WordCorrection(WorkspaceEntity):
    """Somebody spelled words anew. What is corrected often is what a glossary should hold.

    `word_id` is the first of the words.
    """

    transcript = models.ForeignKey(Transcript, on_delete=models.CASCADE, related_name="corrections")
    word_id = models.PositiveIntegerField()
    before = models.CharField(max_length=300)
    after = models.CharField(max_length=300)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )


class GlossaryTerm(WorkspaceEntity):
    """A name or product that recognition should expect: in one study, or in all (study null)."""

    study = models.ForeignKey(
        Study, null=True, on_delete=models.CASCADE, related_name="glossary_terms"
    )
    text = models.CharField(max_length=60)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "workspace",
                Coalesce("study_id", "workspace_id"),
                Lower("text"),
                name="glossary_term_once",
            ),
        ]


class ImportedFile(WorkspaceEntity):
    """A transcript made elsewhere, kept as it came; `skipped` lists [line, reason] (lines from 1).

    A name in it that is nobody's we know is [line, reason, name, speaker_id]: for those who may see
    names.

    `transcript` is the version made of it, once it has been read.
    """

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="imported_files")
    transcript = models.ForeignKey(
        Transcript, null=True, on_delete=models.SET_NULL, related_name="imported_files"
    )
    name = models.CharField(max_length=300)
    original_path = models.CharField(max_length=300)
    size_bytes = models.BigIntegerField()
    format = models.CharField(max_length=20, blank=True)
    skipped = models.JSONField(default=list)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )


class ReadingPlace(WorkspaceEntity):
    """Where in a source a person stopped reading or listening: they come back to it."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="reading_places")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    word_id = models.PositiveIntegerField(null=True)
    position_ms = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "user"], name="reading_place_once"),
        ]
