"""What was said and nobody has marked: passages of the transcripts in use."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from backend.discovery.documents.shape import number_document, pairs, texts
from backend.sources.anchoring import text_of
from backend.sources.models import Segment, TranscriptState
from backend.studies.models import ConsentState
from backend.tagging.selectors import live_excerpts
from search.documents import SearchDocument
from search.words import folded_words

# "Mhm, yes, exactly" is no answer to anything.
LEAST_WORDS = 5
# Where the latest word of an engine's field is still found; a turn longer than this is a monologue.
MOST_WORDS = 5_000

_FIELDS = (
    "id",
    "words",
    "created_at",
    "transcript_id",
    "transcript__source__session_id",
    "transcript__source__session__study_id",
    "transcript__source__session__kind",
    "transcript__source__session__study__product_area",
    "speaker__role",
    "speaker__participant_id",
    "speaker__participant__attributes",
    "speaker__participant__persona_link__persona_id",
)


def live_passages(workspace_id: UUID) -> QuerySet[Segment]:
    """Segments of complete transcripts in use, of people who have not withdrawn."""
    return Segment.objects.filter(
        Q(speaker__participant__isnull=True)
        | Q(speaker__participant__consent__in=[ConsentState.UNKNOWN, ConsentState.GIVEN]),
        workspace_id=workspace_id,
        transcript__is_current=True,
        transcript__state=TranscriptState.COMPLETE,
        transcript__source__session__deleted_at__isnull=True,
        transcript__source__session__study__deleted_at__isnull=True,
    )


def build_passages(workspace_id: UUID, ids: Collection[UUID]) -> Iterator[SearchDocument]:
    """Documents of those of these segments that say something nobody has marked. Two queries."""
    rows = list(live_passages(workspace_id).filter(id__in=ids).values(*_FIELDS))
    marked = _read_marked(workspace_id, {row["transcript_id"] for row in rows})
    for row in rows:
        words = row["words"]
        is_marked = any(word[0] in marked[row["transcript_id"]] for word in words)
        if not is_marked and _says_enough(words):
            yield _document(workspace_id, row)


def _says_enough(words: list[Any]) -> bool:
    """Counted as search does: a whole sentence of Japanese is one word of a transcript."""
    return len(words) >= LEAST_WORDS or len(folded_words(text_of(words))) >= LEAST_WORDS


def _document(workspace_id: UUID, row: dict[str, Any]) -> SearchDocument:
    return number_document(
        id=str(row["id"]),
        kind="passage",
        workspace_id=str(workspace_id),
        text=text_of(row["words"][:MOST_WORDS]),
        study_ids=texts([row["transcript__source__session__study_id"]]),
        session_id=str(row["transcript__source__session_id"]),
        session_kind=row["transcript__source__session__kind"],
        product_area=row["transcript__source__session__study__product_area"],
        participant_ids=texts([row["speaker__participant_id"]]),
        persona_ids=texts([row["speaker__participant__persona_link__persona_id"]]),
        attributes=pairs(row["speaker__participant__attributes"] or {}),
        speaker_role=row["speaker__role"] or "",
        created_at_s=int(row["created_at"].timestamp()),
    )


def _read_marked(workspace_id: UUID, transcript_ids: set[UUID]) -> dict[UUID, set[int]]:
    """The ids of all words that an excerpt rests on, by transcript."""
    marked: dict[UUID, set[int]] = defaultdict(set)
    excerpts = live_excerpts(workspace_id).filter(transcript_id__in=transcript_ids)
    for transcript_id, word_ids in excerpts.values_list("transcript_id", "word_ids"):
        marked[transcript_id].update(word_ids)
    return marked
