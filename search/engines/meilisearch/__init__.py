"""The engine that asks a Meilisearch server, by its official client."""

from search.engines.meilisearch.engine import MeilisearchEngine

__all__ = ["MeilisearchEngine"]
