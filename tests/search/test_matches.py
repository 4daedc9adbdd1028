"""What a text matches, remembered from one commit to the next, is what a fresh reader finds."""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engines.embedded import EmbeddedEngine
from search.engines.embedded.columns import Rows
from search.engines.embedded.matches import Matches
from tests.search.corpus import ask, ids, make_document

TEXTS = ["waiting room", "waited for ever", "a reminder", "appointment book", "reminded again"]
QUESTIONS = ["w", "wait", "remind", "appointmnet", "a", "room -waiting", "reminder room"]
_CHANGES = st.lists(
    st.tuples(st.integers(0, 5), st.one_of(st.none(), st.sampled_from(TEXTS))), max_size=4
)


@settings(max_examples=15)
@given(st.lists(_CHANGES, min_size=1, max_size=4))
def test_counts_after_each_commit_are_those_of_a_fresh_reader(
    commits: list[list[tuple[int, str | None]]],
) -> None:
    with TemporaryDirectory() as folder:
        engine = EmbeddedEngine(Path(folder))
        engine.rebuild([make_document(f"old{number}", text) for number, text in enumerate(TEXTS)])
        for changes in commits:
            engine.upsert([make_document(str(number), text) for number, text in changes if text])
            engine.delete([f"excerpt-{number}" for number, text in changes if text is None])
            fresh = EmbeddedEngine(Path(folder))
            for question in QUESTIONS:
                found, wanted = ask(engine, question), ask(fresh, question)
                assert (found.total, ids(found)) == (wanted.total, ids(wanted)), question
                assert found.facets == wanted.facets


class Asked:
    """Counts which rows are asked for; every third matches, from the row 90 on all."""

    def __init__(self) -> None:
        self.firsts: list[int] = []

    def rows(self, matches: Matches, row_count: int) -> list[int]:
        def find(first: int) -> Rows:
            self.firsts.append(first)
            return np.array([row for row in range(first, row_count) if not row % 3 or row >= 90])

        return matches.rows("question", row_count, find).tolist()


def test_only_new_rows_are_asked_for() -> None:
    matches, asked = Matches(), Asked()
    for row_count in (50, 100, 100, 300, 60, 300):
        wanted = [row for row in range(row_count) if not row % 3 or row >= 90]
        assert asked.rows(matches, row_count) == wanted
    assert asked.firsts == [0, 50, 100]


@given(st.lists(st.booleans(), min_size=1, max_size=200), st.data())
def test_any_share_of_the_rows_is_given_back_as_it_was(
    mask: list[bool], data: st.DataObject
) -> None:
    matches, wanted = Matches(), np.flatnonzero(mask)
    matches.rows(0, len(mask), lambda first: wanted)
    row_count = data.draw(st.integers(0, len(mask)))
    rows = matches.rows(0, row_count, lambda first: wanted)
    assert rows.tolist() == [row for row in wanted.tolist() if row < row_count]
