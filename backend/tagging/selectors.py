"""Reading the codebook and the evidence: what counts, in what order, with how many people."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from backend.sources.anchoring import text_of
from backend.sources.models import ImportedFile, Segment, Source, Transcript, WordCorrection
from backend.sources.selectors import shown_segments
from backend.sources.withdrawal import LEFT_OUT, sources_with_withheld
from backend.studies.models import ConsentState
from backend.tagging.models import Excerpt, Placing, Review, Tagging
from backend.tagging.tag_tree import read_branches


def live(prefix: str = "") -> Q:
    """The condition under which an excerpt, reached by `prefix`, counts as evidence.

    Neither it nor its session nor its study is deleted, and whoever said it has not withdrawn.
    Written without negation, so that it can be used across relations to many without subqueries.
    """
    person = f"{prefix}participant"
    return Q(
        **{
            f"{prefix}deleted_at__isnull": True,
            f"{prefix}session__deleted_at__isnull": True,
            f"{prefix}session__study__deleted_at__isnull": True,
        }
    ) & (
        Q(**{f"{person}__isnull": True})
        | Q(**{f"{person}__consent__in": [ConsentState.UNKNOWN, ConsentState.GIVEN]})
    )


def live_excerpts(workspace_id: UUID) -> QuerySet[Excerpt]:
    """The workspace's evidence."""
    return Excerpt.objects.filter(live(), workspace_id=workspace_id)


_SHOWN = [
    *(f.attname for f in Excerpt._meta.concrete_fields if f.name not in ("updated_at", "position")),
    "source__kind",
    "session__kind",
    "session__title",
    "session__held_on",
    "session__study__title",
    "participant__code_name",
    "participant__real_name",
    "participant__persona_link__persona__deleted_at",
    "created_by__name",
]


# Querysets that are never evaluated themselves: to build them takes as long as to ask them.
_TAGGINGS = (
    Tagging.objects.filter(tag__deleted_at__isnull=True)
    .select_related("tag")
    .only("excerpt_id", "tag__name", "tag__colour")
    .order_by("tag__position", "tag__name")
)
_PLACINGS = (
    Placing.objects.select_related("persona")
    .only(
        "excerpt_id",
        "quadrant",
        "aspect",
        "emotion",
        "intensity",
        "persona__name",
        "persona__deleted_at",
    )
    .order_by("created_at", "id")
)


def with_details(excerpts: QuerySet[Excerpt]) -> QuerySet[Excerpt]:
    """Load all that ExcerptSerializer shows and nothing else, in three queries for any number.

    Nine rows make one excerpt; leaving out the columns that nobody asks for saves a third of the
    time.
    """
    return (
        excerpts.select_related(
            "source",
            "session__study",
            "participant__persona_link__persona",
            "created_by",
        )
        .only(*_SHOWN)
        .prefetch_related(
            Prefetch("taggings", queryset=_TAGGINGS), Prefetch("placings", queryset=_PLACINGS)
        )
    )


def list_excerpts(workspace_id: UUID, filters: dict[str, Any]) -> QuerySet[Excerpt]:
    """The evidence that passes all filters, as ExcerptFiltersSerializer validates them.

    Newest first; of one session, in reading order.
    """
    excerpts = live_excerpts(workspace_id).filter(_plain_conditions(filters))
    placing = {
        field: filters[name]
        for name, field in _PLACING_FIELDS.items()
        if filters.get(name) is not None
    }
    if placing:
        excerpts = excerpts.filter(
            Exists(Placing.objects.filter(excerpt=OuterRef("pk"), **placing))
        )
    if filters.get("tag"):
        excerpts = excerpts.filter(_tag_condition(filters["tag"]))
    if filters.get("branch"):
        excerpts = excerpts.filter(_branch_condition(workspace_id, filters["branch"]))
    if filters.get("session"):
        return excerpts.order_by("source_id", "position", "created_at", "id")
    return excerpts.order_by("-created_at", "id")


_PLACING_FIELDS = {"persona": "persona_id", "quadrant": "quadrant", "aspect": "aspect"}


def _plain_conditions(filters: dict[str, Any]) -> Q:
    condition = Q()
    for name, field in {
        "session": "session_id",
        "study": "session__study_id",
        "participant": "participant_id",
        "q": "text__icontains",
    }.items():
        if filters.get(name):
            condition &= Q(**{field: filters[name]})
    return condition


