"""How fast the index is filled from the database, and how fast the bare engine is with the same
documents: `python -m bench.search.indexing FOLDER`.

Run in a process of its own, so that its memory is told apart.
"""

import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import TypeVar

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings")

import django

django.setup()

from backend.discovery import services  # noqa: E402  (models must be loaded first)
from backend.discovery.engine import get_engine  # noqa: E402
from backend.workspaces.models import Workspace  # noqa: E402
from bench.search.bare import BareEngine  # noqa: E402
from search.documents import SearchDocument  # noqa: E402

Result = TypeVar("Result")

READ_AT_ONCE = 500
# A comparison of more would take minutes, and grows with the rows.
COMPARED_UP_TO = 200_000


def main() -> None:
    """Fills the live index and the bare one with the same documents, read once."""
    spent_s = {"read": 0.0, "bare": 0.0}
    bare = BareEngine(Path(sys.argv[1]))
    count = 0

    def documents() -> Iterator[SearchDocument]:
        nonlocal count
        rows = services._all_documents()
        while batch := _timed(spent_s, "read", lambda: list(islice(rows, READ_AT_ONCE))):
            _timed(spent_s, "bare", lambda batch=batch: bare.add(batch))
            count += len(batch)
            yield from batch

    started = time.perf_counter()
    get_engine().rebuild(documents())
    total_s = time.perf_counter() - started - spent_s["bare"]
    memory_bytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    _timed(spent_s, "bare", bare.finish)
    print(
        json.dumps(
            {
                "documents": count,
                "total_s": total_s,
                "read_s": spent_s["read"],
                "bare_s": spent_s["bare"],
                "compared_s": _compare() if count <= COMPARED_UP_TO else None,
                "memory_bytes": memory_bytes,
            }
        )
    )


def _timed(spent_s: dict[str, float], name: str, act: Callable[[], Result]) -> Result:
    started = time.perf_counter()
    result = act()
    spent_s[name] += time.perf_counter() - started
    return result


def _compare() -> float:
    started = time.perf_counter()
    for workspace_id in Workspace.objects.values_list("id", flat=True):
        mended = services.mend_index(workspace_id=workspace_id)
        assert not mended.written, "a new index differs from its rows"
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
