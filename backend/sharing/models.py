"""Reels: excerpts in an order, to be played one after another."""

from django.conf import settings
from django.db import models

from backend.common.entity import Deletable, KeptQuerySet
from backend.tagging.models import Excerpt
from backend.workspaces.models import WorkspaceEntity


class Reel(WorkspaceEntity, Deletable):
    """An ordered set of excerpts to play."""

    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = KeptQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["workspace", "created_at"])]


class ReelItem(WorkspaceEntity):
    """An excerpt in a reel. Those of lower `position` play first; places may be left empty."""

    reel = models.ForeignKey(Reel, on_delete=models.CASCADE, related_name="items")
    excerpt = models.ForeignKey(Excerpt, on_delete=models.CASCADE, related_name="reel_items")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reel", "excerpt"], name="reel_item_once"),
        ]
