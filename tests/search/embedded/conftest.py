"""The folder of the embedded engine's index, and the generation in use in it."""

from pathlib import Path

import pytest


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "index"


def generation(directory: Path) -> Path:
    return directory / (directory / "CURRENT").read_text()
