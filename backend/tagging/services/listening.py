"""Listening first: what recognition was unsure of is heard by somebody before it is evidence."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from backend.common.errors import ConflictError
from backend.tagging.history import recording
from backend.tagging.history.summaries import quote
from backend.tagging.models import Excerpt
from backend.tagging.services.changes import record_excerpt_change
from backend.tagging.services.snapshots import HEARD_FIELDS, forget_heard

SHOWN_WORDS = 8


class ListenFirstError(ConflictError):
    """An excerpt rests on words that nobody has heard yet."""

    code = "listen_first"


@transaction.atomic
def mark_heard(*, excerpt: Excerpt, user: Any, how: str) -> Excerpt:
    """Somebody played it, or says that its words are right. Who was first, and when, is kept."""
    excerpt = Excerpt.objects.select_for_update(of=("self",), no_key=True).get(id=excerpt.id)
    if excerpt.heard_at is None:
        with _changing(excerpt, user, "Listened to"):
            excerpt.heard_at, excerpt.heard_by, excerpt.heard_how = timezone.now(), user, how
            _save(excerpt)
    return excerpt


@transaction.atomic
def unmark_heard(*, excerpt: Excerpt, user: Any = None) -> Excerpt:
    """Undo mark_heard. Evidence that was given meanwhile stays."""
    excerpt = Excerpt.objects.select_for_update(of=("self",), no_key=True).get(id=excerpt.id)
    if excerpt.heard_at is not None:
        with _changing(excerpt, user, "Not heard yet:"):
            forget_heard(excerpt)
            _save(excerpt)
    return excerpt


@contextmanager
def _changing(excerpt: Excerpt, user: Any, done: str) -> Iterator[None]:
    with recording(
        workspace_id=excerpt.workspace_id,
        session_id=excerpt.session_id,
        user=user,
        verb="excerpt.heard",
        summary=f"{done} {quote(excerpt.text)}",
    ) as changes:
        changes.watch(excerpt)
        yield


def refuse_unheard(excerpt_ids: Iterable[UUID]) -> None:
    """Let nothing doubtful become evidence. Call it in the transaction that saves the evidence.

    The excerpts are locked, so that their words can't become doubtful in between. One query.
    Raises ListenFirstError naming those that nobody has heard.
    """
    rows = Excerpt.objects.select_for_update(of=("self",), no_key=True).filter(
        id__in=list(excerpt_ids)
    )
    unheard = [
        excerpt
        for excerpt in rows.order_by("created_at", "id")
        if excerpt.is_doubtful and excerpt.heard_at is None
    ]
    if unheard:
        raise ListenFirstError(
            _message(unheard),
            remedy="Play it, or say that its words are right; then add it again.",
            fields={"excerpt_ids": [str(excerpt.id) for excerpt in unheard]},
        )


def _message(unheard: list[Excerpt]) -> str:
    words = unheard[0].text.split()
    shown = " ".join(words[:SHOWN_WORDS]) + ("…" if len(words) > SHOWN_WORDS else "")
    others = len(unheard) - 1
    more = f" and {others} more" if others else ""
    return f"“{shown}”{more}: recognition was unsure of these words, and nobody has heard them yet."


def _save(excerpt: Excerpt) -> None:
    excerpt.save(update_fields=[*HEARD_FIELDS, "updated_at"])
    record_excerpt_change(workspace_id=excerpt.workspace_id, excerpt_ids=[excerpt.id])
