"""What a change touches: from the subjects in the outbox to the rows whose documents may differ."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from backend.jobs.models import SubjectKind
from backend.memos.models import Memo, MemoSubject
from backend.personas.models import PersonaParticipant
from backend.sources.models import Segment, Speaker, Transcript
from backend.synthesis.models import Claim, ClaimEvidence, Evidence, Insight
from backend.tagging.models import Excerpt, Tag

BATCH_SIZE = 500
Value = TypeVar("Value")


class Touched:
    """Ids of rows whose documents must be looked at again, by kind of document, in order."""

    def __init__(self) -> None:
        self.by_kind: dict[str, dict[UUID, None]] = defaultdict(dict)

    def add(self, kind: str, ids: Iterable[UUID]) -> None:
        self.by_kind[kind].update(dict.fromkeys(ids))

    def __iter__(self) -> Iterator[tuple[str, UUID]]:
        """(kind of document, id) of each."""
        for kind, ids in self.by_kind.items():
            yield from ((kind, row_id) for row_id in ids)

    def __len__(self) -> int:
        return sum(len(ids) for ids in self.by_kind.values())


def find_touched(workspace_id: UUID, subjects: Iterable[tuple[str, UUID]]) -> Touched:
    """Expand subjects other than the whole workspace. Queries grow with batches, not with rows."""
    ids: dict[str, set[UUID]] = defaultdict(set)
    for kind, subject_id in subjects:
        ids[kind].add(subject_id)
    touched = Touched()
    for kind, subject in _SAME_ROW.items():
        touched.add(kind, ids[subject])
    people, personas = ids[SubjectKind.PARTICIPANT], ids[SubjectKind.PERSONA]
    if people:
        links = PersonaParticipant.objects.filter(participant_id__in=people)
        touched.add("persona", links.values_list("persona_id", flat=True))
    tags = _with_descendants(workspace_id, ids[SubjectKind.TAG]) if ids[SubjectKind.TAG] else set()
    # The path of each tag under it begins with its name.
    touched.add("tag", tags)
    touched.add("excerpt", _excerpts_behind(workspace_id, ids, tags))
    excerpts = set(touched.by_kind["excerpt"])
    touched.add("insight", _insights_behind(workspace_id, excerpts, personas))
    touched.add("claim", _claims_behind(workspace_id, excerpts, personas))
    # What an insight rests on says so of itself; no other insight changes by that.
    held = Evidence.objects.filter(insight__in=ids[SubjectKind.INSIGHT])
    touched.add("excerpt", held.values_list("excerpt_id", flat=True))
    touched.add("passage", _passages_behind(workspace_id, ids))
    touched.add("passage", _passages_under(workspace_id, ids[SubjectKind.EXCERPT]))
    touched.add("memo", _memos_on(workspace_id, ids))
    return touched


# Kinds of documents, and the subject that is the very row of each.
_SAME_ROW = {
    "excerpt": SubjectKind.EXCERPT,
    "insight": SubjectKind.INSIGHT,
    "persona": SubjectKind.PERSONA,
    "claim": SubjectKind.CLAIM,
    "passage": SubjectKind.SEGMENT,
    "memo": SubjectKind.MEMO,
}


def _rows(model: type[Model], workspace_id: UUID) -> QuerySet[Any]:
    return model._default_manager.filter(workspace_id=workspace_id)


def _passages_behind(workspace_id: UUID, ids: dict[str, set[UUID]]) -> Iterator[UUID]:
    """Segments of transcripts and of speakers, in such order that a batch of them has few
    transcripts, whose marks are read for it.
    """
    # Looked up first: joined to these, SQLite reads every segment of the workspace.
    parents: dict[str, set[UUID]] = {
        "transcript": ids[SubjectKind.TRANSCRIPT]
        | _rows_behind(
            Transcript,
            workspace_id,
            {
                "source__session": ids[SubjectKind.SESSION],
                "source__session__study": ids[SubjectKind.STUDY],
            },
        ),
        "speaker": _rows_behind(
            Speaker,
            workspace_id,
            {
                "participant": ids[SubjectKind.PARTICIPANT],
                "participant__persona_link__persona": ids[SubjectKind.PERSONA],
            },
        ),
    }
    for parent, parent_ids in parents.items():
        for batch in cut(parent_ids):
            rows = _rows(Segment, workspace_id).filter(**{f"{parent}__in": batch})
            yield from rows.order_by("transcript", "position").values_list("id", flat=True)


def _rows_behind(model: type[Model], workspace_id: UUID, behind: dict[str, set[UUID]]) -> set[UUID]:
    """Rows that have one of these by any of the fields. A query, if there is anything to ask."""
    condition = Q()
    for field, wanted in behind.items():
        if wanted:
            condition |= Q(**{f"{field}__in": wanted})
    return _ids_of(_rows(model, workspace_id).filter(condition)) if condition else set()


def _passages_under(workspace_id: UUID, excerpt_ids: set[UUID]) -> list[UUID]:
    """The segments that these excerpts rest on, deleted or not: marked, and so no passages."""
    runs: dict[UUID, list[tuple[int, int]]] = defaultdict(list)
    for batch in cut(excerpt_ids):
        # By id alone: asked for the workspace as well, SQLite reads all of its excerpts.
        rows = Excerpt.objects.filter(id__in=batch)
        for owner_id, transcript_id, word_ids in rows.values_list(
            "workspace_id", "transcript_id", "word_ids"
        ):
            if owner_id == workspace_id:
                runs[transcript_id].append((word_ids[0], word_ids[-1]))
    found: list[UUID] = []
    for batch in cut(runs):
        for transcript_id, places in _segment_places(batch).items():
            positions = [position for position, _ in places]
            for first_word_id, last_word_id in runs[transcript_id]:
                start = max(0, bisect_right(positions, first_word_id) - 1)
                end = bisect_right(positions, last_word_id)
                found += (segment_id for _, segment_id in places[start:end])
    return found


def _segment_places(transcript_ids: list[UUID]) -> dict[UUID, list[tuple[int, UUID]]]:
    """Position and id of each segment, in reading order. One query, of an index alone."""
    places: dict[UUID, list[tuple[int, UUID]]] = defaultdict(list)
    rows = Segment.objects.filter(transcript__in=transcript_ids).order_by("position")
    for transcript_id, position, segment_id in rows.values_list("transcript_id", "position", "id"):
        places[transcript_id].append((position, segment_id))
    return places


def _memos_on(workspace_id: UUID, ids: dict[str, set[UUID]]) -> set[UUID]:
    """Memos on what changed: it may be gone, or back, or elsewhere."""
    wanted = {subject_id for kind in MemoSubject.values for subject_id in ids[kind]}
    condition = Q(subject_id__in=wanted)
    if sessions := ids[SubjectKind.SESSION]:
        condition |= Q(session__in=sessions)
    if studies := ids[SubjectKind.STUDY]:
        condition |= Q(session__study__in=studies)
    if people := ids[SubjectKind.PARTICIPANT]:
        # What they said is gone, or back.
        heard = Speaker.objects.filter(participant__in=people).values("source__session")
        condition |= Q(session__in=heard)
    if not (wanted or sessions or studies):
        return set()
    return _ids_of(_rows(Memo, workspace_id).filter(condition))


def _excerpts_behind(
    workspace_id: UUID, ids: dict[str, set[UUID]], tags: set[UUID]
) -> Iterator[UUID]:
    behind = {
        "taggings__tag": tags,
        "session": ids[SubjectKind.SESSION],
        "session__study": ids[SubjectKind.STUDY],
        "participant": ids[SubjectKind.PARTICIPANT],
        "participant__persona_link__persona": ids[SubjectKind.PERSONA],
        "placings__persona": ids[SubjectKind.PERSONA],
    }
    for field, wanted in behind.items():
        for batch in cut(wanted):
            # By this field alone: asked for several, or for the workspace as well, SQLite reads
            # all of its excerpts.
            rows = Excerpt.objects.filter(**{f"{field}__in": batch}).order_by()
            for owner_id, excerpt_id in rows.values_list("workspace_id", "id"):
                if owner_id == workspace_id:
                    yield excerpt_id


def _insights_behind(workspace_id: UUID, excerpts: set[UUID], personas: set[UUID]) -> set[UUID]:
    rows = Insight.objects.filter(workspace_id=workspace_id)
    found = _ids_of(rows.filter(personas__in=personas)) if personas else set()
    for batch in cut(excerpts):
        found |= _ids_of(rows.filter(evidence__excerpt__in=batch))
    return found


def _claims_behind(workspace_id: UUID, excerpts: set[UUID], personas: set[UUID]) -> set[UUID]:
    rows = Claim.objects.filter(workspace_id=workspace_id)
    found = _ids_of(rows.filter(persona__in=personas)) if personas else set()
    held = ClaimEvidence.objects.filter(workspace_id=workspace_id)
    for batch in cut(excerpts):
        found.update(held.filter(excerpt__in=batch).values_list("claim_id", flat=True))
    return found


def _with_descendants(workspace_id: UUID, tags: set[UUID]) -> set[UUID]:
    children: dict[UUID | None, list[UUID]] = defaultdict(list)
    rows = Tag.objects.filter(workspace_id=workspace_id).values_list("parent_id", "id")
    for parent_id, tag_id in rows:
        children[parent_id].append(tag_id)
    found, waiting = set(tags), list(tags)
    while waiting:
        young = [tag_id for tag_id in children[waiting.pop()] if tag_id not in found]
        found.update(young)
        waiting.extend(young)
    return found


def cut(values: Iterable[Value]) -> Iterator[list[Value]]:
    """The values in lists of at most BATCH_SIZE: a query takes a limited number of parameters."""
    remaining = iter(values)
    while batch := list(islice(remaining, BATCH_SIZE)):
        yield batch


def _ids_of(rows: QuerySet) -> set[UUID]:
    return set(rows.values_list("id", flat=True).distinct())
