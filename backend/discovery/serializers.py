"""The shapes of a search: what may be asked, and what is answered."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.discovery.kind_serializers import ClaimHitSerializer, TagHitSerializer
from backend.discovery.synonym_serializers import AlsoSearchedSerializer
from backend.memos.serializers import SubjectSerializer
from backend.sources.models import Segment, SpeakerRole
from backend.studies.models import SessionKind
from backend.synthesis.serializers import InsightRowSerializer, PersonaSerializer
from backend.tagging.models import Aspect, Quadrant
from backend.tagging.serializers import (
    AuthorSerializer,
    ExcerptSerializer,
    ParticipantReferenceSerializer,
    can_be_played,
    describe_participant,
)
from search.documents import KINDS

KIND_LABELS = {
    "excerpt": "Excerpts",
    "insight": "Insights",
    "persona": "Personas",
    "claim": "Persona claims",
    "tag": "Tags",
    "passage": "Said, not yet evidence",
    "memo": "Memos",
}
KIND_CHOICES = [(kind, KIND_LABELS[kind]) for kind in KINDS]
FACET_NAMES = [
    "kind", "quadrant", "aspect", "persona", "study", "tag", "session_kind", "attribute",
    "product_area", "speaker_role", "intensity", "participant",
]  # fmt: skip
MAX_VALUES = 50
MAX_RESULTS = 100
MAX_OFFSET = 10_000
# The engines read no more of a question than this.
SAVED_WORDS_MAXIMUM = 512


def _choices(choices: Any, help_text: str = "") -> serializers.ListField:
    child = serializers.ChoiceField(choices=choices)
    return _several(child, help_text)


def _several(child: serializers.Field[Any, Any, Any, Any], help_text: str = "") -> Any:
    return serializers.ListField(
        child=child, required=False, default=list, max_length=MAX_VALUES, help_text=help_text
    )


class SearchQuestionSerializer(serializers.Serializer[Any]):
    """Repeat a filter to widen it; different filters narrow each other; "not_" leaves out."""

    q = serializers.CharField(
        required=False,
        default="",
        allow_blank=True,
        trim_whitespace=False,
        help_text='Words; "exact phrase"; -without. Empty: everything, newest first.',
    )
    kind = _choices(
        KIND_CHOICES,
        "Without: what is evidence or rests on it (excerpts, insights, personas, claims).",
    )
    quadrant = _choices(Quadrant.choices)
    aspect = _choices([choice for choice in Aspect.choices if choice[0]])
    persona = _several(serializers.UUIDField())
    study = _several(serializers.UUIDField())
    tag = _several(serializers.UUIDField(), "A tag finds what the tags under it mark, too.")
    participant = _several(serializers.UUIDField())
    session_kind = _choices(SessionKind.choices)
    attribute = _several(serializers.CharField(max_length=300), "key=value, of the participant")
    product_area = _several(serializers.CharField(max_length=100))
    speaker_role = _choices(SpeakerRole.choices)
    intensity = _several(
        serializers.IntegerField(min_value=-3, max_value=3), "How strong the feeling is, −3 to 3."
    )
    all_of = _choices(
        [(name, name) for name in ("quadrant", "aspect", "persona", "tag")],
        "In these filters every value must be there, instead of any.",
    )
    has_insight = serializers.BooleanField(required=False, allow_null=True, default=None)
    created_from = serializers.DateTimeField(required=False, allow_null=True, default=None)
    created_to = serializers.DateTimeField(
        required=False, allow_null=True, default=None, help_text="Marked before this moment."
    )
    not_quadrant = _choices(Quadrant.choices)
    not_aspect = _choices([choice for choice in Aspect.choices if choice[0]])
    not_persona = _several(serializers.UUIDField())
    not_study = _several(serializers.UUIDField())
    not_tag = _several(serializers.UUIDField())
    not_participant = _several(serializers.UUIDField())
    not_session_kind = _choices(SessionKind.choices)
    not_attribute = _several(serializers.CharField(max_length=300))
    not_product_area = _several(serializers.CharField(max_length=100))
    not_speaker_role = _choices(SpeakerRole.choices)
    key_quote = serializers.BooleanField(required=False, allow_null=True, default=None)
    offset = serializers.IntegerField(required=False, default=0, min_value=0, max_value=MAX_OFFSET)
    limit = serializers.IntegerField(required=False, default=20, min_value=1, max_value=MAX_RESULTS)


class PeopleQuestionSerializer(SearchQuestionSerializer):
    """A search, and a name to find people by."""

    named = serializers.CharField(
        required=False,
        default="",
        allow_blank=True,
        max_length=200,
        help_text="Part of a code name, or of a real name for those who may see them.",
    )


class FacetValueSerializer(serializers.Serializer[Any]):
    """A choice. `people` is null where the engine can't count them at a fair price."""

    value = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    colour = serializers.CharField(allow_null=True)
    excerpts = serializers.IntegerField(
        help_text="How many excerpts; if no excerpts are asked for, how many documents."
    )
    people = serializers.IntegerField(allow_null=True)
    is_selected = serializers.BooleanField()


