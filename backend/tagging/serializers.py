"""The shapes of tags, excerpts and placings in the API."""

from typing import Any

from rest_framework import serializers

from backend.personas.models import Persona
from backend.sources.models import Source, SourceKind
from backend.studies.models import Participant, SessionKind
from backend.studies.selectors import persona_of
from backend.studies.serializers import ParticipantReferenceSerializer
from backend.tagging.models import Aspect, Excerpt, Hearing, Placing, Quadrant, Tag


class TagSerializer(serializers.ModelSerializer[Tag]):
    """An entry of the codebook.

    `excerpt_count` and `people_count` are of the tag itself, `branch_…` of it and all under it.
    """

    parent_id = serializers.UUIDField(allow_null=True)
    excerpt_count = serializers.IntegerField(read_only=True)
    people_count = serializers.IntegerField(read_only=True)
    branch_excerpt_count = serializers.IntegerField(read_only=True)
    branch_people_count = serializers.IntegerField(read_only=True)

    class Meta:
        model = Tag
        fields = [
            "id",
            "name",
            "description",
            "when_to_use",
            "when_not_to_use",
            "colour",
            "parent_id",
            "position",
            "excerpt_count",
            "people_count",
            "branch_excerpt_count",
            "branch_people_count",
            "created_at",
        ]


class TagsSerializer(serializers.Serializer[Any]):
    """The whole codebook."""

    results = TagSerializer(many=True)


class TagInputSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=100)
    description = serializers.CharField(max_length=5000, required=False, allow_blank=True)
    when_to_use = serializers.CharField(max_length=5000, required=False, allow_blank=True)
    when_not_to_use = serializers.CharField(max_length=5000, required=False, allow_blank=True)
    colour = serializers.RegexField(r"^#[0-9a-fA-F]{6}$", required=False)
    parent_id = serializers.UUIDField(required=False, allow_null=True)
    position = serializers.IntegerField(required=False, min_value=0, max_value=1_000_000)


class ExcerptTagSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()
    colour = serializers.CharField()


class AuthorSerializer(serializers.Serializer[Any]):
    """The user who made something."""

    id = serializers.UUIDField()
    name = serializers.CharField()


class PlacingSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    quadrant = serializers.ChoiceField(choices=Quadrant.choices)
    aspect = serializers.ChoiceField(choices=Aspect.choices)
    persona_id = serializers.UUIDField(allow_null=True)
    persona_name = serializers.CharField(allow_null=True)
    emotion = serializers.CharField(allow_blank=True)
    intensity = serializers.IntegerField(allow_null=True, min_value=-3, max_value=3)


class ExcerptSerializer(serializers.Serializer[Excerpt]):
    """An excerpt with everything a card shows. Needs rows of selectors.with_details.

    The context says `may_see_names`. The fields describe the shape; it is filled by
    describe_excerpt, because the map shows hundreds of excerpts and fields are slow.
    """

    id = serializers.UUIDField()
    session_id = serializers.UUIDField()
    session_title = serializers.CharField()
    session_kind = serializers.ChoiceField(choices=SessionKind.choices)
    study_id = serializers.UUIDField()
    study_title = serializers.CharField()
    source_id = serializers.UUIDField()
    transcript_id = serializers.UUIDField()
    has_audio = serializers.BooleanField()
    first_word_id = serializers.IntegerField()
    last_word_id = serializers.IntegerField()
    word_ids = serializers.ListField(child=serializers.IntegerField())
    text = serializers.CharField()
    start_ms = serializers.IntegerField(allow_null=True)
    end_ms = serializers.IntegerField(allow_null=True)
    speaker_id = serializers.UUIDField(allow_null=True)
    participant = ParticipantReferenceSerializer(allow_null=True)
    is_key_quote = serializers.BooleanField()
    is_doubtful = serializers.BooleanField(
        help_text="Recognition was unsure of its words: listen before using it as evidence."
    )
    heard_at = serializers.DateTimeField(
        allow_null=True, help_text="When somebody played it or said that it is right."
    )
    tags = ExcerptTagSerializer(many=True)
    placings = PlacingSerializer(many=True)
    created_by = AuthorSerializer(allow_null=True)
    created_at = serializers.DateTimeField()
    held_on = serializers.DateField(allow_null=True)

    def to_representation(self, instance: Excerpt) -> dict[str, Any]:
        return describe_excerpt(instance, may_see_names=self.context["may_see_names"])


def describe_excerpt(excerpt: Excerpt, *, may_see_names: bool) -> dict[str, Any]:
    """The body of ExcerptSerializer; no queries if the excerpt was loaded with_details."""
    session = excerpt.session
    return {
        "id": str(excerpt.id),
        "session_id": str(session.id),
        "session_title": session.title,
        "session_kind": session.kind,
        "study_id": str(session.study_id),
        "study_title": session.study.title,
        "source_id": str(excerpt.source_id),
        "transcript_id": str(excerpt.transcript_id),
        "has_audio": can_be_played(excerpt.source, excerpt.start_ms),
        "first_word_id": excerpt.word_ids[0],
        "last_word_id": excerpt.word_ids[-1],
        "word_ids": excerpt.word_ids,
        "text": excerpt.text,
        "start_ms": excerpt.start_ms,
        "end_ms": excerpt.end_ms,
        "speaker_id": str(excerpt.speaker_id) if excerpt.speaker_id else None,
        "participant": describe_participant(excerpt.participant, may_see_names=may_see_names),
        "is_key_quote": excerpt.is_key_quote,
        "is_doubtful": excerpt.is_doubtful,
        "heard_at": excerpt.heard_at,
        "tags": [
            {"id": str(tag.id), "name": tag.name, "colour": tag.colour}
            for tag in (tagging.tag for tagging in excerpt.taggings.all())
        ],
        "placings": [_describe_placing(placing) for placing in excerpt.placings.all()],
        "created_by": describe_author(excerpt.created_by),
        "created_at": excerpt.created_at,
        "held_on": session.held_on,
    }


