"""The Celery application: settings only; the tasks themselves live in worker/."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings")
app = Celery("earshot")
app.config_from_object("django.conf:settings", namespace="CELERY")
