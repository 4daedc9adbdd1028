"""One round of disturbance, as a process of its own: services, workers, recordings, verdict.

Prints its result as the last line, in JSON.
"""

import argparse
import json
import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.servers import Server, running_postgres, running_redis

SWEEP_SECONDS = 0.3


def main() -> None:
    options = _options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with ExitStack() as stack:
        folder = options.folder or Path(
            stack.enter_context(tempfile.TemporaryDirectory(prefix="earshot-chaos-"))
        )
        servers = stack.enter_context(_services(has_servers=options.services == "team"))
        _set_up(folder, servers, options)
        from scripts.chaos.game import play_round  # noqa: PLC0415  Django is set up only now

        result = play_round(folder, servers, options)
    print(json.dumps(result))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--title", default="")
    parser.add_argument("--services", choices=["single", "team"], default="single")
    parser.add_argument("--entry", default="instant")
    parser.add_argument("--workers", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--faults", type=int, default=10**9)
    parser.add_argument("--pause", type=float, default=0.3)
    parser.add_argument("--in-flight", type=int, default=4)
    parser.add_argument("--lease", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--kinds", nargs="*", default=[])
    parser.add_argument("--patience", type=float, default=300, help="seconds left in peace")
    parser.add_argument("--proof-seconds", type=float, default=0, help="then without a fence")
    parser.add_argument("--folder", type=Path, help="keep everything there, logs too")
    parser.add_argument("--recordings", nargs="*", default=[])
    return parser.parse_args()


@contextmanager
def _services(*, has_servers: bool) -> Iterator[dict[str, Server]]:
    if not has_servers:
        yield {}
        return
    with running_postgres() as database, running_redis() as broker:
        yield {"database": database, "broker": broker}


def _set_up(folder: Path, servers: dict[str, Server], options: argparse.Namespace) -> None:
    """Settings are read once, when Django is set up; the workers inherit them."""
    from tests.stack import CHOOSING, environment  # noqa: PLC0415

    for name in CHOOSING:
        os.environ.pop(name, None)
    os.environ.update(environment(folder))
    os.environ["JOB_LEASE_SECONDS"] = str(options.lease)
    os.environ["JOB_SWEEP_SECONDS"] = str(SWEEP_SECONDS)
    if servers:
        os.environ["DATABASE_URL"] = servers["database"].url
        os.environ["REDIS_URL"] = servers["broker"].url
    import django  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0)


if __name__ == "__main__":
    main()
