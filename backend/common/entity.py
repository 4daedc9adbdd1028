"""Entity: what every row of ours has."""

import uuid

from django.db import models


class Entity(models.Model):
    """A row with a UUID primary key and the times it was made and last changed (UTC)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


class KeptQuerySet(models.QuerySet):
    """Rows that may be deleted and brought back."""

    def kept(self):
        """Rows nobody has deleted."""
        return self.filter(deleted_at__isnull=True)


class Deletable(models.Model):
    """A row whose deletion can be undone: it stays, with the time it was deleted (UTC)."""

    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
