"""`manage.py check_index`: compare the search index with the database, and mend it."""

from typing import Any

from django.core.management.base import BaseCommand

from backend.discovery.services import mend_index
from backend.workspaces.models import Workspace


class Command(BaseCommand):
    help = "Compare the search index with the database, and mend what differs."

    def handle(self, *args: Any, **options: Any) -> None:
        for workspace in Workspace.objects.all():
            mended = mend_index(workspace_id=workspace.id)
            self.stdout.write(
                f"{workspace.name}: {mended.written} documents were missing or old, "
                f"{mended.removed} should not have been there. The index is right now."
            )
