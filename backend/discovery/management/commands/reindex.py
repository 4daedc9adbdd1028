"""`manage.py reindex`: fill a new search index from the database and put it in place."""

from typing import Any

from django.core.management.base import BaseCommand

from backend.discovery.services import mend_index, rebuild_index
from backend.workspaces.models import Workspace


class Command(BaseCommand):
    help = "Fill a new search index from the database. Searches go on while it runs."

    def handle(self, *args: Any, **options: Any) -> None:
        rebuild_index()
        for workspace in Workspace.objects.all():
            mend_index(workspace_id=workspace.id)
        self.stdout.write("The search index was built anew.")
