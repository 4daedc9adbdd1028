"""Workspace, the tenant boundary, and who belongs to it."""

from django.conf import settings
from django.db import models

from backend.common.entity import Entity
from backend.workspaces.roles import Permission, Role


class Workspace(Entity):
    """A team: everything else belongs to exactly one."""

    name = models.CharField(max_length=200)
    is_sample = models.BooleanField(default=False)
    # Then only owners change the codebook; everybody goes on using its tags.
    is_codebook_locked = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class WorkspaceEntity(Entity):
    """A row that belongs to a workspace. It is reached only through the workspace's door."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="+")

    class Meta:
        abstract = True


class Dismissal(WorkspaceEntity):
    """A suggestion that somebody said no to; `about` names what was suggested, once."""

    kind = models.CharField(max_length=40)
    about = models.CharField(max_length=200)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "kind", "about"], name="dismissal_once"),
        ]


class Membership(WorkspaceEntity):
    """A user in a workspace, in one role."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(max_length=20, choices=Role.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "user"], name="membership_once"),
        ]

    def may(self, permission: Permission) -> bool:
        return Role(self.role).may(permission)
