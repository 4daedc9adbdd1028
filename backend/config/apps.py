"""Django app of the top room: binds the Celery application when the process starts."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "backend.config"
    label = "config"

    def ready(self) -> None:
        """Make our Celery app the current one, so that jobs can ring by task name."""
        from backend.config import celery  # noqa: PLC0415  (settings must be ready first)

        celery.app.set_default()
