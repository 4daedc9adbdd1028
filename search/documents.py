"""The one shape of document that both engines index."""

import re
import uuid
from dataclasses import dataclass
from functools import lru_cache

from search.errors import SearchQueryError

KINDS = ("excerpt", "insight", "persona", "claim", "tag", "passage", "memo")
# Meilisearch compares 468 bytes of a value.
MAX_VALUE_LETTERS = 200

_ID = re.compile(r"[A-Za-z0-9_-]{1,100}")
_TUPLES = (
    "study_ids", "participant_ids", "quadrants", "aspects", "persona_ids", "tag_ids", "attributes",
    "intensities",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchDocument:
    """Something that can be found.

    `text` is what is searched and marked: the quote, the insight's statement, the persona's
    summary, the claim. `title` is searched as well and ranks higher: the persona's name, the
    insight's short statement, the tag with the tags above it. Leave it empty where a hit in it
    should not count as somebody having said the words (a session's title would make every excerpt
    of the session a hit).

    `participant_ids` are the people behind it, `tag_ids` include the ancestors of each tag, and
    `attributes` are "key=value", `intensities` strengths of feeling from "-3" to "3".
    `version` differs after each change of what is indexed.
    """

    id: str
    kind: str
    workspace_id: str
    text: str
    created_at_s: int
    version: int
    title: str = ""
    study_ids: tuple[str, ...] = ()
    session_id: str = ""
    session_kind: str = ""
    participant_ids: tuple[str, ...] = ()
    quadrants: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()
    persona_ids: tuple[str, ...] = ()
    tag_ids: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    product_area: str = ""
    speaker_role: str = ""
    intensities: tuple[str, ...] = ()
    has_insight: bool = False
    is_key_quote: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", str(self.id))
        object.__setattr__(self, "workspace_id", workspace_key(self.workspace_id))
        document_key(self.kind, self.id)
        for name in _TUPLES:
            if (values := getattr(self, name)) != ():
                object.__setattr__(self, name, value_tuple(name, values))

    @property
    def key(self) -> str:
        return document_key(self.kind, self.id)


def document_key(kind: str, id: str) -> str:
    """The key of a document in the index; `split_key` undoes it."""
    if kind not in KINDS:
        raise SearchQueryError(f"Kind {kind!r} is not known; use one of {', '.join(KINDS)}.")
    if not _ID.fullmatch(id):
        raise SearchQueryError(f"Id {id!r} has other characters than letters, digits, _ and -.")
    return f"{kind}-{id}"


def split_key(key: str) -> tuple[str, str]:
    """Kind and id of a document key."""
    kind, _, id = key.partition("-")
    return kind, id


def workspace_key(workspace_id: object) -> str:
    """The workspace's id in its one spelling; refuses whatever is not a UUID."""
    return _workspace_key(str(workspace_id))


@lru_cache
def _workspace_key(workspace_id: str) -> str:
    try:
        return str(uuid.UUID(workspace_id))
    except ValueError:
        raise SearchQueryError(f"Workspace {workspace_id!r} is not a UUID.") from None


def value_tuple(name: str, values: object) -> tuple[str, ...]:
    """Distinct values in order, cut to what engines compare whole. A lone surrogate, which no
    engine takes, becomes a question mark.

    Refuses a bare string, which would fall apart into letters.
    """
    if isinstance(values, str) or not isinstance(values, tuple | list | set | frozenset):
        raise SearchQueryError(f"{name} must be a list of strings, not {values!r}.")
    return _comparable(tuple(map(str, values)))


# Few values make up all documents, in few combinations.
@lru_cache(1 << 15)
def _comparable(values: tuple[str, ...]) -> tuple[str, ...]:
    cut = (value[:MAX_VALUE_LETTERS].encode(errors="replace").decode() for value in values)
    return tuple(dict.fromkeys(cut))
