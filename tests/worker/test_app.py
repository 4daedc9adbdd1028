"""The worker's application: what it registers, and what it must not load."""

import subprocess
import sys

from backend.jobs.models import JobKind
from backend.jobs.services import QUEUES, task_name
from worker.app import app


def test_there_is_a_task_and_a_queue_for_every_kind_of_job():
    for kind in JobKind:
        assert task_name(kind) in app.tasks
        assert kind in QUEUES


def test_a_worker_loads_no_model_before_it_needs_one():
    """The index worker never does: torch alone takes hundreds of megabytes."""
    heavy = ["torch", "whisper", "silero_vad", "pocketsphinx", "av"]
    code = f"import sys, worker.app; print([n for n in {heavy} if n in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stdout.strip() == "[]"
