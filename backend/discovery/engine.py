"""The one search engine of this process: opened when it is first needed, then kept."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import Thread

from django.conf import settings

from backend.common.errors import UnavailableError
from search.engine import SearchEngine
from search.engines import open_engine
from search.errors import SearchUnavailableError

logger = logging.getLogger(__name__)


def get_engine() -> SearchEngine:
    """The engine that the settings choose. Raises SearchUnavailableError."""
    return _open(settings.MEILI_URL, settings.MEILI_API_KEY, Path(settings.SEARCH_DIR))


@cache
def _open(url: str, api_key: str, directory: Path) -> SearchEngine:
    engine = open_engine(url=url or None, api_key=api_key or None, directory=directory)
    engine.ensure_index()
    return engine


def open_early() -> None:
    """Open the engine before anybody searches, beside the process's start: it takes seconds."""
    Thread(target=_open_quietly, name="open-search", daemon=True).start()


def _open_quietly() -> None:
    try:
        get_engine()
    except Exception:
        logger.warning(
            "Search could not be opened yet; the first search tries again", exc_info=True
        )


@contextmanager
def telling_outages() -> Iterator[None]:
    """Turns an engine that is down into an answer for people. Raises UnavailableError."""
    try:
        yield
    except SearchUnavailableError as error:
        logger.warning("Search is down: %s", error)
        raise UnavailableError(
            "Search is not available right now. Nothing is lost: your studies and excerpts "
            "are all here.",
            remedy="Try again in a minute. If it stays like this, tell the operator.",
        ) from error
