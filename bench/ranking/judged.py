"""Queries with the documents that people would want for them, graded 0 to 3."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from search import SearchDocument

BEST_GRADE = 3


@dataclass(frozen=True)
class JudgedQuery:
    """`grades` are by key of document; what is not named has grade 0."""

    text: str
    kind: str
    grades: Mapping[str, int]


@dataclass(frozen=True)
class JudgedSet:
    """Documents of one workspace, and what people ask of them."""

    name: str
    documents: Sequence[SearchDocument]
    queries: Sequence[JudgedQuery]

    @property
    def workspace_id(self) -> str:
        return self.documents[0].workspace_id


def read_judged(path: Path, documents: Sequence[SearchDocument], *, name: str) -> JudgedSet:
    """Reads a file of judgements, in which each document is named by a piece of its text."""
    queries = [
        JudgedQuery(
            text=row["text"],
            kind=row["kind"],
            grades=dict(_judgement(each, documents) for each in row["grades"]),
        )
        for row in tomllib.loads(path.read_text(encoding="utf-8"))["query"]
    ]
    return JudgedSet(name, documents, queries)


def _judgement(row: Mapping[str, Any], documents: Iterable[SearchDocument]) -> tuple[str, int]:
    grade = row["grade"]
    if grade not in range(BEST_GRADE + 1):
        raise ValueError(f"The grade {grade} of {row} is not between 0 and {BEST_GRADE}.")
    found = [each.key for each in documents if _is_named(each, row)]
    if len(found) != 1:
        raise ValueError(f"{len(found)} documents are named by {row}; make it name one.")
    return found[0], grade


def _is_named(document: SearchDocument, row: Mapping[str, Any]) -> bool:
    kind = row.get("kind", "excerpt")
    return document.kind == kind and row["says"] in f"{document.title}\n{document.text}"
