"""A recording server that also keeps documents, and reads filters as Meilisearch does."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from tests.search.recording_server import Answer, RecordingServer, Request

Row = dict[str, Any]

_TOKEN = re.compile(r'\s*("(?:[^"\\]|\\.)*"|>=|<=|<|>|=|\[|\]|,|[A-Za-z_0-9-]+)')
NOT_FOUND: Answer = (404, {"message": "Not found.", "code": "index_not_found"})


@dataclass
class KeepingServer(RecordingServer):
    """What is written is there at once; the task says so later. `is_full` lets writes fail."""

    indexes: dict[str, dict[str, Row]] = field(default_factory=dict)
    is_full: bool = False

    def respond(self, request: Request) -> Answer:
        with self._lock:
            self.requests.append(request)
            answer = self.answers.get(f"{request.method} {request.path}")
            if answer is not None:
                return answer(request.body) if callable(answer) else answer
            path = urlsplit(request.path).path.strip("/").split("/")
            if path[0] == "tasks":
                return 200, self._report(int(path[1]))
            if path[0] == "multi-search":
                return self._search_all(request.body["queries"], request.body["federation"])
            if path[0] == "swap-indexes":
                one, other = request.body[0]["indexes"]
                self.indexes[one], self.indexes[other] = self.indexes[other], self.indexes[one]
                return self.enqueue()
            if path == ["indexes"]:
                self.indexes.setdefault(request.body["uid"], {})
                return self.enqueue()
            return self._respond_about(path[1], path[2:], request)

    def _respond_about(self, name: str, path: list[str], request: Request) -> Answer:
        if name not in self.indexes:
            is_task = request.method in ("DELETE", "PATCH") or path[-1:] == ["documents"]
            if is_task and request.method != "POST":
                self.failures.insert(0, {"message": "not there", "code": "index_not_found"})
                return self.enqueue()
            if not is_task:
                return NOT_FOUND
            self.indexes[name] = {}  # as the real one does, with settings that are not ours
        rows = self.indexes[name]
        if request.method == "DELETE" and not path:
            del self.indexes[name]
        elif request.method == "GET" and not path:
            return 200, {"uid": name, "updatedAt": datetime.now(UTC).isoformat()}
        elif request.method == "GET" and path[0] == "documents":
            return (
                (200, rows[path[1]]) if path[1] in rows else (404, {"code": "document_not_found"})
            )
        elif path == ["documents", "fetch"]:
            found = [row for row in rows.values() if passes(row, request.body["filter"])]
            return 200, {"results": found, "offset": 0, "limit": len(found), "total": len(found)}
        elif self.is_full and path[0] == "documents":
            self.failures.append({"message": "No space left", "code": "no_space_left_on_device"})
        elif path == ["documents"]:
            rows.update({row["key"]: row for row in request.body})
        elif path == ["documents", "delete-batch"]:
            for key in request.body:
                rows.pop(key, None)
        return self.enqueue()

    def _search_all(self, queries: list[Row], federation: Row | None) -> Answer:
        """One result for each query, or with a federation one of all that any of them finds."""
        if any(query["indexUid"] not in self.indexes for query in queries):
            return NOT_FOUND
        found = [self._find(query) for query in queries]
        if federation is not None:
            return 200, _result({key: row for rows in found for key, row in rows.items()})
        return 200, {"results": [*map(_result, found)]}

    def _find(self, query: Row) -> dict[str, Row]:
        fields = query.get("attributesToSearchOn", ("title", "text", "forms"))
        return {
            key: row
            for key, row in self.indexes[query["indexUid"]].items()
            if passes(row, query["filter"])
            and any(query["q"].strip() in row.get(field, "") for field in fields)
        }


def _result(rows: Mapping[str, Row]) -> Row:
    return {"hits": [*rows.values()], "totalHits": len(rows), "facetDistribution": {}}


def passes(row: Mapping[str, Any], expressions: list[str]) -> bool:
    """All of them. Raises ValueError for what Meilisearch's grammar does not take."""
    return all(_passes(row, expression) for expression in expressions)


def _passes(row: Mapping[str, Any], expression: str) -> bool:
    tokens = _tokens(expression)
    results = [_condition(row, tokens)]
    while tokens:
        joiner = tokens.pop(0)
        if joiner not in ("AND", "OR"):
            raise ValueError(f"{joiner!r} after a condition in {expression!r}")
        condition = _condition(row, tokens)
        results = [*results, condition] if joiner == "AND" else [all(results) or condition]
    return all(results)


def _tokens(expression: str) -> list[str]:
    tokens, place = [], 0
    while place < len(expression.rstrip()):
        match = _TOKEN.match(expression, place)
        if match is None:
            raise ValueError(f"{expression!r} can't be read from {place} on")
        tokens.append(match[1])
        place = match.end()
    return tokens


def _condition(row: Mapping[str, Any], tokens: list[str]) -> bool:
    if tokens[0] == "NOT":
        tokens.pop(0)
        return not _condition(row, tokens)
    name, sign = tokens.pop(0), tokens.pop(0)
    value = row.get(name)
    present = value if isinstance(value, list) else [value]
    if sign == "IN":
        if tokens.pop(0) != "[":
            raise ValueError("no list after IN")
        wanted = []
        while (token := tokens.pop(0)) != "]":
            if token != ",":
                wanted.append(_literal(token))
        return any(_text(each) in wanted for each in present)
    literal = _literal(tokens.pop(0))
    if sign == "=":
        return any(_text(each) == literal for each in present)
    number = float(literal)
    return {">=": value >= number, "<": value < number}[sign] if value is not None else False


def _literal(token: str) -> str:
    """Quotes are unescaped, backslashes are not."""
    return token[1:-1].replace('\\"', '"') if token.startswith('"') else token


def _text(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else value
