"""Starts workers in a moment: forks of one process that has loaded everything but a model.

Reads a JSON line for each worker wanted, and answers with its process id. When its input ends, so
do its workers.
"""

import ctypes
import importlib
import json
import os
import signal
import socket
import sys
from pathlib import Path
from typing import Any

_PR_SET_PDEATHSIG = 1


def main() -> None:
    from worker.app import app  # noqa: PLC0415  loads everything, once
    from worker.speech import voice  # noqa: PLC0415

    voice._network()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel buries the dead
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        order = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _become_worker(app, order)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


def _become_worker(app: Any, order: dict[str, str]) -> None:
    status = 1
    try:
        _stand_alone(Path(order["log"]))
        _prepare(order["entry"])
        _take_identity(Path(order["notes"]))
        app.worker_main(_arguments(order))
        status = 0
    except SystemExit as error:
        status = error.code if isinstance(error.code, int) else 1
    except BaseException:
        sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]
    finally:
        os._exit(status)


def _stand_alone(log: Path) -> None:
    os.setsid()
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    descriptor = os.open(log, os.O_APPEND | os.O_CREAT | os.O_WRONLY, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((nothing, 0), (descriptor, 1), (descriptor, 2)):
        os.dup2(source, target)


def _prepare(entry: str) -> None:
    from django.conf import settings  # noqa: PLC0415

    # What kills a worker here is not the recording: nothing may be given up for it.
    settings.JOB_ATTEMPTS_MAXIMUM = 1_000_000
    importlib.import_module(f"scripts.chaos.entries.{entry}").prepare()


def _take_identity(notes: Path) -> None:
    from scripts.chaos.notes import Notebook, note_claims  # noqa: PLC0415
    from worker import ledger  # noqa: PLC0415

    ledger.OWNER = f"{socket.gethostname()}:{os.getpid()}"
    note_claims(Notebook(notes))


def _arguments(order: dict[str, str]) -> list[str]:
    return [
        *("worker", "-P", "solo", "-Q", order["queues"], "-n", f"{order['name']}@%h"),
        *("--loglevel", "INFO", "--without-gossip", "--without-mingle", "--without-heartbeat"),
    ]


if __name__ == "__main__":
    main()
