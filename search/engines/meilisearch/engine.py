"""The Meilisearch engine: one index for all workspaces, every write awaited."""

import contextlib
import json
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from hashlib import blake2b
from itertools import chain, islice
from typing import Any

import meilisearch
import requests
from meilisearch.errors import (
    MeilisearchApiError,
    MeilisearchCommunicationError,
    MeilisearchTimeoutError,
)
from meilisearch.models.task import TaskInfo

from search.documents import SearchDocument, workspace_key
from search.engines.meilisearch.filters import filter_expression
from search.engines.meilisearch.meaning import meaning_hits, meaning_search, vectors_field
from search.engines.meilisearch.refusals import (
    MISSING,
    MissingVectorsError,
    TooLargeError,
    api_error,
)
from search.engines.meilisearch.shapes import Question, json_document
from search.engines.meilisearch.similar import SimilarQuestion
from search.errors import SearchQueryError, SearchUnavailableError
from search.fallbacks import Choice
from search.meaning import MeaningModel, MeaningQuery
from search.parsing import ParsedText
from search.query import SearchQuery
from search.result import Hit, SearchResult
from search.settings import INDEX_NAME, PRIMARY_KEY, meilisearch_settings
from search.similarity import SimilarQuery

_REQUEST_TIMEOUT_S = 10
_TASK_TIMEOUT_S = 60.0
_REBUILD_TIMEOUT_S = 3600.0
_POLL_EVERY_MS = 20
_REBUILD_BATCH = 5_000
_VERSIONS_PAGE = 10_000
# A rebuild writes all the time; one that has not for so long was killed.
_ABANDONED_AFTER_S = 900
_NO_WORKSPACE = "00000000-0000-0000-0000-000000000000"
_UNKNOWN_EMBEDDER = ("invalid_search_embedder", "invalid_embedder")


def filled_key(settings: Mapping[str, Any]) -> str:
    """Of a document that a rebuild adds last: an index without it was made empty, was emptied, or
    has other settings, whoever made it.
    """
    return f"filled-{blake2b(json.dumps(settings).encode(), digest_size=8).hexdigest()}"


