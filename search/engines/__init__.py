"""The engines, and the choice between them."""

from pathlib import Path

from search.engine import SearchEngine


def open_engine(*, url: str | None, api_key: str | None, directory: Path) -> SearchEngine:
    """Meilisearch where there is a URL, else the embedded engine in `directory`.

    Opens nothing yet and never fails; each engine loads only its own libraries.
    """
    if url:
        from search.engines.meilisearch import MeilisearchEngine  # noqa: PLC0415

        return MeilisearchEngine(url, api_key)
    from search.engines.embedded import EmbeddedEngine  # noqa: PLC0415

    return EmbeddedEngine(directory)
