"""What the import asks for: a document read by a process that may harm nobody."""

import json
import tempfile
from collections.abc import Callable, Collection
from pathlib import Path

from backend.sources.captions import Captions
from worker.documents.message import BrokenMessageError, unpack
from worker.media import Limits, MediaCrashError
from worker.media.supervise import run_confined

MEBIBYTE = 1 << 20
DOCUMENT_LIMITS = Limits(
    memory_bytes=1024 * MEBIBYTE,
    cpu_seconds=120,
    wall_seconds=300,
    output_bytes=64 * MEBIBYTE,
)


def read_document(
    source: Path,
    *,
    name: str,
    check: Callable[[], None],
    known_names: Collection[str] = (),
    limits: Limits = DOCUMENT_LIMITS,
) -> Captions:
    """The transcript in the file, with what was skipped. `name` says what kind it may be.

    `check` may raise, which passes through. Raises MediaError for a file that needs more than the
    limits, or that breaks the process.
    """
    check()
    with tempfile.TemporaryDirectory(prefix="earshot-document-") as folder:
        target = Path(folder) / "cues.json"
        run_confined(
            json.dumps([name, *known_names]),
            source=source,
            target=target,
            limits=limits,
            on_progress=lambda done, total: check(),
            module="worker.documents.child",
        )
        try:
            return unpack(target.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, BrokenMessageError) as error:
            raise MediaCrashError(detail=repr(error)) from error
