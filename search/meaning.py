"""What a text means, as a vector: the mean of its words' vectors, from a folder of files.

The folder is a static model as `scripts/make_meaning.py` makes one and as Model2Vec writes them:

    tokenizer.json       how a text falls into tokens, for the package `tokenizers`
    model.safetensors    "embeddings", a row for each token; perhaps "weights" and "mapping"

Nothing is imported or read before the first text, and no network is ever run, so a vector costs
some tens of microseconds in the web process as in the worker.
"""

import json
import struct
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.documents import SearchDocument, split_key
from search.errors import SearchError, SearchQueryError
from search.query import MAX_LIMIT, Condition, Filters, SearchQuery
from search.result import Hit
from search.similarity import shared_ranges, words_to_look_up

Vectors = NDArray[np.float32]

# Only what people said: a vector for each of a million passages would be paid for by everybody.
KINDS_WITH_MEANING = ("excerpt",)

TOKENIZER = "tokenizer.json"
TENSORS = "model.safetensors"
# What the numbers of a vector are multiplied by to become whole ones of a byte.
BYTE_SCALE = 127
# Less close than this is chance. Two quotes of one talk share a manner of speaking; with the few
# words that somebody types most quotes share nothing.
LEAST_CLOSE_TO_TEXT = 0.55
LEAST_CLOSE_TO_WORDS = 0.25
# No text says anything new after so many letters, and a whole transcript would take seconds.
_MOST_LETTERS = 4_000
_KNOWN_TYPES = {"F32": "<f4", "F16": "<f2", "F64": "<f8", "I8": "i1", "I32": "<i4", "I64": "<i8"}


class MeaningModelError(SearchError):
    """The model's folder can't be used; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeaningQuery:
    """What to find excerpts close to, in which workspace; `leave_out` are keys of documents.

    `least_close`: how close at least, as the cosine of the angle between the vectors.
    """

    workspace_id: str
    text: str
    filters: Filters = field(default_factory=Filters)
    leave_out: tuple[str, ...] = ()
    limit: int = 10
    least_close: float = LEAST_CLOSE_TO_TEXT
    # The same filters as those of a search, but no words: these are not asked for.
    scope: SearchQuery = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if not 1 <= self.limit <= MAX_LIMIT:
            raise SearchQueryError(f"limit must be between 1 and {MAX_LIMIT}.")
        scope = SearchQuery(
            workspace_id=self.workspace_id, kinds=KINDS_WITH_MEANING, filters=self.filters
        )
        object.__setattr__(self, "scope", scope)
        object.__setattr__(self, "workspace_id", scope.workspace_id)

    def conditions(self) -> tuple[Condition, ...]:
        """Every condition but the workspace."""
        return self.scope.conditions()


class MeaningModel:
    """A static model in a folder; opened by the first that asks it. Safe for threads."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._opening = threading.Lock()
        self._opened: tuple[Any, Vectors, NDArray[np.int64] | None] | None = None

    @cached_property
    def fingerprint(self) -> str:
        """Tells one model from another: vectors of two must never be compared."""
        digest = blake2b(digest_size=8)
        for name in (TOKENIZER, TENSORS):
            digest.update(_bytes_of(self.directory / name))
        return digest.hexdigest()

    @property
    def dimensions(self) -> int:
        return int(self._open()[1].shape[1])

    def vector(self, text: str) -> Vectors | None:
        """Of length 1; None for a text without any word that the model knows."""
        tokenizer, embeddings, mapping = self._open()
        encoding = tokenizer.encode(text[:_MOST_LETTERS].encode(errors="replace").decode())
        ids = np.array(encoding.ids, dtype=np.int64)
        ids = ids[ids != self._unknown_id]
        rows = ids if mapping is None else mapping[ids]
        total = embeddings[rows].sum(axis=0)
        length = float(np.linalg.norm(total))
        return total / length if length > 0 else None

    def _open(self) -> tuple[Any, Vectors, NDArray[np.int64] | None]:
        with self._opening:
            if self._opened is None:
                self._opened = self._read()
        return self._opened

    def _read(self) -> tuple[Any, Vectors, NDArray[np.int64] | None]:
        tokenizer = _open_tokenizer(self.directory / TOKENIZER)
        try:
            tensors = read_tensors(self.directory / TENSORS)
            embeddings = tensors["embeddings"].astype(np.float32)
        except (KeyError, ValueError, struct.error) as error:
            raise MeaningModelError(
                f"{self.directory / TENSORS} is no static model ({error!r}). Make it again, or "
                "point MEANING_MODEL to a folder that Model2Vec wrote."
            ) from error
        if "weights" in tensors:
            embeddings *= tensors["weights"].astype(np.float32)[:, None]
        self._unknown_id = _unknown_id(tokenizer)
        mapping = tensors.get("mapping")
        return tokenizer, embeddings, None if mapping is None else mapping.astype(np.int64)


