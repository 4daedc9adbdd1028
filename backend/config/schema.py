"""How the API's description differs from what its generator makes of the serializers."""

from typing import Any


def require_answered_fields(result: dict[str, Any], **_: object) -> dict[str, Any]:
    """Say that answers always carry every field: a default is for what is sent, not answered."""
    for name, schema in result["components"]["schemas"].items():
        if schema.get("type") == "object" and not name.endswith("Request"):
            schema["required"] = list(schema.get("properties", {}))
    return result
