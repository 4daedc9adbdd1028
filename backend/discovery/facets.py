"""Facets as people read them: each value with its name and colour, from the rows of today."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from backend.discovery.serializers import KIND_LABELS
from backend.personas.models import Persona
from backend.sources.models import SpeakerRole
from backend.studies.models import SessionKind, Study
from backend.tagging.models import Aspect, Quadrant, Tag
from search.result import FacetCount, Facets

QUADRANT_LABELS = {
    Quadrant.THINK_FEEL: "Think & Feel",
    Quadrant.SAY_DO: "Say & Do",
    Quadrant.HEAR: "Hear",
    Quadrant.SEE: "See",
    Quadrant.PAIN: "Pains",
    Quadrant.GAIN: "Gains",
}
QUADRANT_COLOURS = {
    Quadrant.THINK_FEEL: "#500279",
    Quadrant.SAY_DO: "#0B6BFF",
    Quadrant.HEAR: "#573403",
    Quadrant.SEE: "#18594B",
    Quadrant.PAIN: "#E3252D",
    Quadrant.GAIN: "#078470",
}
# Name in the API → name in the search library.
FACETS = {
    "kind": "kinds",
    "quadrant": "quadrants",
    "aspect": "aspects",
    "persona": "persona_ids",
    "study": "study_ids",
    "tag": "tag_ids",
    "session_kind": "session_kinds",
    "attribute": "attributes",
    "product_area": "product_areas",
    "speaker_role": "speaker_roles",
    "intensity": "intensities",
}
INTENSITIES = [str(strength) for strength in range(-3, 4)]

Label = tuple[str, str | None]
Labels = Mapping[str, Label]


def describe_facets(
    workspace_id: UUID, facets: Facets, question: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """The body of FacetSerializer for each field. Three queries, whatever was found.

    Values whose row is deleted are left out; quadrants keep the order of their number keys.
    """
    return [
        {
            "field": name,
            "values": _values(
                facets.get(key, {}),
                _labels(name, workspace_id, list(facets.get(key, {}))),
                {str(value) for value in question[name]},
            ),
        }
        for name, key in FACETS.items()
    ]


def _values(
    counts: Mapping[str, FacetCount], labels: Labels, selected: set[str]
) -> list[dict[str, Any]]:
    ordered = [value for value in labels if value in counts]
    return [
        {
            "value": value,
            "label": labels[value][0],
            "colour": labels[value][1],
            "excerpts": counts[value].documents,
            "people": counts[value].people,
            "is_selected": value in selected,
        }
        for value in ordered
    ]


def _labels(name: str, workspace_id: UUID, values: list[str]) -> Labels:
    """Label and colour of each value that is still known, in the order to show them."""
    if name in _NAMED_ROWS:
        model, *columns = _NAMED_ROWS[name]
        kept = model.objects.kept().filter(workspace_id=workspace_id, id__in=values)
        # Plain values: there may be hundreds of rows, at every letter that somebody types.
        rows = kept.order_by().values_list("id", *columns)
        return _in_order(
            values, {str(row_id): (label, *(rest or (None,))) for row_id, label, *rest in rows}
        )
    if name == "attribute":
        return {value: (_attribute_label(value), None) for value in values}
    if name == "product_area":
        return {value: (value, None) for value in values}
    return _FIXED_LABELS[name]


def _in_order(values: list[str], labels: Labels) -> Labels:
    return {value: labels[value] for value in values if value in labels}


def _attribute_label(value: str) -> str:
    key, _, word = value.partition("=")
    return f"{key.replace('_', ' ')}: {word}"


# Facet → the model of its values, the field of their labels and that of their colours.
_NAMED_ROWS: dict[str, tuple[Any, ...]] = {
    "persona": (Persona, "name"),
    "study": (Study, "title"),
    "tag": (Tag, "name", "colour"),
}
_FIXED_LABELS: dict[str, Labels] = {
    "kind": {kind: (label, None) for kind, label in KIND_LABELS.items()},
    "quadrant": {
        quadrant.value: (QUADRANT_LABELS[quadrant], QUADRANT_COLOURS[quadrant])
        for quadrant in Quadrant
    },
    "aspect": {aspect.value: (aspect.label, None) for aspect in Aspect if aspect.value},
    "session_kind": {kind.value: (kind.label.capitalize(), None) for kind in SessionKind},
    "speaker_role": {role.value: (role.label, None) for role in SpeakerRole},
    "intensity": {value: (f"{int(value):+d}".replace("-", "−"), None) for value in INTENSITIES},
}
