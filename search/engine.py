"""What every search engine can do, whichever it is."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from search.documents import SearchDocument
from search.meaning import MeaningQuery
from search.query import SearchQuery
from search.result import Hit, SearchResult
from search.similarity import SimilarQuery


class SearchEngine(Protocol):
    """One index of all workspaces; what is written is found by the next search.

    Every method may raise `SearchUnavailableError`, which leaves the index as it was.
    """

    def ensure_index(self) -> None:
        """Makes an empty index if there is none that can be used. Cheap to repeat."""

    def warm_up(self) -> None:
        """Does ahead what the first searches of this process would wait for. Takes seconds."""

    def is_healthy(self) -> bool:
        """Whether a search would be answered now. Never raises."""

    def needs_rebuild(self) -> bool:
        """Whether the index is not `is_filled`, or was filled by other settings or with vectors of
        another model than ours. Cheap.
        """

    def is_filled(self) -> bool:
        """Whether the index is there and was filled since it was made. Cheap.

        Nothing that another one answers, or doesn't, is to be believed.
        """

    def is_rebuilding(self) -> bool:
        """Whether any process fills a new index now. Cheap."""

    def upsert(self, documents: Sequence[SearchDocument]) -> None:
        """Adds or replaces documents by key, all or none; returns when they can be found."""

    def delete(self, keys: Sequence[str]) -> None:
        """Removes documents by key; unknown keys are no error."""

    def delete_workspace(self, workspace_id: str) -> None:
        """Removes all documents of one workspace."""

    def search(self, query: SearchQuery) -> SearchResult:
        """Answers within the query's workspace alone."""

    def similar(self, query: SimilarQuery) -> tuple[Hit, ...]:
        """Documents that share the telling words of a text, most alike first, within the query's
        workspace alone; `score` is how much of them, from 0 to 1. For a click, not for typing.
        """

    def close_in_meaning(self, query: MeaningQuery) -> tuple[Hit, ...] | None:
        """Excerpts that say what a text says in whatever words, the closest first, within the
        query's workspace alone; `score` is how close they are, from 0 to 1.

        None where there is no model, or the index has not yet been filled with its vectors.
        """

    def count(self, workspace_id: str) -> int:
        """How many documents a workspace has in the index."""

    def versions(self, workspace_id: str) -> Iterator[tuple[str, int]]:
        """Key and version of each document of a workspace, in no promised order."""

    def rebuild(self, documents: Iterable[SearchDocument]) -> None:
        """Fills a new index with these documents alone, each key once, then puts it in the live
        one's place.

        Searches are answered from the old index until then, and writes go to it: whatever is
        written while `is_rebuilding` must be written again afterwards. There is one rebuild at a
        time; the second raises. One that fails or is killed leaves the old index as it was.
        """
