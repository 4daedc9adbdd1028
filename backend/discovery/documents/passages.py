"""What was said and nobody has marked: passages of the transcripts in use."""

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from backend.discovery.documents.shape import Content, Where, as_text, pairs, spelled
from backend.sources.anchoring import text_of
from backend.sources.models import Segment, TranscriptState
from backend.studies.models import ConsentState
from backend.tagging.models import Excerpt
from backend.tagging.selectors import live
from search.words import folded_words

# "Mhm, yes, exactly" is no answer to anything.
LEAST_WORDS = 5
# Where the latest word of an engine's field is still found; a turn longer than this is a monologue.
MOST_WORDS = 5_000

_FIELDS = (
    as_text("id"),
    as_text("words"),
    as_text("transcript_id"),
    as_text("transcript__source__session_id"),
    as_text("transcript__source__session__study_id"),
    "transcript__source__session__kind",
    "transcript__source__session__study__product_area",
    "speaker__role",
    as_text("speaker__participant_id"),
    as_text("speaker__participant__attributes"),
    as_text("speaker__participant__persona_link__persona_id"),
    "created_at",
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


def read_passages(workspace_id: UUID, where: Where) -> Iterator[Content]:
    """Those of these segments that say something nobody has marked. Two queries."""
    rows = list(live_passages(workspace_id).filter(**where).order_by().values_list(*_FIELDS))
    marked = _read_marked({row[2] for row in rows})
    for row in rows:
        row_id, kept_words, transcript, session, study, kind, area, role, *rest = row
        person, attributes, linked_persona, created_at = rest
        words = json.loads(kept_words)
        if _is_marked(words, marked[transcript]) or not _says_enough(words):
            continue
        yield {
            "id": spelled(row_id),
            "kind": "passage",
            "workspace_id": str(workspace_id),
            "text": text_of(words[:MOST_WORDS]),
            "study_ids": (spelled(study),),
            "session_id": spelled(session),
            "session_kind": kind,
            "product_area": area,
            "participant_ids": (spelled(person),) if person else (),
            "persona_ids": (spelled(linked_persona),) if linked_persona else (),
            "attributes": pairs(attributes),
            "speaker_role": role or "",
            "created_at_s": int(created_at.timestamp()),
        }


def _is_marked(words: list[Any], marked: set[int]) -> bool:
    return bool(marked) and any(word[0] in marked for word in words)


def _says_enough(words: list[Any]) -> bool:
    """Counted as search does: a whole sentence of Japanese is one word of a transcript."""
    return len(words) >= LEAST_WORDS or len(folded_words(text_of(words))) >= LEAST_WORDS


def _read_marked(transcripts: set[str]) -> dict[str, set[int]]:
    """The ids of all words that an excerpt rests on, by transcript."""
    marked: dict[str, set[int]] = defaultdict(set)
    # Without the workspace: asked for it as well, SQLite reads all of its excerpts for each batch.
    excerpts = Excerpt.objects.filter(live(), transcript__in=list(map(UUID, transcripts)))
    for transcript, word_ids in excerpts.values_list(as_text("transcript_id"), "word_ids"):
        marked[transcript].update(word_ids)
    return marked
