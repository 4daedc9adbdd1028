"""The house holds: what the import contracts can't say."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OURS = ("backend", "search", "worker")
HEAVY = ("torch", "whisper", "av", "pocketsphinx", "silero_vad", "numba")


def modules() -> list[Path]:
    return [
        path
        for room in OURS
        for path in sorted((ROOT / room).rglob("*.py"))
        if "migrations" not in path.parts and path.read_text().strip()
    ]


def test_the_import_contracts_are_kept():
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_the_web_process_loads_nothing_heavy():
    code = (
        "import sys, backend.config.asgi, backend.config.urls;"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_opens_with_what_lives_here(path):
    docstring = ast.get_docstring(ast.parse(path.read_text()))
    assert docstring, f"{path.relative_to(ROOT)} needs a one-sentence docstring"


@pytest.mark.parametrize("word", ["utils", "helpers", "manager", "base", "misc"])
def test_no_file_is_named_for_nothing(word):
    assert not [path for path in modules() if path.stem == word or word in path.parent.parts]


def test_files_stay_short():
    long = {
        str(path.relative_to(ROOT)): length
        for path in modules()
        if (length := len(path.read_text().splitlines())) > 400
    }
    assert not long, f"split by noun: {long}"


def test_whisper_and_torch_are_imported_in_one_room_only():
    importers = {
        str(path.relative_to(ROOT))
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text()))
        for name in _imported(node)
        if name.split(".")[0] in {"whisper", "torch"}
    }
    assert importers
    assert all(name.startswith("worker/speech/") for name in importers)


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
        return [node.module]
    return []
