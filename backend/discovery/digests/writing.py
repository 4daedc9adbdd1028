"""Writes a digest: what is new in each search of one reader, counted once and kept as numbers."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from backend.discovery.digests.choices import may_mail, read_choice
from backend.discovery.digests.due import WEEK, DueWeek, last_due, zone_of
from backend.discovery.models import Asking, Digest, DigestAnswer, DigestSearch, SavedSearch
from backend.discovery.open_questions import list_answered
from backend.discovery.selectors import NewEvidence, count_all_people, find_new_evidence
from backend.workspaces.models import Membership

QUOTES = 3


def write_due_digest(
    *,
    membership_id: UUID,
    now: datetime | None = None,
    hold: Callable[[], AbstractContextManager[None]] = transaction.atomic,
) -> Digest | None:
    """The reader's digest of the last due week, written unless it is there. None: there is none.

    Whoever comes second finds the first one's digest. `hold` wraps the transaction that saves it.
    Raises UnavailableError, with nothing written.
    """
    membership = _membership(membership_id)
    if membership is None:
        return None
    choice = read_choice(membership.workspace_id, membership.user_id)
    due = last_due(now or timezone.now(), zone_of(choice.time_zone))
    known = _digest_of(membership, due)
    searches = _searches_in(membership, due.moment)
    if known or not searches:
        return known
    draft = _count(membership, due, searches)
    try:
        with hold():
            return _save(membership, draft)
    except IntegrityError:
        return _digest_of(membership, due)


def _membership(membership_id: UUID) -> Membership | None:
    """With the rights of this moment: none for whoever has left."""
    rows = Membership.objects.select_related("workspace", "user").filter(user__is_active=True)
    return rows.filter(id=membership_id).first()


def _digest_of(membership: Membership, due: DueWeek) -> Digest | None:
    return Digest.objects.filter(
        workspace_id=membership.workspace_id, user_id=membership.user_id, week=due.week
    ).first()


def _searches_in(membership: Membership, moment: datetime) -> list[SavedSearch]:
    return list(
        SavedSearch.objects.kept().filter(
            workspace_id=membership.workspace_id,
            user_id=membership.user_id,
            in_digest_since__lt=moment,
        )
    )


class _Draft:
    """A digest that is counted and not saved yet."""

    def __init__(self, digest: Digest) -> None:
        self.digest = digest
        self.searches: list[DigestSearch] = []
        self.answers: list[DigestAnswer] = []


def _count(membership: Membership, due: DueWeek, searches: list[SavedSearch]) -> _Draft:
    workspace = membership.workspace
    draft = _Draft(
        Digest(
            workspace=workspace,
            user_id=membership.user_id,
            week=due.week,
            since=_since(membership, due, searches),
            until=due.moment,
            people_total=count_all_people(workspace.id),
        )
    )
    for search in searches:
        found = find_new_evidence(
            workspace.id, search.question, since=draft.digest.since, until=due.moment, newest=QUOTES
        )
        if found.excerpts:
            draft.searches.append(_entry(draft.digest, search, found))
    draft.answers = _new_answers(membership, draft.digest)
    draft.digest.has_news = bool(draft.searches or draft.answers)
    return draft


def _since(membership: Membership, due: DueWeek, searches: list[SavedSearch]) -> datetime:
    """Where the digest before ended. After a pause, or for the first one, it is of one week."""
    last = (
        Digest.objects.filter(workspace_id=membership.workspace_id, user_id=membership.user_id)
        .order_by("-week")
        .first()
    )
    starts = [search.in_digest_since for search in searches if search.in_digest_since]
    if last and min(starts) <= last.until:
        return last.until
    return due.moment - WEEK


def _entry(digest: Digest, search: SavedSearch, found: NewEvidence) -> DigestSearch:
    return DigestSearch(
        workspace_id=digest.workspace_id,
        digest=digest,
        saved_search=search,
        excerpts=found.excerpts,
        people=found.people,
        newest=[str(excerpt_id) for excerpt_id in found.newest],
    )


def _new_answers(membership: Membership, digest: Digest) -> list[DigestAnswer]:
    """Questions that people were heard on by now, each told in one digest for each time asked."""
    told = {
        answer.question_id: answer.created_at
        for answer in DigestAnswer.objects.filter(digest__user_id=membership.user_id)
    }
    asked = dict(
        Asking.objects.filter(
            workspace_id=membership.workspace_id, user_id=membership.user_id
        ).values_list("question_id", "last_asked_at")
    )
    return [
        DigestAnswer(
            workspace_id=digest.workspace_id,
            digest=digest,
            question=question.row,
            excerpts=question.excerpts or 0,
            people=question.people or 0,
        )
        for question in list_answered(membership.workspace, membership.user, is_thorough=True)
        if question.row.id not in told or told[question.row.id] < asked[question.row.id]
    ]


def _save(membership: Membership, draft: _Draft) -> Digest:
    digest = draft.digest
    if digest.has_news and may_mail(membership):
        digest.mail_due_at = timezone.now()
    digest.save(force_insert=True)
    DigestSearch.objects.bulk_create(draft.searches)
    DigestAnswer.objects.bulk_create(draft.answers)
    return digest