def _tag_condition(tag_id: UUID | str) -> Q:
    kept = Tagging.objects.filter(excerpt=OuterRef("pk"), tag__deleted_at__isnull=True)
    return ~Q(Exists(kept)) if tag_id == "none" else Q(Exists(kept.filter(tag_id=tag_id)))


def _branch_condition(workspace_id: UUID, tag_id: UUID) -> Q:
    """Carries the tag or one under it."""
    branch = read_branches(workspace_id).get(tag_id, {tag_id})
    return Q(
        Exists(
            Tagging.objects.filter(
                excerpt=OuterRef("pk"), tag__deleted_at__isnull=True, tag_id__in=branch
            )
        )
    )


def count_people(excerpts: QuerySet[Excerpt]) -> int:
    """How many different participants said them."""
    return excerpts.order_by().aggregate(people=Count("participant", distinct=True))["people"]


def get_excerpts_in_order(workspace_id: UUID, ids: Iterable[UUID]) -> list[Excerpt]:
    """The live excerpts with these ids, in their order, with details. Three queries."""
    wanted = list(ids)
    rows = with_details(live_excerpts(workspace_id).filter(id__in=wanted))
    found = {excerpt.id: excerpt for excerpt in rows}
    return [found[excerpt_id] for excerpt_id in wanted if excerpt_id in found]


def list_versions(source: Source) -> QuerySet[Transcript]:
    """Every version of the source's transcript, newest first. Each has `corrections_count`,
    `excerpt_count` (of those that hang on it now) and `imported_name` (null: it was recognised).
    """
    corrections = WordCorrection.objects.filter(transcript=OuterRef("pk"))
    excerpts = Excerpt.objects.filter(live(), transcript=OuterRef("pk"))
    imported = ImportedFile.objects.filter(transcript=OuterRef("pk")).order_by("created_at", "id")
    return (
        Transcript.objects.filter(source=source)
        .select_related("created_by")
        .annotate(
            corrections_count=_number_of(corrections),
            excerpt_count=_number_of(excerpts),
            imported_name=Subquery(imported.values("name")[:1]),
        )
        .order_by("-version")
    )


def _number_of(rows: QuerySet) -> Coalesce:
    """How many rows there are for each outer transcript."""
    counted = rows.order_by().values("transcript").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def list_reviews(workspace_id: UUID, filters: dict[str, Any]) -> QuerySet[Review]:
    """What somebody should look at in the versions in use, in the order it is heard.

    `filters` as ReviewFiltersSerializer validates them. With the excerpt at hand: three queries
    more than the page itself, for any number.
    """
    reviews = Review.objects.filter(
        live("excerpt__"), workspace_id=workspace_id, transcript__is_current=True
    )
    if filters.get("source"):
        reviews = reviews.filter(excerpt__source_id=filters["source"])
    if filters.get("state"):
        reviews = reviews.filter(state=filters["state"])
    return (
        reviews.select_related("resolved_by")
        .prefetch_related(Prefetch("excerpt", with_details(Excerpt.objects.all())))
        .order_by("excerpt__source_id", "excerpt__start_ms", "excerpt__position", "id")
    )


def conceal_reviews(workspace_id: UUID, reviews: Collection[Review]) -> None:
    """Take words of people who withdrew out of what reviews remember, without saving.

    Where somebody withdrew, a text is shown if it stands in its version among what may be read,
    word for word. Two queries at most.
    """
    withheld_in = set(sources_with_withheld(workspace_id).values_list("source_id", flat=True))
    suspects = [review for review in reviews if review.excerpt.source_id in withheld_in]
    if not suspects:
        return
    ids = {each for row in suspects for each in (row.transcript_id, row.old_transcript_id)}
    readable = _readable_texts(ids)
    for review in suspects:
        if review.old_text not in readable[review.old_transcript_id]:
            review.old_text = LEFT_OUT
        if review.proposed_text not in readable[review.transcript_id]:
            review.proposed_text = LEFT_OUT


def _readable_texts(transcript_ids: Collection[UUID]) -> dict[UUID, str]:
    turns = Segment.objects.filter(transcript__in=transcript_ids).order_by("position")
    texts: dict[UUID, list[str]] = defaultdict(list)
    for turn in shown_segments(turns, "transcript_id"):
        texts[turn["transcript_id"]].append(
            LEFT_OUT if turn["is_withheld"] else text_of(turn["words"])
        )
    return defaultdict(str, {each: " ".join(own) for each, own in texts.items()})
