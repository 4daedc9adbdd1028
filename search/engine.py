"""What every search engine can do, whichever it is."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from search.documents import SearchDocument
from search.query import SearchQuery
from search.result import SearchResult


class SearchEngine(Protocol):
    """One index of all workspaces; what is written is found by the next search.

    Every method may raise `SearchUnavailableError`, which leaves the index as it was.
    """

    def ensure_index(self) -> None:
        """Makes the index ready if it is missing or of an older shape. Cheap to repeat."""

    def is_healthy(self) -> bool:
        """Whether a search would be answered now. Never raises."""

    def needs_rebuild(self) -> bool:
        """Whether the index was made empty, so that rows the database has may be missing."""

    def upsert(self, documents: Sequence[SearchDocument]) -> None:
        """Adds or replaces documents by key, all or none; returns when they can be found."""

    def delete(self, keys: Sequence[str]) -> None:
        """Removes documents by key; unknown keys are no error."""

    def delete_workspace(self, workspace_id: str) -> None:
        """Removes all documents of one workspace."""

    def search(self, query: SearchQuery) -> SearchResult:
        """Answers within the query's workspace alone."""

    def count(self, workspace_id: str) -> int:
        """How many documents a workspace has in the index."""

    def versions(self, workspace_id: str) -> Iterator[tuple[str, int]]:
        """Key and version of each document of a workspace, in no promised order."""

    def rebuild(self, documents: Iterable[SearchDocument]) -> None:
        """Fills a new index with these documents alone, then puts it in the live one's place.

        Searches are answered from the old index until then. Writes that arrive meanwhile wait
        (embedded) or may be undone by the exchange (Meilisearch): compare `versions` afterwards.
        """
