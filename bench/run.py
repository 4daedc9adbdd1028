"""`make bench`: measure maps and lists, print the table, and write it to RESULTS.md."""

import os
import platform
import signal
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.figures import Figure, as_table, processor
from bench.page_latency import measure_lists, measure_map
from tests.stack import ROOT, Stack, running_stack

RESULTS = Path(__file__).with_name("RESULTS.md")
ENV = {"JOB_SWEEP_SECONDS": "10", "JOB_LEASE_SECONDS": "60"}


def main() -> None:
    # An end by SIGTERM must stop the processes, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with (
        tempfile.TemporaryDirectory(prefix="earshot-bench-") as name,
        running_stack(Path(name), ENV, workers=()) as stack,
    ):
        fill(stack)
        client = stack.client()
        figures = [*measure_map(client), *measure_lists(client)]
    print(as_table(figures))
    RESULTS.write_text(describe(figures))


def fill(stack: Stack) -> None:
    print("Filling a database with 100,000 excerpts …", flush=True)
    subprocess.run([sys.executable, "-m", "bench.corpus"], cwd=ROOT, env=stack.env, check=True)


def describe(figures: list[Figure]) -> str:
    """The page that is kept with the code."""
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return f"""# Measurements

`make bench` measured this on {datetime.now(UTC):%-d %B %Y}: {processor()}, {os.cpu_count()} cores
(load {load}: other work may have been going on), Python {platform.python_version()}. One machine:
SQLite. The corpus is made by
`bench/corpus.py`: 100,000 excerpts, 200 sessions, 500 participants. Times are over HTTP unless the
row says otherwise, one request after another. What stands in the same row was measured in turn, in
the same run: trust the ratio more than the milliseconds. Search is measured in SEARCH.md.

{as_table(figures)}
"""


if __name__ == "__main__":
    main()
