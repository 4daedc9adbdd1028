"""`make chaos`: disturbs the services of one machine and those of a team, and writes a page."""

import argparse
import json
import os
import platform
import random
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scripts.chaos.report import as_page, as_text

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "bench" / "CHAOS.md"
LEASE_SECONDS = 4
PAUSE_SECONDS = 0.4
WORKERS, IN_FLIGHT = 5, 6
# Share of the time, what the round is called, and what it is called with.
ROUNDS = (
    (0.35, "SQLite", ["--services", "single", "--proof-seconds", "40"]),
    (0.35, "PostgreSQL, Redis", ["--services", "team"]),
    (
        0.15,
        "PostgreSQL, Redis, Whisper",
        [
            *("--services", "team", "--entry", "checkpoint", "--recordings", "call", "chat"),
            *("--workers", "2", "--in-flight", "3"),
        ],
    ),
    # Kills so far apart that what was held is taken up by a worker that lives on.
    (0.15, "SQLite, single kills", ["--kinds", "worker killed", "--pause", "5"]),
)


def main() -> None:
    options = _options()
    print(f"Chaos with seed {options.seed}, for about {options.seconds:g} s …", flush=True)
    started_at = time.monotonic()
    results = [
        _run(
            [
                *("--title", title, "--seed", str(options.seed + number)),
                *("--lease", str(LEASE_SECONDS), "--pause", str(PAUSE_SECONDS)),
                *("--workers", str(WORKERS), "--in-flight", str(IN_FLIGHT)),
                *("--seconds", str(options.seconds * share)),
                *("--faults", str(round(options.faults * share))),
                *arguments,
            ]
        )
        for number, (share, title, arguments) in enumerate(ROUNDS)
    ]
    print(as_text(results))
    PAGE.write_text(as_page(results, _circumstances(options, time.monotonic() - started_at)))
    if any(result["damage"] for result in results):
        sys.exit("Something was lost or doubled.")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=690, help="of disturbance, in all")
    parser.add_argument("--faults", type=int, default=10**9, help="stop after so many")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    return parser.parse_args()


def _run(arguments: list[str]) -> dict[str, Any]:
    print(f"{' '.join(arguments)} …", flush=True)
    done = subprocess.run(
        [sys.executable, "-m", "scripts.chaos.round", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"The round did not come to its end (status {done.returncode}).")
    return json.loads(done.stdout.splitlines()[-1])


def _circumstances(options: argparse.Namespace, seconds: float) -> str:
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return (
        f"on {datetime.now(UTC):%-d %B %Y}, {os.cpu_count()} cores (load {load}: other work may "
        f"have been going on), Python {platform.python_version()}, "
        f'{seconds / 60:.0f} minutes: `make chaos ARGUMENTS="--seconds {options.seconds:g} '
        f'--seed {options.seed}"`'
    )


if __name__ == "__main__":
    main()
