"""How fast the index is filled from the database, and how fast the bare engine is with the same
documents: `python -m bench.search.indexing FOLDER`.

Run in a process of its own, so that its memory is told apart.
"""

import json
import os
import resource
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings")

import django

django.setup()

from backend.discovery import services  # noqa: E402  (models must be loaded first)
from backend.discovery.engine import get_engine  # noqa: E402
from backend.workspaces.models import Workspace  # noqa: E402
from bench.search.bare import BareEngine  # noqa: E402
from search.documents import SearchDocument  # noqa: E402


def main() -> None:
    """Fills the live index, then the bare one; says how long each took."""
    read_s, count = 0.0, 0

    def timed() -> Iterator[SearchDocument]:
        nonlocal read_s, count
        documents = services._all_documents()
        while True:
            started = time.perf_counter()
            batch = list(islice(documents, 500))
            read_s += time.perf_counter() - started
            count += len(batch)
            if not batch:
                return
            yield from batch

    started = time.perf_counter()
    get_engine().rebuild(timed())
    total_s = time.perf_counter() - started
    memory_bytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    bare_count, bare_s = BareEngine(Path(sys.argv[1])).fill(services._all_documents())
    started = time.perf_counter()
    for workspace_id in Workspace.objects.values_list("id", flat=True):
        mended = services.mend_index(workspace_id=workspace_id)
        assert not mended.written, "a new index differs from its rows"
    compared_s = time.perf_counter() - started
    print(
        json.dumps(
            {
                "documents": count,
                "total_s": total_s,
                "read_s": read_s,
                "bare_s": bare_s * count / bare_count,
                "compared_s": compared_s,
                "memory_bytes": memory_bytes,
            }
        )
    )


if __name__ == "__main__":
    main()
