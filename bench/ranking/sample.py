"""The documents of the sample study, with the judgements kept beside the tests."""

from pathlib import Path

from backend.discovery.documents import build_documents, cut_workspace
from backend.discovery.selectors import USUAL_KINDS
from backend.workspaces.models import Workspace
from bench.ranking.judged import JudgedSet, read_judged
from search import SearchDocument

JUDGEMENTS = Path(__file__).parents[2] / "tests/search/judged/sample.toml"


def judged_sample(workspace: Workspace) -> JudgedSet:
    """What is searched unless somebody says otherwise, of a loaded sample workspace."""
    return read_judged(JUDGEMENTS, _documents(workspace), name="the sample study")


def _documents(workspace: Workspace) -> list[SearchDocument]:
    return [
        document
        for kind, where, _ in cut_workspace(workspace.id)
        if kind in USUAL_KINDS
        for document in build_documents(kind, workspace.id, where)
    ]
