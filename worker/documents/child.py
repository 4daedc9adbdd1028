"""The confined process: reads one document and writes its cues to a file."""

import errno
import json
import os
import sys
from pathlib import Path

from backend.sources.captions import read_captions
from worker.documents.message import pack
from worker.media.confinement import confine
from worker.media.facts import Limits


def main(arguments: list[str]) -> int:
    job = json.loads(arguments[0])
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as pipe:
        os.dup2(2, 1)
        confine(Limits(**job["limits"]))
        pipe.write(json.dumps(_answer(job)) + "\n")
    return 0


def _answer(job: dict[str, str]) -> dict[str, object]:
    try:
        # The file has another name here; its own comes with the task.
        name, *known_names = json.loads(job["task"])
        content = Path(job["source"]).read_bytes()
        captions = read_captions(content, name=name, known_names=known_names)
        Path(job["target"]).write_text(pack(captions), encoding="utf-8")
    except MemoryError:
        return {"failed": "limit", "detail": "out of memory"}
    except OSError as error:
        kind = {errno.EFBIG: "limit", errno.ENOSPC: "storage", errno.EDQUOT: "storage"}
        return {"failed": kind.get(error.errno or 0, "crash"), "detail": repr(error)}
    return {"done": {"cues": len(captions.cues)}}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
