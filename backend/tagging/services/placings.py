"""Putting evidence on the map of a persona."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from backend.common.errors import ConflictError, InvalidInputError
from backend.personas.models import Persona
from backend.tagging.history import Recording, recording
from backend.tagging.history.summaries import QUADRANT_NAMES, quote
from backend.tagging.models import ASPECTS, Aspect, Excerpt, Placing
from backend.tagging.services.changes import record_excerpt_change


@dataclass(frozen=True)
class PlacingDraft:
    """Where somebody wants an excerpt: the quadrant and its half, whose map, what was felt."""

    quadrant: str
    aspect: str = Aspect.NONE
    persona: Persona | None = None
    emotion: str = ""
    intensity: int | None = None


@transaction.atomic
def create_placing(*, excerpt: Excerpt, draft: PlacingDraft, user: Any) -> Placing:
    """Place the excerpt. If it is in that quadrant of that persona already, that placing changes.

    Raises InvalidInputError.
    """
    with _changing(excerpt, draft.quadrant, user):
        placing = save_placing(excerpt=excerpt, draft=draft, user=user)
        _record(placing)
    return placing


def save_placing(*, excerpt: Excerpt, draft: PlacingDraft, user: Any) -> Placing:
    """As create_placing, for callers that tell search of the excerpt themselves."""
    _check_aspect(draft.quadrant, draft.aspect)
    with _changing(excerpt, draft.quadrant, user) as changes:
        changes.watch(
            *Placing.objects.filter(excerpt=excerpt, quadrant=draft.quadrant, persona=draft.persona)
        )
        placing = _update_or_create(excerpt, draft, user)
        changes.made(placing)
    return placing


def _update_or_create(excerpt: Excerpt, draft: PlacingDraft, user: Any) -> Placing:
    values = {
        "aspect": draft.aspect,
        "emotion": draft.emotion.strip(),
        "intensity": draft.intensity,
    }
    placing, _ = Placing.objects.update_or_create(
        excerpt=excerpt,
        quadrant=draft.quadrant,
        persona=draft.persona,
        defaults=values,
        create_defaults={
            **values,
            "workspace_id": excerpt.workspace_id,
            "created_by": user,
        },
    )
    return placing


@transaction.atomic
def update_placing(*, placing: Placing, changes: dict[str, Any], user: Any = None) -> Placing:
    """Change any of quadrant, aspect, persona, emotion, intensity; what is not named stays.

    An aspect that the new quadrant does not have is dropped. Raises InvalidInputError, and
    ConflictError if the excerpt is in that quadrant of that persona already.
    """
    quadrant = changes.get("quadrant", placing.quadrant)
    if "aspect" not in changes and placing.aspect not in ASPECTS[quadrant]:
        changes = {**changes, "aspect": Aspect.NONE}
    for name, value in changes.items():
        setattr(placing, name, value)
    _check_aspect(placing.quadrant, placing.aspect)
    _check_free(placing)
    with _changing(placing.excerpt, placing.quadrant, user) as recorded:
        recorded.watch(placing)
        placing.save()
        _record(placing)
    return placing


@transaction.atomic
def delete_placing(*, placing: Placing, user: Any = None) -> None:
    """Take the excerpt off this quadrant of this persona's map."""
    with _changing(placing.excerpt, placing.quadrant, user, is_leaving=True) as recorded:
        recorded.watch(placing)
        _record(placing)
        placing.delete()


@contextmanager
def _changing(
    excerpt: Excerpt, quadrant: str, user: Any, *, is_leaving: bool = False
) -> Iterator[Recording]:
    """Record what is done to a placing of the excerpt."""
    done, where = ("Took", "off") if is_leaving else ("Placed", "in")
    with recording(
        workspace_id=excerpt.workspace_id,
        session_id=excerpt.session_id,
        user=user,
        verb="excerpt.unplace" if is_leaving else "excerpt.place",
        summary=f"{done} {quote(excerpt.text)} {where} {QUADRANT_NAMES[quadrant]}",
    ) as changes:
        changes.watch(excerpt)
        yield changes


def _check_aspect(quadrant: str, aspect: str) -> None:
    if aspect not in ASPECTS[quadrant]:
        raise InvalidInputError(
            f"“{aspect}” is not a part of that quadrant.",
            remedy="Think and feel belong to Think & Feel, say and do to Say & Do.",
            fields={"aspect": ["Not a part of this quadrant."]},
        )


def _check_free(placing: Placing) -> None:
    taken = Placing.objects.select_for_update(of=("self",)).filter(
        excerpt_id=placing.excerpt_id, quadrant=placing.quadrant, persona=placing.persona
    )
    if taken.exclude(id=placing.id).exists():
        raise ConflictError(
            "This excerpt is in that quadrant of that persona already.",
            remedy="Change the other placing, or take this one away.",
        )


def _record(placing: Placing) -> None:
    record_excerpt_change(workspace_id=placing.workspace_id, excerpt_ids=[placing.excerpt_id])
