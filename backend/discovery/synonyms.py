"""Words that mean the same to a team: who searches for one of them finds them all."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from backend.common.errors import ConflictError, InvalidInputError
from backend.discovery.models import SynonymGroup
from backend.workspaces.models import Workspace
from search.synonyms import SynonymGroups, synonym_term

MOST_GROUPS = 200
FEWEST_WORDS, MOST_WORDS = 2, 12
# A phrase takes part of the ten words of a search.
LONGEST_PHRASE_WORDS = 6
LONGEST_LETTERS = 80

_Folded = tuple[str, ...]


def list_groups(workspace_id: UUID) -> QuerySet[SynonymGroup]:
    """In the order in which they were made."""
    return SynonymGroup.objects.filter(workspace_id=workspace_id)


def read_groups(workspace_id: UUID) -> SynonymGroups:
    """As a search takes them. One query."""
    return tuple(
        tuple(words) for words in list_groups(workspace_id).values_list("words", flat=True)
    )


@transaction.atomic
def create_group(*, workspace_id: UUID, user: Any, words: Sequence[str]) -> SynonymGroup:
    """Raises InvalidInputError and, for words that another group has, ConflictError."""
    groups = _locked_groups(workspace_id)
    if len(groups) >= MOST_GROUPS:
        raise InvalidInputError(
            f"There are {MOST_GROUPS} groups already.",
            remedy="Delete one that nobody needs, or add the words to one that fits.",
        )
    tidied = _checked(words, groups)
    return SynonymGroup.objects.create(workspace_id=workspace_id, created_by=user, words=tidied)


@transaction.atomic
def change_group(*, group: SynonymGroup, words: Sequence[str]) -> SynonymGroup:
    """Replace its words. Raises InvalidInputError and ConflictError."""
    others = [each for each in _locked_groups(group.workspace_id) if each.id != group.id]
    group.words = _checked(words, others)
    group.save(update_fields=["words", "updated_at"])
    return group


def _locked_groups(workspace_id: UUID) -> list[SynonymGroup]:
    """One change at a time: two could add the same word to two groups."""
    Workspace.objects.select_for_update().get(id=workspace_id)
    return list(list_groups(workspace_id))


def _checked(words: Sequence[str], others: Iterable[SynonymGroup]) -> list[str]:
    tidied = [" ".join(word.split()) for word in words]
    if not FEWEST_WORDS <= len(tidied) <= MOST_WORDS:
        raise _wrong(
            f"A group has {FEWEST_WORDS} to {MOST_WORDS} words or phrases; "
            f"this one has {len(tidied)}."
        )
    seen: dict[_Folded, str] = {}
    for word in tidied:
        folded = _folded(word)
        if folded in seen:
            raise _wrong(
                f"“{word}” is in this group twice."
                if word == seen[folded]
                else f"“{word}” and “{seen[folded]}” are the same to search."
            )
        seen[folded] = word
    _check_others(seen, others)
    return tidied


def _check_others(words: dict[_Folded, str], others: Iterable[SynonymGroup]) -> None:
    for group in others:
        for theirs in group.words:
            if (mine := words.get(_folded(theirs))) is not None:
                raise ConflictError(
                    f"“{mine}” is in the group “{', '.join(group.words)}” already.",
                    remedy="Add the other words to that group, or take it out there first.",
                    fields={"words": [f"“{mine}” is in the group “{', '.join(group.words)}”."]},
                )


def _folded(word: str) -> _Folded:
    term = synonym_term(word)
    if term is None:
        raise _wrong(f"“{word}” has no letters or digits that can be searched.")
    if len(word) > LONGEST_LETTERS or len(term.words) > LONGEST_PHRASE_WORDS:
        raise _wrong(
            f"“{word[:LONGEST_LETTERS]}” is too long: a phrase has at most "
            f"{LONGEST_PHRASE_WORDS} words and {LONGEST_LETTERS} letters."
        )
    return term.words


def _wrong(message: str) -> InvalidInputError:
    return InvalidInputError(
        message, remedy="Correct the words, then save again.", fields={"words": [message]}
    )
