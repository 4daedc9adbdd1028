"""Where people stopped reading or listening, so that they come back to it."""

from typing import Any

from django.db import transaction

from backend.sources.models import ReadingPlace, Source


@transaction.atomic
def save_place(
    *, source: Source, user: Any, word_id: int | None, position_ms: int | None
) -> ReadingPlace:
    """Keep one place a person and source: the last that was told."""
    place, _ = ReadingPlace.objects.update_or_create(
        source=source,
        user=user,
        defaults={"word_id": word_id, "position_ms": position_ms},
        create_defaults={
            "workspace_id": source.workspace_id,
            "word_id": word_id,
            "position_ms": position_ms,
        },
    )
    return place