class MeilisearchEngine:
    """Implements `search.engine.SearchEngine`. Safe for threads.

    People per facet value are not counted (None): that would be one search for each value.
    """

    def __init__(
        self,
        url: str,
        api_key: str | None,
        *,
        index_name: str = INDEX_NAME,
        meaning: MeaningModel | None = None,
        task_timeout_s: float = _TASK_TIMEOUT_S,
        request_timeout_s: int = _REQUEST_TIMEOUT_S,
    ) -> None:
        self._url = url.rstrip("/")
        self._api_key = api_key
        self._index_name = index_name
        self._meaning = meaning
        self._other_embedders: tuple[str, ...] = ()
        self._building_name = f"{index_name}_building"
        self._task_timeout_s = task_timeout_s
        self._request_timeout_s = request_timeout_s
        self._per_thread = threading.local()

    def ensure_index(self) -> None:
        with self._translated_errors():
            self._ensure_index(self._index_name)

    def warm_up(self) -> None:
        """The server does it by itself."""

    def is_healthy(self) -> bool:
        try:
            with self._translated_errors():
                self._client.get_raw_index(self._index_name)
        except (SearchUnavailableError, SearchQueryError):
            return False
        return True

    def needs_rebuild(self) -> bool:
        path = f"indexes/{self._index_name}/documents/{filled_key(self._settings)}?fields=key"
        with self._translated_errors():
            try:
                self._client.http.get(path)
            except MeilisearchApiError as error:
                if error.code not in MISSING:
                    raise
                return True
        return False

    def is_filled(self) -> bool:
        anything = {"fields": [PRIMARY_KEY], "filter": filter_expression(_NO_WORKSPACE), "limit": 1}
        with self._translated_errors():
            try:
                return self._client.index(self._index_name).get_documents(anything).total > 0
            except MeilisearchApiError as error:
                # One of the server's own making has no settings that would let it be filtered.
                if error.code not in (*MISSING, "invalid_document_filter"):
                    raise
                return False

    def is_rebuilding(self) -> bool:
        with self._translated_errors():
            try:
                building = self._client.get_raw_index(self._building_name)
            except MeilisearchApiError as error:
                if error.code not in MISSING:
                    raise
                return False
        written_at = datetime.fromisoformat(building["updatedAt"])
        return (datetime.now(UTC) - written_at).total_seconds() < _ABANDONED_AFTER_S

    def upsert(self, documents: Sequence[SearchDocument]) -> None:
        if not documents:
            return
        try:
            with self._translated_errors():
                index = self._client.index(self._index_name)
                self._await(index.add_documents([self._row(each) for each in documents]))
        except TooLargeError:
            if len(documents) == 1:
                raise
            half = len(documents) // 2
            self.upsert(documents[:half])
            self.upsert(documents[half:])
        except MissingVectorsError:
            if self._other_embedders:
                raise
            self._other_embedders = self._read_other_embedders()
            self.upsert(documents)

    def delete(self, keys: Sequence[str]) -> None:
        if not keys:
            return
        with self._translated_errors():
            # The client's own method for keys warns that it will go; the route stays.
            path = f"indexes/{self._index_name}/documents/delete-batch"
            self._await(TaskInfo(**self._client.http.post(path, list(keys))))

    def delete_workspace(self, workspace_id: str) -> None:
        expression = filter_expression(workspace_key(workspace_id))
        with self._translated_errors():
            index = self._client.index(self._index_name)
            self._await(index.delete_documents(filter=[*expression]))

    def search(self, query: SearchQuery) -> SearchResult:
        started = time.perf_counter()

        def count_each(parts: Sequence[ParsedText]) -> list[int]:
            return self._count_each(query, parts)

        for choice in query.choices(count_each):
            question = Question(query, choice, self._index_name)
            with self._translated_errors():
                hits, total, people, facets = question.answer(self._answers(question))
            if total >= choice.enough:
                break
        return SearchResult(
            hits=tuple(hits),
            total=total,
            people=people,
            facets=facets,
            choice=choice,
            took_ms=(time.perf_counter() - started) * 1000,
        )

    def _answers(self, question: Question) -> list[Any]:
        """One for each of the question's searches."""
        answers: list[Any] = []
        for queries, federation in question.requests():
            answer = self._client.multi_search(queries, federation)
            answers += answer["results"] if federation is None else [answer]
        return answers

    def _count_each(self, query: SearchQuery, parts: Sequence[ParsedText]) -> list[int]:
        if not parts:
            return []
        questions = [Question(query, Choice.of(part), self._index_name) for part in parts]
        plain = [each for each in questions if not each.is_federated]
        answers: dict[ParsedText, Any] = {}
        with self._translated_errors():
            if plain:
                found = self._client.multi_search([each.total_search() for each in plain])
                answers.update(
                    zip((each.choice.whole for each in plain), found["results"], strict=True)
                )
            for each in questions:
                if each.is_federated:
                    answers[each.choice.whole] = self._client.multi_search(*each.total_request())
        return [int(answers[part]["totalHits"]) for part in parts]

    def similar(self, query: SimilarQuery) -> tuple[Hit, ...]:
        question = SimilarQuestion(query, self._index_name)
        searches = question.searches()
        with self._translated_errors():
            answers = self._client.multi_search(searches)["results"] if searches else []
        return question.answer(answers)

    def close_in_meaning(self, query: MeaningQuery) -> tuple[Hit, ...] | None:
        if self._meaning is None:
            return None
        question = meaning_search(self._meaning, query)
        if question is None:
            return ()
        path = f"indexes/{self._index_name}/search"
        with self._translated_errors():
            try:
                answer = self._client.http.post(path, question)
            except MeilisearchApiError as error:
                # The index is not yet filled with the vectors of this model.
                if error.code not in _UNKNOWN_EMBEDDER:
                    raise
                return None
        return meaning_hits(self._meaning, query, answer["hits"])

    def count(self, workspace_id: str) -> int:
        expression = filter_expression(workspace_key(workspace_id))
        with self._translated_errors():
            index = self._client.index(self._index_name)
            answer = index.search("", {"filter": expression, "page": 1, "hitsPerPage": 0})
            return int(answer["totalHits"])

    def versions(self, workspace_id: str) -> Iterator[tuple[str, int]]:
        expression = filter_expression(workspace_key(workspace_id))
        offset = 0
        while True:
            with self._translated_errors():
                page = self._client.index(self._index_name).get_documents(
                    {
                        "fields": [PRIMARY_KEY, "version"],
                        "filter": expression,
                        "limit": _VERSIONS_PAGE,
                        "offset": offset,
                    }
                )
            yield from ((document.key, document.version) for document in page.results)
            offset += len(page.results)
            if not page.results or offset >= page.total:
                return

    def rebuild(self, documents: Iterable[SearchDocument]) -> None:
        if self.is_rebuilding():
            raise SearchUnavailableError(
                "The search index is being rebuilt by another process. Wait until it is done."
            )
        try:
            self._rebuild(documents)
        finally:
            with contextlib.suppress(SearchUnavailableError), self._translated_errors():
                self._delete_index(self._building_name)

    def _rebuild(self, documents: Iterable[SearchDocument]) -> None:
        with self._translated_errors():
            self._ensure_index(self._index_name)
            self._delete_index(self._building_name)
            self._ensure_index(self._building_name)
        filled = {PRIMARY_KEY: filled_key(self._settings), "workspace_id": _NO_WORKSPACE}
        filled |= vectors_field(self._meaning, None)
        rows = chain(map(self._row, documents), [filled])
        tasks = list(self._add_in_batches(self._building_name, rows))
        with self._translated_errors():
            for task in tasks:
                self._await(task, timeout_s=_REBUILD_TIMEOUT_S)
            pair = [self._index_name, self._building_name]
            self._await(
                self._client.swap_indexes([{"indexes": pair}]), timeout_s=_REBUILD_TIMEOUT_S
            )

    @cached_property
    def _settings(self) -> dict[str, Any]:
        return meilisearch_settings(self._meaning)

    def _row(self, document: SearchDocument) -> dict[str, Any]:
        return json_document(document) | vectors_field(
            self._meaning, document, without=self._other_embedders
        )

    def _read_other_embedders(self) -> tuple[str, ...]:
        """Of an index that is not yet filled anew since its model was changed or taken out."""
        with self._translated_errors():
            names = self._client.http.get(f"indexes/{self._index_name}/settings/embedders")
        return tuple(sorted({*names} - {*self._settings.get("embedders", ())}))

    @property
    def _client(self) -> meilisearch.Client:
        """One for each thread: the client changes its shared headers with every request."""
        client: meilisearch.Client | None = getattr(self._per_thread, "client", None)
        if client is None:
            client = meilisearch.Client(self._url, self._api_key, timeout=self._request_timeout_s)
            self._per_thread.client = client
        return client

    def _ensure_index(self, name: str) -> None:
        """One that is there is left as it is: other settings come with the next rebuild."""
        try:
            self._client.get_raw_index(name)
        except MeilisearchApiError as error:
            if error.code != "index_not_found":
                raise
            self._await(
                self._client.create_index(name, {"primaryKey": PRIMARY_KEY}),
                may_fail_with="index_already_exists",
            )
            self._await(self._client.index(name).update_settings(dict(self._settings)))

    def _delete_index(self, name: str) -> None:
        task = self._client.delete_index(name)
        self._await(task, may_fail_with="index_not_found")

    def _add_in_batches(
        self, index_name: str, rows: Iterable[dict[str, Any]]
    ) -> Iterator[TaskInfo]:
        """Sends everything without waiting in between, so that Meilisearch can join batches."""
        remaining = iter(rows)
        while batch := list(islice(remaining, _REBUILD_BATCH)):
            yield from self._add_batch(index_name, batch)

    def _add_batch(self, index_name: str, batch: list[dict[str, Any]]) -> Iterator[TaskInfo]:
        try:
            with self._translated_errors():
                task = self._client.index(index_name).add_documents(batch)
        except TooLargeError:
            if len(batch) == 1:
                raise
            half = len(batch) // 2
            yield from self._add_batch(index_name, batch[:half])
            yield from self._add_batch(index_name, batch[half:])
        else:
            yield task

    def _await(
        self, task: TaskInfo, *, timeout_s: float | None = None, may_fail_with: str | None = None
    ) -> None:
        timeout_ms = round(1000 * (timeout_s or self._task_timeout_s))
        done = self._client.wait_for_task(
            task.task_uid, timeout_in_ms=timeout_ms, interval_in_ms=_POLL_EVERY_MS
        )
        error: dict[str, Any] = done.error or {}
        # One that somebody cancelled has no error.
        is_expected = may_fail_with is not None and error.get("code") == may_fail_with
        if done.status != "succeeded" and not is_expected:
            is_about_vectors = error.get("code") == "vector_embedding_error"
            raise (MissingVectorsError if is_about_vectors else SearchUnavailableError)(
                f"The search server gave up a change ({error.get('message', done.status)}). "
                "The index is as it was; try again, or rebuild the index if it happens again."
            )

    @contextlib.contextmanager
    def _translated_errors(self) -> Iterator[None]:
        try:
            yield
        except MeilisearchApiError as error:
            raise api_error(error, self._url) from error
        except MeilisearchTimeoutError as error:
            raise SearchUnavailableError(
                "The search server has not finished in time. What was sent to it may still "
                "happen; try again later."
            ) from error
        except (MeilisearchCommunicationError, requests.RequestException) as error:
            raise SearchUnavailableError(
                f"No search server answers at {self._url}. Start Meilisearch or correct MEILI_URL."
            ) from error
