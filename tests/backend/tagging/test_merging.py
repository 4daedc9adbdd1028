"""Merging any tags of any tree and undoing it: the same taggings, the same tree, to the column."""

from contextlib import suppress

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.common.errors import ConflictError
from backend.tagging.history.undoing import redo_latest, undo_latest
from backend.tagging.models import Tag, Tagging
from backend.tagging.services import merge_tags, preview_merge
from backend.tagging.tag_selectors import list_tags
from backend.tagging.tag_tree import find_tree_fault

pytestmark = pytest.mark.django_db

TAGS = 6
EXCERPTS = 4
NAMES = ["a", "b", "c", "A"]


class _UndoneError(Exception):
    """Ends an example: its rows go away."""


@pytest.fixture
def excerpts(make):
    transcript = make.transcript(turns=[(f"P0{turn}", "I waited") for turn in range(1, 4)])
    spans = [(1, 2), (3, 4), (5, 6), (1, 1)]
    return [make.excerpt(transcript, *span) for span in spans]


def snapshot(workspace):
    taggings = Tagging.objects.filter(workspace=workspace).order_by("id")
    tags = Tag.objects.filter(workspace=workspace).order_by("id")
    return (
        list(taggings.values("id", "excerpt_id", "tag_id", "created_by_id", "created_at")),
        list(tags.values("id", "name", "parent_id", "position", "deleted_at")),
    )


def evidence(workspace) -> list[tuple]:
    return [
        (tag.id, tag.parent_id, tag.excerpt_count, tag.branch_people_count)
        for tag in list_tags(workspace.id)
    ]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    parents=st.lists(st.integers(-1, TAGS - 2), min_size=TAGS, max_size=TAGS),
    names=st.lists(st.sampled_from(NAMES), min_size=TAGS, max_size=TAGS),
    given_tags=st.sets(
        st.tuples(st.integers(0, EXCERPTS - 1), st.integers(0, TAGS - 1)), max_size=14
    ),
    pair=st.permutations(range(TAGS)).map(lambda order: order[:2]),
)
def test_undoing_a_merge_gives_back_exactly_what_was(
    parents, names, given_tags, pair, excerpts, workspace, rita
):
    def try_it() -> None:
        tags: list[Tag] = []
        taken = set()
        for index in range(TAGS):
            parent = tags[parents[index]] if 0 <= parents[index] < index else None
            name = names[index]
            if (parent, name.casefold()) in taken:
                name += f" {index}"
            taken.add((parent, name.casefold()))
            tags.append(Tag.objects.create(workspace=workspace, name=name, parent=parent))
        for excerpt, tag in given_tags:
            Tagging.objects.create(
                workspace=workspace, excerpt=excerpts[excerpt], tag=tags[tag], created_by=rita
            )
        before = snapshot(workspace)
        tag, into = (Tag.objects.get(id=tags[index].id) for index in pair)
        preview = preview_merge(tag=tag, into=into)
        carried = {excerpt for excerpt, index in given_tags if index in pair}
        if not _merge(tag, into, rita):
            assert snapshot(workspace) == before
            return
        after = snapshot(workspace)
        kept = {row.id: row for row in list_tags(workspace.id)}
        assert tag.id not in kept
        assert kept[into.id].excerpt_count == preview.into_excerpts_after == len(carried)
        assert kept[into.id].people_count == preview.into_people_after
        assert len(after[0]) == len(before[0])
        assert find_tree_fault(workspace.id, kept) == ""
        # What carried a tag that went carries the one it went into, or one of its name there.
        assert {row["excerpt_id"] for row in after[0]} == {row["excerpt_id"] for row in before[0]}
        shown_after = evidence(workspace)

        undo_latest(workspace_id=workspace.id, session_id=None, user=rita)
        assert snapshot(workspace) == before
        redo_latest(workspace_id=workspace.id, session_id=None, user=rita)
        assert evidence(workspace) == shown_after
        undo_latest(workspace_id=workspace.id, session_id=None, user=rita)
        assert snapshot(workspace) == before

    with suppress(_UndoneError), transaction.atomic():
        try_it()
        raise _UndoneError


def _merge(tag: Tag, into: Tag, user) -> bool:
    """False: a namesake stands in the way, and nothing was changed."""
    try:
        with transaction.atomic():
            merge_tags(tag=tag, into=into, user=user)
    except ConflictError:
        return False
    return True
