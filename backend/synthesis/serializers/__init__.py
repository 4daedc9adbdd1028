"""The shapes of personas, maps, claims and insights in the API."""

from backend.synthesis.serializers.empathy_map import EmpathyMapSerializer
from backend.synthesis.serializers.insights import (
    EvidenceChangesSerializer,
    EvidenceInputSerializer,
    InsightChangesSerializer,
    InsightDetailSerializer,
    InsightFiltersSerializer,
    InsightInputSerializer,
    InsightPersonasSerializer,
    InsightRowSerializer,
)
from backend.synthesis.serializers.personas import (
    ClaimChangesSerializer,
    ClaimInputSerializer,
    ClaimSerializer,
    PersonaDetailSerializer,
    PersonaSerializer,
)

__all__ = [
    "ClaimChangesSerializer",
    "ClaimInputSerializer",
    "ClaimSerializer",
    "EmpathyMapSerializer",
    "EvidenceChangesSerializer",
    "EvidenceInputSerializer",
    "InsightChangesSerializer",
    "InsightDetailSerializer",
    "InsightFiltersSerializer",
    "InsightInputSerializer",
    "InsightPersonasSerializer",
    "InsightRowSerializer",
    "PersonaDetailSerializer",
    "PersonaSerializer",
]
