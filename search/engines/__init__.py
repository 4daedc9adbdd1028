"""The engines, and the choice between them."""

from pathlib import Path

from search.engine import SearchEngine
from search.meaning import MeaningModel


def open_engine(
    *,
    url: str | None,
    api_key: str | None,
    directory: Path,
    meaning: MeaningModel | None = None,
) -> SearchEngine:
    """Meilisearch where there is a URL, else the embedded engine in `directory`.

    With a model of meaning, excerpts are also found by it.
    Opens nothing yet and never fails; each engine loads only its own libraries.
    """
    if url:
        from search.engines.meilisearch import MeilisearchEngine  # noqa: PLC0415

        return MeilisearchEngine(url, api_key, meaning=meaning)
    from search.engines.embedded import EmbeddedEngine  # noqa: PLC0415

    return EmbeddedEngine(directory, meaning=meaning)
