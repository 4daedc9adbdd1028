"""The one door to data: every request for something of a workspace comes through here."""

from typing import Any, TypeVar
from uuid import UUID

from django.db import models
from rest_framework.request import Request
from rest_framework.views import APIView

from backend.common.errors import MissingError, NotAllowedError
from backend.workspaces.models import Membership, Workspace
from backend.workspaces.roles import Permission

Row = TypeVar("Row", bound=models.Model)


def get_membership_for(user: Any, workspace_id: UUID, *, permission: Permission) -> Membership:
    """Return the user's membership, if their role grants `permission`.

    Raises MissingError for strangers, so that they can't tell which workspaces exist, and
    NotAllowedError for members whose role is too small. One query.
    """
    membership = (
        Membership.objects.select_related("workspace")
        .filter(workspace_id=workspace_id, user_id=user.id)
        .first()
    )
    if membership is None:
        raise MissingError()
    if not membership.may(permission):
        raise NotAllowedError(
            "Your role in this workspace does not allow that.",
            remedy="Ask an owner of the workspace to change your role.",
        )
    return membership


def get_workspace_for(user: Any, workspace_id: UUID, *, permission: Permission) -> Workspace:
    """Return the workspace, as get_membership_for does."""
    return get_membership_for(user, workspace_id, permission=permission).workspace


class WorkspaceView(APIView):
    """A view behind the door: `self.workspace` and `self.membership` are set, or it is a 404.

    `permissions` says, by HTTP method, what a role must grant; what is not named needs
    `write_permission` (or VIEW for reading).
    """

    workspace: Workspace
    membership: Membership
    write_permission = Permission.EDIT_RESEARCH
    permissions: dict[str, Permission] = {}

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        method = request.method or "GET"
        is_reading = method in ("GET", "HEAD", "OPTIONS")
        default = Permission.VIEW if is_reading else self.write_permission
        permission = self.permissions.get(method, default)
        self.membership = get_membership_for(
            request.user, kwargs["workspace_id"], permission=permission
        )
        self.workspace = self.membership.workspace

    def get_row(self, rows: models.QuerySet[Row], row_id: UUID) -> Row:
        """Return the row of this workspace with this id. Raises MissingError."""
        row = rows.filter(workspace=self.workspace, id=row_id).first()
        if row is None:
            raise MissingError()
        return row

    @property
    def may_see_names(self) -> bool:
        return self.membership.may(Permission.SEE_NAMES)
