"""What memos are about: at most one query for each kind, for any number of memos.

Rows are always looked for in the workspace; those that are gone stay known by what is left of them.
"""

from collections.abc import Callable, Iterable
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from backend.common.errors import MissingError
from backend.memos.models import MemoSubject
from backend.memos.selectors.segments import find_current_segments
from backend.memos.subjects import Subject, SubjectReference, shorten
from backend.personas.models import Persona
from backend.sources.models import Segment
from backend.studies.models import ConsentState, Participant, Session, Study
from backend.synthesis.models import Insight
from backend.tagging.models import Excerpt, Tag

_Described = dict[UUID, Subject]

_GONE_TITLES: dict[str, str] = {
    MemoSubject.SEGMENT: "A passage that is no longer in the text",
    MemoSubject.PARTICIPANT: "A participant who was removed",
}
_SEGMENT_WORDS = 16


def find_subject(workspace_id: UUID, kind: str, subject_id: UUID) -> Subject:
    """What somebody wants to write on. Raises MissingError if it is gone or somebody else's."""
    reference = SubjectReference(kind, subject_id)
    subject = describe_subjects(workspace_id, [reference])[reference]
    if subject.is_gone:
        raise MissingError()
    return subject


def describe_subjects(
    workspace_id: UUID, references: Iterable[SubjectReference]
) -> dict[SubjectReference, Subject]:
    """Say of each what it is. A query for each kind at most, two more where segments are gone."""
    by_kind: dict[str, list[SubjectReference]] = {}
    for reference in dict.fromkeys(references):
        by_kind.setdefault(reference.kind, []).append(reference)
    described = {}
    for kind, wanted in by_kind.items():
        ids = {one: one.id for one in wanted}
        if kind == MemoSubject.SEGMENT:
            ids = find_current_segments(workspace_id, wanted)
        found = _DESCRIBERS[kind](workspace_id, set(ids.values()))
        described.update({one: found.get(ids[one]) or _gone(one) for one in wanted})
    return described


def _gone(reference: SubjectReference) -> Subject:
    title = _GONE_TITLES.get(reference.kind, "Something that was deleted")
    return Subject(reference.kind, reference.id, title, is_gone=True)


def _studies(workspace_id: UUID, ids: set[UUID]) -> _Described:
    return {
        study.id: Subject(
            MemoSubject.STUDY,
            study.id,
            study.title,
            is_gone=study.deleted_at is not None,
            study_id=study.id,
            study_title=study.title,
        )
        for study in Study.objects.filter(workspace_id=workspace_id, id__in=ids)
    }


def _sessions(workspace_id: UUID, ids: set[UUID]) -> _Described:
    rows = Session.objects.filter(workspace_id=workspace_id, id__in=ids).select_related("study")
    return {
        session.id: Subject(
            MemoSubject.SESSION,
            session.id,
            session.title,
            is_gone=_is_deleted(session),
            **_place_of(session),
        )
        for session in rows
    }


def _segments(workspace_id: UUID, ids: set[UUID]) -> _Described:
    rows = Segment.objects.filter(workspace_id=workspace_id, id__in=ids).select_related(
        "transcript__source__session__study", "speaker__participant"
    )
    return {segment.id: _describe_segment(segment) for segment in rows}


def _describe_segment(segment: Segment) -> Subject:
    source = segment.transcript.source
    person = segment.speaker.participant if segment.speaker else None
    title = shorten(" ".join(word[1] for word in segment.words[:_SEGMENT_WORDS]))
    if title and len(segment.words) > _SEGMENT_WORDS:
        title = title.rstrip(".,;:!?…") + "…"
    return Subject(
        MemoSubject.SEGMENT,
        segment.id,
        _unless_withdrawn(person, title or "A passage without words"),
        is_gone=_is_deleted(source.session) or _has_withdrawn(person),
        source_id=source.id,
        transcript_id=segment.transcript_id,
        word_id=segment.words[0][0] if segment.words else segment.position,
        start_ms=segment.start_ms,
        **_place_of(source.session),
    )