class FacetSerializer(serializers.Serializer[Any]):
    """A field to narrow by, counted as if it were not narrowed yet.

    The fields describe the shape; describe_facets has filled it, because there are hundreds of
    values at every letter that somebody types, and fields are slow.
    """

    field = serializers.ChoiceField(choices=[(name, name) for name in FACET_NAMES])
    values = FacetValueSerializer(many=True)

    def to_representation(self, instance: dict[str, Any]) -> dict[str, Any]:
        return instance


class PassageSerializer(serializers.Serializer[Any]):
    """Where something was said that nobody has marked, and who said it."""

    id = serializers.UUIDField()
    session_id = serializers.UUIDField(source="transcript.source.session_id")
    session_title = serializers.CharField(source="transcript.source.session.title")
    study_title = serializers.CharField(source="transcript.source.session.study.title")
    source_id = serializers.UUIDField(source="transcript.source_id")
    has_audio = serializers.SerializerMethodField()
    first_word_id = serializers.SerializerMethodField()
    start_ms = serializers.IntegerField(allow_null=True)
    end_ms = serializers.IntegerField(allow_null=True)
    speaker = serializers.SerializerMethodField(help_text="The speaker's name in the transcript.")
    speaker_role = serializers.CharField(source="speaker.role", default="")
    participant = serializers.SerializerMethodField()

    def get_has_audio(self, segment: Segment) -> bool:
        return can_be_played(segment.transcript.source, segment.start_ms)

    def get_first_word_id(self, segment: Segment) -> int:
        return segment.words[0][0]

    def get_speaker(self, segment: Segment) -> str:
        return segment.speaker.label if segment.speaker else ""

    @extend_schema_field(ParticipantReferenceSerializer(allow_null=True))
    def get_participant(self, segment: Segment) -> Any:
        participant = segment.speaker.participant if segment.speaker else None
        return describe_participant(participant, may_see_names=self.context["may_see_names"])


class MemoHitSerializer(serializers.Serializer[Any]):
    """A memo, and what it is about."""

    id = serializers.UUIDField()
    text = serializers.CharField()
    subject = SubjectSerializer()
    created_by = AuthorSerializer(allow_null=True)
    created_at = serializers.DateTimeField()


class SearchHitSerializer(serializers.Serializer[Any]):
    """One of excerpt, insight, persona, claim, tag, passage and memo is set, as `kind` says."""

    kind = serializers.ChoiceField(choices=KIND_CHOICES)
    text = serializers.CharField(
        help_text="What was searched: the quote; an insight's statement and, below it, its "
        "summary; a persona's summary; a tag's path and, below it, what it is for."
    )
    highlights = serializers.ListField(
        child=serializers.ListField(child=serializers.IntegerField(), min_length=2, max_length=2),
        help_text="Half-open ranges [start, end] of Unicode code points in the text.",
    )
    missing_words = serializers.ListField(
        child=serializers.CharField(), help_text="Words of the question that it lacks."
    )
    excerpt = ExcerptSerializer(allow_null=True)
    insight = InsightRowSerializer(allow_null=True)
    persona = PersonaSerializer(allow_null=True)
    claim = ClaimHitSerializer(allow_null=True)
    tag = TagHitSerializer(allow_null=True)
    passage = PassageSerializer(allow_null=True)
    memo = MemoHitSerializer(allow_null=True)


class SearchAnswerSerializer(serializers.Serializer[Any]):
    """A page of hits, with counts over everything that matched."""

    total = serializers.IntegerField(help_text="Hits of every kind.")
    excerpts = serializers.IntegerField()
    people = serializers.IntegerField(help_text="Different participants behind the excerpts.")
    people_total = serializers.IntegerField(help_text="All participants of the workspace.")
    studies = serializers.IntegerField()
    complete = serializers.IntegerField(
        help_text="Hits that lack none of the words but `dropped_words`. They come first."
    )
    dropped_words = serializers.ListField(
        child=serializers.CharField(),
        help_text="Left out because nothing has all the words.",
    )
    also_searched = AlsoSearchedSerializer(many=True)
    took_ms = serializers.FloatField(help_text="The search engine's own time.")
    facets = FacetSerializer(many=True)
    hits = SearchHitSerializer(many=True)
