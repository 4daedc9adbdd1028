"""What a session left behind: uploads, sources, media files, transcripts and speakers."""

from django.conf import settings
from django.db import models

from backend.studies.models import Participant, Session
from backend.workspaces.models import WorkspaceEntity


class Upload(WorkspaceEntity):
    """A file on its way in (tus 1.0). `offset_bytes` is what has safely arrived on disk."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="uploads")
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
    is_truncated = models.BooleanField(default=False)


class TranscriptState(models.TextChoices):
    """Whether more text is still to come."""

    IN_PROGRESS = "in_progress"
    COMPLETE = "complete"


class Transcript(WorkspaceEntity):
    """The text of a source, in versions. Word ids are handed out from `next_word_id`, once each.

    `transcribed_ms` is how far recognition has safely got: the text up to there is saved.
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

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "version"], name="transcript_version_once"),
            models.UniqueConstraint(
                fields=["source"],
                condition=models.Q(is_current=True),
                name="transcript_current_once",
            ),
        ]


class SpeakerRole(models.TextChoices):
    """Whose voice it is. Only participants' words count as evidence of people."""

    PARTICIPANT = "participant"
    MODERATOR = "moderator"
    OBSERVER = "observer"


class Speaker(WorkspaceEntity):
    """A voice in one source."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="speakers")
    label = models.CharField(max_length=100)
    role = models.CharField(
        max_length=20, choices=SpeakerRole.choices, default=SpeakerRole.PARTICIPANT
    )
    participant = models.ForeignKey(
        Participant, null=True, on_delete=models.SET_NULL, related_name="speakers"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "label"], name="speaker_label_once"),
        ]


class Segment(WorkspaceEntity):
    """A turn or sentence of one speaker.

    `words` is an ordered list of `[word_id, text, start_ms, end_ms, probability]`; times and
    probability are null where there is no audio. The text is the words joined by one space.
    """

    transcript = models.ForeignKey(Transcript, on_delete=models.CASCADE, related_name="segments")
    position = models.PositiveIntegerField()
    speaker = models.ForeignKey(
        Speaker, null=True, on_delete=models.SET_NULL, related_name="segments"
    )
    start_ms = models.BigIntegerField(null=True)
    end_ms = models.BigIntegerField(null=True)
    words = models.JSONField(default=list)
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