def _excerpts(workspace_id: UUID, ids: set[UUID]) -> _Described:
    rows = Excerpt.objects.filter(workspace_id=workspace_id, id__in=ids).select_related(
        "session__study", "participant"
    )
    return {
        excerpt.id: Subject(
            MemoSubject.EXCERPT,
            excerpt.id,
            _unless_withdrawn(excerpt.participant, shorten(excerpt.text)),
            is_gone=excerpt.deleted_at is not None
            or _is_deleted(excerpt.session)
            or _has_withdrawn(excerpt.participant),
            source_id=excerpt.source_id,
            transcript_id=excerpt.transcript_id,
            word_id=excerpt.word_ids[0] if excerpt.word_ids else None,
            start_ms=excerpt.start_ms,
            **_place_of(excerpt.session),
        )
        for excerpt in rows
    }


def _tags(workspace_id: UUID, ids: set[UUID]) -> _Described:
    rows = Tag.objects.filter(workspace_id=workspace_id, id__in=ids).select_related("parent")
    return {
        tag.id: Subject(
            MemoSubject.TAG,
            tag.id,
            f"{tag.parent.name} › {tag.name}" if tag.parent else tag.name,
            is_gone=tag.deleted_at is not None,
        )
        for tag in rows
    }


def _participants(workspace_id: UUID, ids: set[UUID]) -> _Described:
    sessions = Session.objects.kept().filter(
        participants=OuterRef("pk"), study__deleted_at__isnull=True
    )
    rows = Participant.objects.filter(workspace_id=workspace_id, id__in=ids).annotate(
        study=Subquery(sessions.order_by("created_at").values("study")[:1])
    )
    return {
        person.id: Subject(
            MemoSubject.PARTICIPANT, person.id, person.code_name, study_id=person.study
        )
        for person in rows
    }


def _personas(workspace_id: UUID, ids: set[UUID]) -> _Described:
    rows = Persona.objects.filter(workspace_id=workspace_id, id__in=ids)
    return _titled(MemoSubject.PERSONA, rows, "name")


def _insights(workspace_id: UUID, ids: set[UUID]) -> _Described:
    rows = Insight.objects.filter(workspace_id=workspace_id, id__in=ids)
    return _titled(MemoSubject.INSIGHT, rows, "statement")


def _titled(kind: str, rows: QuerySet, title: str) -> _Described:
    return {
        row["id"]: Subject(kind, row["id"], shorten(row["title"]), is_gone=row["is_gone"])
        for row in rows.values("id", title=F(title), is_gone=Q(deleted_at__isnull=False))
    }


_DESCRIBERS: dict[str, Callable[[UUID, set[UUID]], _Described]] = {
    MemoSubject.STUDY: _studies,
    MemoSubject.SESSION: _sessions,
    MemoSubject.SEGMENT: _segments,
    MemoSubject.EXCERPT: _excerpts,
    MemoSubject.TAG: _tags,
    MemoSubject.PARTICIPANT: _participants,
    MemoSubject.PERSONA: _personas,
    MemoSubject.INSIGHT: _insights,
}


def _place_of(session: Session) -> dict:
    return {
        "study_id": session.study_id,
        "study_title": session.study.title,
        "session_id": session.id,
        "session_title": session.title,
    }


def _is_deleted(session: Session) -> bool:
    return session.deleted_at is not None or session.study.deleted_at is not None


def _has_withdrawn(person: Participant | None) -> bool:
    return person is not None and person.consent == ConsentState.WITHDRAWN


def _unless_withdrawn(person: Participant | None, title: str) -> str:
    """Words of somebody who took back their consent are not shown again."""
    if person is None or not _has_withdrawn(person):
        return title
    return f"Words of {person.code_name}, who withdrew"
