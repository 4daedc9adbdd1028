"""The worker's Celery application: `celery -A worker.app worker -P solo -Q media,speech`.

The solo pool runs each task in the process that Celery started: no fork ever holds a loaded model,
and one process works on one job.
"""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402

# Read by torch, numpy and numba when they are first loaded: speech is detected before any engine
# sets how many threads it may use.
for name in ("OMP_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ.setdefault(name, str(settings.WHISPER_THREADS))

from backend.config.celery import app  # noqa: E402  (models must be loaded first)
from worker import sweeper, tasks  # noqa: E402

__all__ = ["app", "sweeper", "tasks"]
