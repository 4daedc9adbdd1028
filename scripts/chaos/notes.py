"""What workers and faults leave behind for the figures: one JSON line each, in one file."""

import json
import os
import time
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import Any


class Notebook:
    """A file that many processes append to; lines are whole, as each is one write."""

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_APPEND | os.O_CREAT | os.O_WRONLY, 0o600)

    def write(self, **note: Any) -> None:
        """`at` is the machine's own clock, the same for all processes."""
        note |= {"at": time.monotonic(), "pid": os.getpid()}
        os.write(self._descriptor, (json.dumps(note) + "\n").encode())


def read_notes(path: Path) -> list[dict[str, Any]]:
    notes = []
    for line in path.read_text().splitlines():
        with suppress(ValueError):
            notes.append(json.loads(line))
    return sorted(notes, key=lambda note: note["at"])


def note_claims(notebook: Notebook) -> None:
    """Have this worker note each claim, and each end of one that it brought about itself."""
    from worker import ledger  # noqa: PLC0415  Django must be set up first

    def noting_claim(claim: Callable[..., Any], kind: str) -> Callable[..., Any]:
        @wraps(claim)
        def claim_and_note(*arguments: Any, **options: Any) -> Any:
            row = claim(*arguments, **options)
            if row is not None:
                notebook.write(event="claim", row=f"{kind}:{row.id}", fence=row.fence)
            return row

        return claim_and_note

    def noting_end(run: Callable[..., None], kind: str) -> Callable[..., None]:
        @wraps(run)
        def run_and_note(row: Any, *arguments: Any) -> None:
            event = "lost"
            try:
                run(row, *arguments)
                event = "end"
            finally:
                notebook.write(event=event, row=f"{kind}:{row.id}", fence=row.fence)

        return run_and_note

    ledger.claim_job = noting_claim(ledger.claim_job, "job")
    ledger.claim_part = noting_claim(ledger.claim_part, "part")
    ledger._run_claimed = noting_end(ledger._run_claimed, "job")
    ledger._run_claimed_part = noting_end(ledger._run_claimed_part, "part")
