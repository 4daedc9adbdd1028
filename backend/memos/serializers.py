"""The shapes of memos and mentions."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.memos.models import Memo, MemoSubject, Mention
from backend.tagging.serializers import AuthorSerializer

TEXT_LENGTH_MAXIMUM = 20_000


class SubjectSerializer(serializers.Serializer[Any]):
    """What a memo is about, and the parts of its address."""

    kind = serializers.ChoiceField(choices=MemoSubject.choices)
    id = serializers.UUIDField()
    title = serializers.CharField(help_text="A quote, a name, a statement; never a real name.")
    is_gone = serializers.BooleanField(help_text="Deleted, or withdrawn: there is nothing to open.")
    study_id = serializers.UUIDField(allow_null=True)
    study_title = serializers.CharField(allow_blank=True)
    session_id = serializers.UUIDField(allow_null=True)
    session_title = serializers.CharField(allow_blank=True)
    source_id = serializers.UUIDField(allow_null=True)
    transcript_id = serializers.UUIDField(allow_null=True)
    word_id = serializers.IntegerField(allow_null=True)
    start_ms = serializers.IntegerField(allow_null=True)


class MentionedSerializer(serializers.Serializer[Any]):
    user_id = serializers.UUIDField()
    name = serializers.CharField(source="user.name")


class PlainMemoSerializer(serializers.ModelSerializer[Memo]):
    """A memo by itself. Needs rows of selectors.with_subjects; the context says `reader`."""

    subject = SubjectSerializer()
    session_id = serializers.UUIDField(allow_null=True)
    parent_id = serializers.UUIDField(allow_null=True)
    text = serializers.SerializerMethodField(help_text="Empty once the memo is deleted.")
    mentions = serializers.SerializerMethodField()
    created_by = AuthorSerializer(allow_null=True)
    is_deleted = serializers.SerializerMethodField(
        help_text="Deleted, and shown only for the answers to it."
    )
    is_mine = serializers.SerializerMethodField()

    class Meta:
        model = Memo
        fields = [
            "id",
            "subject",
            "session_id",
            "parent_id",
            "text",
            "mentions",
            "created_by",
            "created_at",
            "edited_at",
            "is_deleted",
            "is_mine",
        ]

    def get_text(self, memo: Memo) -> str:
        return "" if memo.deleted_at else memo.text

    @extend_schema_field(MentionedSerializer(many=True))
    def get_mentions(self, memo: Memo) -> Any:
        rows = [] if memo.deleted_at else memo.mentions.all()
        return MentionedSerializer(rows, many=True).data

    def get_is_deleted(self, memo: Memo) -> bool:
        return memo.deleted_at is not None

    def get_is_mine(self, memo: Memo) -> bool:
        return memo.created_by_id == self.context["reader"].id


class MemoSerializer(PlainMemoSerializer):
    """A memo with the answers to it, oldest first. Needs rows of selectors.with_thread."""

    answers = PlainMemoSerializer(many=True, source="kept_answers")

    class Meta(PlainMemoSerializer.Meta):
        fields = [*PlainMemoSerializer.Meta.fields, "answers"]


class MemoChangesSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=TEXT_LENGTH_MAXIMUM, required=False)
    mentioned_user_ids = serializers.ListField(
        child=serializers.UUIDField(), required=False, max_length=100
    )


class MemoInputSerializer(MemoChangesSerializer):
    """`parent_id` makes it an answer, about the same as that; otherwise a subject is needed."""

    text = serializers.CharField(max_length=TEXT_LENGTH_MAXIMUM)
    subject_kind = serializers.ChoiceField(choices=MemoSubject.choices, required=False)
    subject_id = serializers.UUIDField(required=False)
    parent_id = serializers.UUIDField(required=False, allow_null=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not attrs.get("parent_id"):
            for name in ("subject_kind", "subject_id"):
                if not attrs.get(name):
                    raise serializers.ValidationError({name: "Say what the memo is about."})
        return attrs


class MemoFiltersSerializer(serializers.Serializer[Any]):
    """Which threads to list."""

    subject_kind = serializers.ChoiceField(choices=MemoSubject.choices, required=False)
    subject_id = serializers.UUIDField(required=False)
    session = serializers.UUIDField(required=False)
    study = serializers.UUIDField(required=False)
    author = serializers.UUIDField(required=False)
    mentions = serializers.ChoiceField(choices=["me"], required=False)
    q = serializers.CharField(
        required=False, max_length=500, help_text="Beginnings of words, without case and accents."
    )


class MemoCountsSerializer(serializers.Serializer[Any]):
    """How many memos and answers there are in a session."""

    excerpts = serializers.DictField(child=serializers.IntegerField())
    segments = serializers.DictField(child=serializers.IntegerField())
    session = serializers.IntegerField()


class MentionSerializer(serializers.ModelSerializer[Mention]):
    memo = PlainMemoSerializer()

    class Meta:
        model = Mention
        fields = ["id", "seen_at", "created_at", "memo"]


class MentionsSerializer(serializers.Serializer[Any]):
    """Where I am mentioned, newest first."""

    unseen = serializers.IntegerField()
    results = MentionSerializer(many=True)


class SeenInputSerializer(serializers.Serializer[Any]):
    memo_ids = serializers.ListField(
        child=serializers.UUIDField(),
        required=False,
        max_length=500,
        help_text="Left out: all of them.",
    )
