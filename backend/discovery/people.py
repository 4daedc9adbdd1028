"""The people whose words a search finds: a choice to narrow it by."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from backend.discovery.selectors import count_by_person
from backend.studies.models import ConsentState, Participant

MOST_PEOPLE = 20
# Together with those who are chosen already, no more than a search takes.
MOST_NAMED = 100


def describe_people(
    workspace_id: UUID, question: Mapping[str, Any], *, may_see_names: bool
) -> dict[str, Any]:
    """The body of FacetSerializer for participants: those who said most of what is found.

    With a name in the question, those whose name has it, whether they said any of it or not. The
    chosen and those left out are always there. At most two queries and one search.
    """
    chosen, left_out = question["participant"], question["not_participant"]
    named = _people_named(workspace_id, question["named"].strip(), may_see_names=may_see_names)
    if named is not None:
        question = {**question, "participant": [*chosen, *named]}
    counts = count_by_person(workspace_id, question)
    if named is not None:
        counts = {person: counts.get(person, 0) for person in [*chosen, *named]}
    labels = _labels(workspace_id, {*counts, *chosen, *left_out}, may_see_names=may_see_names)
    ranked = sorted(labels, key=lambda person: -counts.get(person, 0))
    shown = [*dict.fromkeys([*ranked[:MOST_PEOPLE], *chosen, *left_out])]
    return {
        "field": "participant",
        "values": [
            {
                "value": str(person),
                "label": labels[person],
                "colour": None,
                "excerpts": counts.get(person, 0),
                "people": None,
                "is_selected": person in chosen,
            }
            for person in shown
            if person in labels
        ],
    }


def _people_named(workspace_id: UUID, name: str, *, may_see_names: bool) -> list[UUID] | None:
    """Those who have it in their name, by code name. None: no name is given."""
    if not name:
        return None
    has_name = Q(code_name__icontains=name)
    if may_see_names:
        has_name |= Q(real_name__icontains=name)
    found = _people(workspace_id).filter(has_name).exclude(consent=ConsentState.WITHDRAWN)
    return list(found.order_by("code_name", "id").values_list("id", flat=True)[:MOST_NAMED])


def _labels(workspace_id: UUID, people: Iterable[UUID], *, may_see_names: bool) -> dict[UUID, str]:
    """What each of those who are still there is called, by code name."""
    rows = _people(workspace_id).filter(id__in=people).order_by("code_name", "id")
    return {
        person: f"{code_name} · {real_name}" if may_see_names and real_name else code_name
        for person, code_name, real_name in rows.values_list("id", "code_name", "real_name")
    }


def _people(workspace_id: UUID) -> QuerySet[Participant]:
    return Participant.objects.filter(workspace_id=workspace_id)
