"""Writing claims and insights."""

from backend.synthesis.services.claims import create_claim, delete_claim, update_claim
from backend.synthesis.services.insights import (
    EvidenceDraft,
    add_evidence,
    create_insight,
    delete_insight,
    remove_evidence,
    restore_insight,
    set_insight_personas,
    update_evidence,
    update_insight,
)

__all__ = [
    "EvidenceDraft",
    "add_evidence",
    "create_claim",
    "create_insight",
    "delete_claim",
    "delete_insight",
    "remove_evidence",
    "restore_insight",
    "set_insight_personas",
    "update_claim",
    "update_evidence",
    "update_insight",
]
