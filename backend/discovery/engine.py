"""The one search engine of this process: opened when it is first needed, then kept."""

import gc
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import Thread

from django.conf import settings

from backend.common.errors import UnavailableError
from search.engine import SearchEngine
from search.engines import open_engine
from search.errors import SearchUnavailableError
from search.meaning import MeaningModel, MeaningModelError, MeaningQuery, is_model
from search.query import SearchQuery
from search.result import Hit, SearchResult
from search.similarity import SimilarQuery

logger = logging.getLogger(__name__)


class _UnfilledIndexError(SearchUnavailableError):
    """The index was lost and is being filled again: what it finds, or doesn't, means nothing."""


def get_engine() -> SearchEngine:
    """The engine that the settings choose, ready to be used. Raises SearchUnavailableError."""
    return _open_ready(*_chosen())


def search_index(query: SearchQuery) -> SearchResult:
    """Ask the engine. "Nothing found" is only said by an index that has everything.

    Raises SearchUnavailableError.
    """
    engine = get_engine()
    result = engine.search(query)
    if not result.total:
        _check_filled(engine)
    return result


def find_similar_documents(query: SimilarQuery) -> Sequence[Hit]:
    """As search_index, for what is alike."""
    engine = get_engine()
    hits = engine.similar(query)
    if not hits:
        _check_filled(engine)
    return hits


def find_close_documents(query: MeaningQuery) -> Sequence[Hit] | None:
    """As search_index, for what is close in meaning; None where nothing can say so."""
    if not has_meaning():
        return None
    return get_engine().close_in_meaning(query)


def has_meaning() -> bool:
    """Whether there is a model to find excerpts by their meaning with."""
    return _open_meaning(Path(settings.MEANING_DIR)) is not None


def _check_filled(engine: SearchEngine) -> None:
    if not engine.is_filled():
        raise _UnfilledIndexError("The search index is being filled.")


def is_index_lost() -> bool:
    """Whether the index must be filled again. Reads none of it into memory.

    Raises SearchUnavailableError.
    """
    return _open(*_chosen()).needs_rebuild()


def _chosen() -> tuple[str, str, Path, Path]:
    return (
        settings.MEILI_URL,
        settings.MEILI_API_KEY,
        Path(settings.SEARCH_DIR),
        Path(settings.MEANING_DIR),
    )


@cache
def _open(url: str, api_key: str, directory: Path, meaning_dir: Path) -> SearchEngine:
    return open_engine(
        url=url or None,
        api_key=api_key or None,
        directory=directory,
        meaning=_open_meaning(meaning_dir),
    )


@cache
def _open_meaning(directory: Path) -> MeaningModel | None:
    """A model that is broken takes nothing from search but itself."""
    if not is_model(directory):
        return None
    model = MeaningModel(directory)
    try:
        model.vector("Does it work?")
    except MeaningModelError as error:
        logger.warning("Search goes without meaning: %s", error)
        return None
    return model


@cache
def _open_ready(url: str, api_key: str, directory: Path, meaning_dir: Path) -> SearchEngine:
    engine = _open(url, api_key, directory, meaning_dir)
    engine.ensure_index()
    return engine


def open_early() -> None:
    """Make the engine ready before anybody searches, beside the process's start."""
    Thread(target=_open_quietly, name="open-search", daemon=True).start()


def _open_quietly() -> None:
    try:
        get_engine().warm_up()
        # What is kept in memory for good is not looked through again for garbage: a tenth of a
        # second each time, at 1,000,000 excerpts.
        gc.collect()
        gc.freeze()
    except Exception:
        logger.warning(
            "Search could not be opened yet; the first search tries again", exc_info=True
        )


@contextmanager
def telling_outages() -> Iterator[None]:
    """Turns an engine that is down into an answer for people. Raises UnavailableError."""
    try:
        yield
    except _UnfilledIndexError as error:
        raise UnavailableError(
            "Search is being put together again from your studies. Nothing is lost.",
            remedy="Try again in a few minutes; everything else works meanwhile.",
        ) from error
    except SearchUnavailableError as error:
        logger.warning("Search is down: %s", error)
        raise UnavailableError(
            "Search is not available right now. Nothing is lost: your studies and excerpts "
            "are all here.",
            remedy="Try again in a minute. If it stays like this, tell the operator.",
        ) from error
