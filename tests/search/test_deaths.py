"""What was deleted by another process is noticed, wherever it stood."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engines.embedded import EmbeddedEngine, deaths
from tests.search.corpus import ALICES, ask, make_document

_DELETED = st.sets(st.integers(0, 29), max_size=12)


@settings(max_examples=25)
@given(_DELETED, _DELETED, st.integers(1, 9))
def test_deleted_rows_are_found_by_halves(
    first: set[int], then: set[int], listed_at_once: int
) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(deaths, "_LISTED_AT_ONCE", listed_at_once)
        writer, reader = EmbeddedEngine(Path(folder)), EmbeddedEngine(Path(folder))
        writer.rebuild(make_document(str(number), "reminder") for number in range(30))
        left = set(range(30))
        for deleted in (first, then):
            assert ask(reader, "reminder").total == len(left)
            writer.delete([f"excerpt-{number}" for number in deleted])
            left -= deleted
        for engine in (reader, EmbeddedEngine(Path(folder))):
            kept = {key for key, _ in engine.versions(ALICES)}
            assert kept == {f"excerpt-{number}" for number in left}
