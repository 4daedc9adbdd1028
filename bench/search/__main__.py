"""`python -m bench.search [--sizes 10000,100000]`: measure, keep the figures, write the page.

A size that is not measured this time keeps the figures it had.
"""

import argparse
import json
import os
import platform
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.figures import processor
from bench.search.asking import Times, ask_alone, ask_at_once
from bench.search.bare import BareEngine
from bench.search.freshness import measure_freshness
from bench.search.page import FIGURES, write_page
from bench.search.speech import letter_by_letter
from search.engines import open_engine
from tests.stack import ROOT, Stack, running_stack

SIZES = "10000,100000,1000000"
ENV = {"JOB_SWEEP_SECONDS": "10", "JOB_LEASE_SECONDS": "60"}
# Of one person, over everything and inside a study; the rest of the time is spent on filling.
BUDGET_S = 60.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default=SIZES, help="numbers of excerpts, with commas between")
    sizes = [int(size) for size in parser.parse_args().sizes.split(",")]
    # An end by SIGTERM must stop the processes, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    for size in sizes:
        started = time.perf_counter()
        with (
            tempfile.TemporaryDirectory(prefix="earshot-bench-") as name,
            running_stack(Path(name), ENV, workers=(), has_web=False) as stack,
        ):
            figures = measure(stack, size)
        figures["took_s"] = round(time.perf_counter() - started)
        FIGURES.mkdir(exist_ok=True)
        (FIGURES / f"{size}.json").write_text(json.dumps(figures, indent=1) + "\n")
        write_page()
        print(f"{size:,} done in {figures['took_s']} s", flush=True)


def measure(stack: Stack, size: int) -> dict[str, Any]:
    known = _fill(stack, size)
    bare_folder = stack.folder / "bare"
    indexing = _run(stack, "bench.search.indexing", str(bare_folder))
    print(f"  indexed: {indexing}", flush=True)
    stack.start_worker("index")
    stack.start_web()
    client = stack.client()
    texts = list(letter_by_letter(known["typed"]))
    random.Random(size).shuffle(texts)
    first_ms = _first_search_ms(stack)
    engine = open_engine(url=None, api_key=None, directory=_search_folder(stack))
    engine.ensure_index()
    bare = BareEngine.opened(bare_folder)
    everything = ask_alone(client, engine, bare, texts, budget_s=BUDGET_S)
    inside = ask_alone(client, engine, bare, texts, study_id=known["study"], budget_s=BUDGET_S)
    at_once = ask_at_once(stack, texts)
    memory = {name: _memory_bytes(stack, name) for name in ("web", "index")}
    print("  asked", flush=True)
    freshness = measure_freshness(client, known["probes"])
    return {
        "size": size,
        "measured_on": f"{datetime.now(UTC):%-d %B %Y}",
        "machine": f"{processor()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "load": os.getloadavg(),
        "indexing": indexing,
        "everything": _summary(everything),
        "inside a study": _summary(inside),
        "at once": _summary(at_once),
        "first_ms": first_ms,
        "freshness": {name: _points(times) for name, times in freshness.items()},
        "memory": memory | {"indexing": indexing["memory_bytes"]},
        "disk": {"index": _size_of(_search_folder(stack)), "bare": _size_of(bare_folder)},
    }


def _fill(stack: Stack, size: int) -> dict[str, Any]:
    print(f"{size:,}: filling the database", flush=True)
    started = time.perf_counter()
    known = _run(stack, "bench.search.corpus", str(size))
    print(f"  filled in {time.perf_counter() - started:.0f} s", flush=True)
    return known


def _run(stack: Stack, module: str, *arguments: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT, env=dict(stack.env), check=False, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        sys.exit(f"{module} failed:\n{done.stderr[-3000:]}")
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _first_search_ms(stack: Stack) -> float:
    """Of a process that was just started, which reads the index into memory meanwhile."""
    client = stack.client()
    started = time.perf_counter()
    client.get("search", params={"q": "waiting"}, timeout=300).raise_for_status()
    return (time.perf_counter() - started) * 1000


def _search_folder(stack: Stack) -> Path:
    return Path(stack.env["EARSHOT_DATA_DIR"]) / "search"


def _summary(times: Times) -> dict[str, Any]:
    found = {name: _points(getattr(times, f"{name}_ms")) for name in ("http", "engine", "view")}
    if times.bare_ms:
        found |= {"here": _points(times.here_ms), "bare": _points(times.bare_ms)}
    return found | {"requests": len(times.http_ms)}


def _points(times_ms: list[float]) -> dict[str, float]:
    ordered = sorted(times_ms)
    at = {"p50": 0.5, "p95": 0.95}
    return {
        name: round(ordered[max(0, round(len(ordered) * share) - 1)], 2)
        for name, share in at.items()
    }


def _memory_bytes(stack: Stack, name: str) -> int:
    status = Path(f"/proc/{stack.processes[name].pid}/status").read_text()
    match = re.search(r"VmRSS:\s+(\d+) kB", status)
    assert match
    return int(match[1]) * 1024


def _size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    assert shutil.disk_usage(tempfile.gettempdir()).free > 2**33, "8 GB of free space are needed"
    main()