def can_be_played(source: Source, start_ms: int | None) -> bool:
    """A transcript made elsewhere has times, too, but may have come without its recording."""
    return start_ms is not None and source.kind == SourceKind.RECORDING


def describe_participant(
    participant: Participant | None, *, may_see_names: bool
) -> dict[str, Any] | None:
    """The body of ParticipantReferenceSerializer; needs participants fetched with their persona."""
    if participant is None:
        return None
    persona = persona_of(participant)
    return {
        "id": str(participant.id),
        "code_name": participant.code_name,
        "real_name": participant.real_name if may_see_names else None,
        "persona_id": str(persona.id) if persona else None,
    }


def describe_author(user: Any) -> dict[str, Any] | None:
    """The body of AuthorSerializer."""
    return {"id": str(user.id), "name": user.name} if user else None


def _describe_placing(placing: Placing) -> dict[str, Any]:
    persona = _kept(placing.persona)
    return {
        "id": str(placing.id),
        "quadrant": placing.quadrant,
        "aspect": placing.aspect,
        "persona_id": str(persona.id) if persona else None,
        "persona_name": persona.name if persona else None,
        "emotion": placing.emotion,
        "intensity": placing.intensity,
    }


def _kept(persona: Persona | None) -> Persona | None:
    """A deleted persona is not shown, but its placings wait for it to be restored."""
    return persona if persona and persona.deleted_at is None else None


class PlacingInputSerializer(serializers.Serializer[Any]):
    quadrant = serializers.ChoiceField(choices=Quadrant.choices)
    aspect = serializers.ChoiceField(choices=Aspect.choices, required=False)
    persona_id = serializers.UUIDField(required=False, allow_null=True)
    emotion = serializers.CharField(max_length=60, required=False, allow_blank=True)
    intensity = serializers.IntegerField(required=False, allow_null=True, min_value=-3, max_value=3)


class ExcerptInputSerializer(serializers.Serializer[Any]):
    transcript_id = serializers.UUIDField()
    first_word_id = serializers.IntegerField(min_value=0)
    last_word_id = serializers.IntegerField(min_value=0)
    tag_ids = serializers.ListField(
        child=serializers.UUIDField(), required=False, default=list, max_length=100
    )
    placings = serializers.ListField(
        child=PlacingInputSerializer(), required=False, default=list, max_length=50
    )
    is_key_quote = serializers.BooleanField(required=False, default=False)


class ExcerptChangesSerializer(serializers.Serializer[Any]):
    is_key_quote = serializers.BooleanField(required=False)
    first_word_id = serializers.IntegerField(min_value=0, required=False)
    last_word_id = serializers.IntegerField(min_value=0, required=False)


class HeardInputSerializer(serializers.Serializer[Any]):
    how = serializers.ChoiceField(choices=Hearing.choices)


class ExcerptTagsInputSerializer(serializers.Serializer[Any]):
    tag_ids = serializers.ListField(child=serializers.UUIDField(), max_length=100)


class TagFilterField(serializers.CharField):
    """A tag's id, or the word "none"."""

    def to_internal_value(self, data: Any) -> Any:
        return data if data == "none" else serializers.UUIDField().to_internal_value(data)


class AspectFilterField(serializers.CharField):
    """An aspect, or the word "none" for placings in no half of their quadrant."""

    def to_internal_value(self, data: Any) -> Any:
        aspect = "" if data == "none" else data
        if aspect not in Aspect.values:
            raise serializers.ValidationError("Choose think, feel, say, do or none.")
        return aspect


class ExcerptFiltersSerializer(serializers.Serializer[Any]):
    """Which excerpts to list. Quadrant, aspect and persona are asked of one same placing."""

    session = serializers.UUIDField(required=False)
    study = serializers.UUIDField(required=False)
    persona = serializers.UUIDField(required=False)
    quadrant = serializers.ChoiceField(choices=Quadrant.choices, required=False)
    aspect = AspectFilterField(
        required=False, help_text="think, feel, say, do, or none: in no half of its quadrant"
    )
    tag = TagFilterField(required=False, help_text="a tag's id, or none: without any tag")
    branch = serializers.UUIDField(
        required=False, help_text="a tag's id: carries the tag or one under it"
    )
    participant = serializers.UUIDField(required=False)
    q = serializers.CharField(required=False, max_length=500, help_text="part of the text")


class WordInputSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=200, allow_blank=True)


class SegmentSpeakerSerializer(serializers.Serializer[Any]):
    speaker_id = serializers.UUIDField(allow_null=True)
