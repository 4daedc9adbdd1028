"""The shapes of what the room of sources answers with."""

from backend.sources.serializers.glossary import (
    GlossaryFiltersSerializer,
    GlossarySerializer,
    GlossaryTermInputSerializer,
    GlossaryTermSerializer,
)
from backend.sources.serializers.imports import ImportedFileSerializer
from backend.sources.serializers.media import (
    MediaSerializer,
    PeaksSerializer,
)
from backend.sources.serializers.replacing import (
    BoundaryInputSerializer,
    JoinInputSerializer,
    ReplaceInputSerializer,
    ReplacementInputSerializer,
    ReplacementPreviewSerializer,
    SegmentTextInputSerializer,
    SplitInputSerializer,
    TextChangeSerializer,
    TextEditSerializer,
)
from backend.sources.serializers.sessions import (
    SessionDetailSerializer,
    SessionSerializer,
)
from backend.sources.serializers.sources import (
    DuplicateSerializer,
    SourceSerializer,
    TextInputSerializer,
)
from backend.sources.serializers.speakers import (
    AssignSpeakerInputSerializer,
    ChangeSerializer,
    MergeSpeakerInputSerializer,
    NewSpeakerInputSerializer,
    SpeakerChangeSerializer,
    SpeakerInputSerializer,
    SpeakerSerializer,
    TalkShareSerializer,
)
from backend.sources.serializers.transcripts import (
    SegmentSerializer,
    TranscribeInputSerializer,
    TranscriptReferenceSerializer,
    TranscriptSerializer,
    describe_segment,
    segment_columns,
    transcript_document,
)
from backend.sources.serializers.uploads import (
    StorageSerializer,
    UploadSerializer,
)

__all__ = [
    "AssignSpeakerInputSerializer",
    "BoundaryInputSerializer",
    "ChangeSerializer",
    "DuplicateSerializer",
    "GlossaryFiltersSerializer",
    "GlossarySerializer",
    "GlossaryTermInputSerializer",
    "GlossaryTermSerializer",
    "ImportedFileSerializer",
    "JoinInputSerializer",
    "MediaSerializer",
    "MergeSpeakerInputSerializer",
    "NewSpeakerInputSerializer",
    "PeaksSerializer",
    "ReplaceInputSerializer",
    "ReplacementInputSerializer",
    "ReplacementPreviewSerializer",
    "SegmentSerializer",
    "SegmentTextInputSerializer",
    "SessionDetailSerializer",
    "SessionSerializer",
    "SourceSerializer",
    "SpeakerChangeSerializer",
    "SpeakerInputSerializer",
    "SpeakerSerializer",
    "SplitInputSerializer",
    "StorageSerializer",
    "TalkShareSerializer",
    "TextChangeSerializer",
    "TextEditSerializer",
    "TextInputSerializer",
    "TranscribeInputSerializer",
    "TranscriptReferenceSerializer",
    "TranscriptSerializer",
    "UploadSerializer",
    "describe_segment",
    "segment_columns",
    "transcript_document",
]
