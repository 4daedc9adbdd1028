"""The embedded engine's folder: deleted, damaged, of an older shape, not to be written."""

import shutil
from pathlib import Path

import pytest

from search import SearchUnavailableError
from search.engines.embedded import EmbeddedEngine
from tests.search.corpus import ask, ids, make_document
from tests.search.embedded.conftest import generation


class TestDamage:
    def test_a_new_index_needs_a_rebuild_until_it_had_one(self, embedded: EmbeddedEngine) -> None:
        assert embedded.needs_rebuild()
        embedded.upsert([make_document("1", "reminder")])
        assert embedded.needs_rebuild()
        embedded.rebuild([])
        assert not embedded.needs_rebuild()

    def test_a_deleted_folder_is_made_again(
        self, embedded: EmbeddedEngine, directory: Path
    ) -> None:
        embedded.rebuild([make_document("1", "reminder")])
        shutil.rmtree(directory)
        assert ask(embedded, "reminder").total == 0
        assert embedded.needs_rebuild()
        embedded.upsert([make_document("2", "reminder")])
        assert ids(ask(embedded, "reminder")) == ["2"]

    @pytest.mark.parametrize("pattern", ["meta.json", "*.store", "*.idx", "*.term", "*.fast"])
    @pytest.mark.parametrize("damage", [b"", b"not an index", None])
    def test_a_damaged_index_is_made_again(
        self, embedded: EmbeddedEngine, directory: Path, pattern: str, damage: bytes | None
    ) -> None:
        embedded.rebuild([make_document("1", "reminder")])
        for path in generation(directory).glob(pattern):
            path.unlink()
            if damage is not None:
                path.write_bytes(damage)
        restarted = EmbeddedEngine(directory, lock_timeout_s=5)
        restarted.ensure_index()
        assert restarted.needs_rebuild()
        assert ask(restarted, "reminder").total == 0
        restarted.rebuild([make_document("1", "reminder")])
        assert ask(restarted, "reminder").total == 1

    @pytest.mark.parametrize("name", ["", "../elsewhere", "v0-older", "v1-missing", "\udcff"])
    def test_a_pointer_to_no_index_of_ours_is_replaced(self, directory: Path, name: str) -> None:
        directory.mkdir()
        (directory / "CURRENT").write_bytes(name.encode(errors="surrogateescape"))
        engine = EmbeddedEngine(directory, lock_timeout_s=5)
        engine.upsert([make_document("1", "reminder")])
        assert ask(engine, "reminder").total == 1
        assert engine.needs_rebuild()

    def test_an_older_shape_is_left_aside(
        self, embedded: EmbeddedEngine, directory: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        embedded.rebuild([make_document("1", "reminder")])
        monkeypatch.setattr("search.engines.embedded.engine.SCHEMA_VERSION", 99)
        newer = EmbeddedEngine(directory)
        assert newer.needs_rebuild()
        assert ask(newer, "reminder").total == 0

    def test_only_the_current_generation_is_kept(
        self, embedded: EmbeddedEngine, directory: Path
    ) -> None:
        for _ in range(3):
            embedded.rebuild([make_document("1", "reminder")])
        assert list(directory.glob("v*")) == [generation(directory)]

    def test_a_folder_that_cannot_be_written_is_said_so(self, tmp_path: Path) -> None:
        (tmp_path / "index").write_text("a file is in the way")
        engine = EmbeddedEngine(tmp_path / "index")
        assert not engine.is_healthy()
        with pytest.raises(SearchUnavailableError, match="folder"):
            engine.upsert([make_document("1", "reminder")])
