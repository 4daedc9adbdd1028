"""Reading what is made of evidence: personas, insights and maps, with people counted."""

from backend.synthesis.selectors.empathy_map import compute_empathy_map
from backend.synthesis.selectors.insights import (
    evidence_of,
    get_insights_in_order,
    list_insights,
    summarise_insights,
)
from backend.synthesis.selectors.personas import (
    claims_with_evidence,
    get_claims_in_order,
    get_personas_in_order,
    list_personas,
    people_of,
    read_story,
    summarise_personas,
)

__all__ = [
    "claims_with_evidence",
    "compute_empathy_map",
    "evidence_of",
    "get_claims_in_order",
    "get_insights_in_order",
    "get_personas_in_order",
    "list_insights",
    "list_personas",
    "people_of",
    "read_story",
    "summarise_insights",
    "summarise_personas",
]