def close_hits(query: MeaningQuery, scored: Iterable[tuple[float, str, str]]) -> tuple[Hit, ...]:
    """Those of these texts, given as (score, key, text), that are close enough, the closest first.

    `score` is the cosine of the angle to the question; words that are shared with it are marked.
    """
    left_out = set(query.leave_out)
    close = [
        (-min(score, 1.0), key, text)
        for score, key, text in scored
        if score >= query.least_close and key not in left_out
    ]
    words = words_to_look_up(query.text)
    return tuple(
        Hit(*split_key(key), -score, shared_ranges(words, text))
        for score, key, text in sorted(close)[: query.limit]
    )


def is_model(directory: Path) -> bool:
    """Whether a model lies here; reads nothing of it."""
    return (directory / TOKENIZER).is_file() and (directory / TENSORS).is_file()


def vector_of(model: MeaningModel, document: SearchDocument) -> Vectors | None:
    """The vector that a document is found by; None for kinds that are not found by meaning."""
    return model.vector(document.text) if document.kind in KINDS_WITH_MEANING else None


def as_bytes(vector: Vectors) -> bytes:
    """A vector of length 1 in a signed byte for each number."""
    return np.rint(vector * BYTE_SCALE).astype(np.int8).tobytes()


def read_tensors(path: Path) -> dict[str, NDArray[Any]]:
    """The arrays of a file of safetensors: a header of JSON, and one stretch of bytes for each."""
    content = _bytes_of(path)
    (header_size,) = struct.unpack_from("<Q", content)
    header: dict[str, Any] = json.loads(content[8 : 8 + header_size])
    body = memoryview(content)[8 + header_size :]
    return {
        name: np.frombuffer(
            body[entry["data_offsets"][0] : entry["data_offsets"][1]], _KNOWN_TYPES[entry["dtype"]]
        ).reshape(entry["shape"])
        for name, entry in header.items()
        if name != "__metadata__"
    }


def write_tensor(path: Path, name: str, array: NDArray[np.float16]) -> None:
    """A file of safetensors with one array."""
    entry = {"dtype": "F16", "shape": list(array.shape), "data_offsets": [0, array.nbytes]}
    header = json.dumps({name: entry}).encode()
    path.write_bytes(struct.pack("<Q", len(header)) + header + array.tobytes())


def _open_tokenizer(path: Path) -> Any:
    try:
        from tokenizers import Tokenizer  # type: ignore[import-not-found, unused-ignore]  # noqa: PLC0415
    except ImportError as error:
        raise MeaningModelError(
            "There is a model of meaning, but the package tokenizers is not installed. Install "
            "requirements/meaning.txt, or take the model away."
        ) from error
    tokenizer = Tokenizer.from_str(_bytes_of(path).decode())
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _unknown_id(tokenizer: Any) -> int:
    """The id of the token for whatever is no token, or -1."""
    token = json.loads(tokenizer.to_str())["model"].get("unk_token")
    found = tokenizer.token_to_id(token) if token else None
    return -1 if found is None else int(found)


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise MeaningModelError(
            f"The model of meaning can't be read: {path} ({error.strerror}). Correct the folder "
            "or its permissions, or take the model away."
        ) from error
