"""Digests as their readers see them: numbers as they were, quotes as they are at this moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from backend.discovery.models import Digest, DigestAnswer, DigestSearch
from backend.tagging.models import Excerpt
from backend.tagging.selectors import get_excerpts_in_order
from backend.workspaces.models import Membership

# So long a digest stands on the search page, unless the next one comes.
SHOWN_FOR = timedelta(days=8)


@dataclass(frozen=True)
class ReadSearch:
    """A search of a digest, with those of its newest excerpts that are still evidence."""

    row: DigestSearch
    newest: list[Excerpt]


@dataclass(frozen=True)
class ReadDigest:
    """A digest as it is shown."""

    row: Digest
    searches: list[ReadSearch]
    answers: list[DigestAnswer]


def find_digest(membership: Membership, digest_id: UUID) -> ReadDigest | None:
    """One of the reader's own. A fixed number of queries."""
    return _read(_digests_of(membership).filter(id=digest_id).first())


def find_latest_digest(membership: Membership) -> ReadDigest | None:
    """The last one with news, if it is not old."""
    recent = _digests_of(membership).filter(until__gt=timezone.now() - SHOWN_FOR)
    return _read(recent.order_by("-week").first())


def _digests_of(membership: Membership) -> QuerySet[Digest]:
    return Digest.objects.filter(
        workspace_id=membership.workspace_id, user_id=membership.user_id, has_news=True
    )


def _read(digest: Digest | None) -> ReadDigest | None:
    if digest is None:
        return None
    searches = list(
        digest.searches.filter(saved_search__deleted_at__isnull=True)
        .select_related("saved_search")
        .order_by("saved_search__position", "saved_search__created_at")
    )
    shown = _excerpts(digest.workspace_id, searches)
    return ReadDigest(
        row=digest,
        searches=[
            ReadSearch(row, [shown[each] for each in row.newest if each in shown])
            for row in searches
        ],
        answers=list(digest.answers.select_related("question").order_by("created_at", "id")),
    )


def _excerpts(workspace_id: UUID, searches: Iterable[DigestSearch]) -> dict[str, Excerpt]:
    ids = {UUID(each) for search in searches for each in search.newest}
    return {str(row.id): row for row in get_excerpts_in_order(workspace_id, list(ids))}


@dataclass(frozen=True)
class MailFaults:
    """Mails of a workspace that could not be sent yet, or at all."""

    count: int
    message: str
    last_tried_at: datetime


def find_mail_faults(workspace_id: UUID) -> MailFaults | None:
    """Those of the last weeks; None: there are none."""
    rows = Digest.objects.filter(
        workspace_id=workspace_id, mailed_at__isnull=True, created_at__gt=timezone.now() - SHOWN_FOR
    ).exclude(mail_error="")
    last = rows.order_by("-updated_at").first()
    return MailFaults(rows.count(), last.mail_error, last.updated_at) if last else None
