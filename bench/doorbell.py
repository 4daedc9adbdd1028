"""How soon a job starts after its commit, and what a waiting worker costs, by polling interval."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.stack import ROOT, Stack, running_stack

JOBS = 40
IDLE_SECONDS = 20
ENQUEUE = f"""
import time
from backend.jobs.models import Job, JobKind
from backend.jobs.services import enqueue_job
from backend.workspaces.models import Workspace
workspace = Workspace.objects.get()
for number in range({JOBS}):
    job = enqueue_job(workspace_id=workspace.id, kind=JobKind.REINDEX, target_id=workspace.id)
    while Job.objects.get(id=job.id).state != "succeeded":
        time.sleep(0.01)
    time.sleep(0.037)
    job.refresh_from_db()
    print((job.started_at - job.created_at).total_seconds() * 1000)
"""


def measure_start_ms(stack: Stack) -> list[float]:
    """Milliseconds between writing each job and its claim by the index worker."""
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", ENQUEUE],
        cwd=ROOT,
        env=dict(stack.env),
        capture_output=True,
        text=True,
        check=True,
    )
    return sorted(float(line) for line in done.stdout.split())


def measure_idle_percent(stack: Stack) -> float:
    """Processor time of the idle index worker, in percent of one core."""
    before = _cpu_seconds(stack.processes["index"].pid)
    time.sleep(IDLE_SECONDS)
    return (_cpu_seconds(stack.processes["index"].pid) - before) / IDLE_SECONDS * 100


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="earshot-bench-") as name:
        env = {"JOB_SWEEP_SECONDS": "10", "JOB_LEASE_SECONDS": "60"}
        with running_stack(Path(name), env, workers=("index",), has_web=False) as stack:
            starts = measure_start_ms(stack)
            p95 = starts[int(len(starts) * 0.95) - 1]
            print(f"start of a job: p50 {statistics.median(starts):.0f} ms, p95 {p95:.0f} ms")
            print(f"idle worker: {measure_idle_percent(stack):.2f} % of a core")


if __name__ == "__main__":
    main()
