"""A workspace and the people in it."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.accounts.models import User
from backend.workspaces import services
from backend.workspaces.door import WorkspaceView
from backend.workspaces.models import Membership
from backend.workspaces.roles import Permission, Role
from backend.workspaces.serializers import (
    MemberInputSerializer,
    MemberRoleSerializer,
    MemberSerializer,
    PasswordLinkSerializer,
    WorkspaceSerializer,
)


class WorkspaceDetailView(WorkspaceView):
    write_permission = Permission.MANAGE_MEMBERS

    @extend_schema(operation_id="workspace_read", responses=WorkspaceSerializer)
    def get(self, request: Request, workspace_id: Any) -> Response:
        return Response(WorkspaceSerializer(self.workspace).data)

    @extend_schema(
        operation_id="workspace_update", request=WorkspaceSerializer, responses=WorkspaceSerializer
    )
    def patch(self, request: Request, workspace_id: Any) -> Response:
        data = WorkspaceSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        services.rename_workspace(workspace=self.workspace, name=data.validated_data["name"])
        return Response(WorkspaceSerializer(self.workspace).data)


class MembersView(WorkspaceView):
    write_permission = Permission.MANAGE_MEMBERS

    @extend_schema(operation_id="members_list", responses=MemberSerializer(many=True))
    def get(self, request: Request, workspace_id: Any) -> Response:
        members = (
            Membership.objects.select_related("user")
            .filter(workspace=self.workspace)
            .order_by("user__name", "id")
        )
        return Response(MemberSerializer(members, many=True).data)

    @extend_schema(
        operation_id="members_create",
        request=MemberInputSerializer,
        responses={201: MemberSerializer},
    )
    def post(self, request: Request, workspace_id: Any) -> Response:
        data = MemberInputSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        membership = services.add_member(workspace=self.workspace, **data.validated_data)
        return Response(MemberSerializer(membership).data, status=201)


class MemberView(WorkspaceView):
    write_permission = Permission.MANAGE_MEMBERS

    @extend_schema(
        operation_id="member_update", request=MemberRoleSerializer, responses=MemberSerializer
    )
    def patch(self, request: Request, workspace_id: Any, membership_id: Any) -> Response:
        data = MemberRoleSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        membership = self.get_row(Membership.objects.select_related("user"), membership_id)
        services.change_role(membership=membership, role=Role(data.validated_data["role"]))
        return Response(MemberSerializer(membership).data)

    @extend_schema(operation_id="member_delete", responses={204: None})
    def delete(self, request: Request, workspace_id: Any, membership_id: Any) -> Response:
        services.remove_member(membership=self.get_row(Membership.objects.all(), membership_id))
        return Response(status=204)


class MemberPasswordLinkView(WorkspaceView):
    """For a member who has no password yet, or lost it. Each link works once."""

    write_permission = Permission.MANAGE_MEMBERS

    @extend_schema(
        operation_id="member_password_link",
        request=None,
        responses={201: PasswordLinkSerializer},
    )
    def post(self, request: Request, workspace_id: Any, membership_id: Any) -> Response:
        membership = self.get_row(Membership.objects.select_related("user"), membership_id)
        assert isinstance(request.user, User), "the door lets only members in"
        path, expires_at = services.make_member_password_link(
            membership=membership, owner=request.user
        )
        answer = PasswordLinkSerializer({"path": path, "expires_at": expires_at})
        return Response(answer.data, status=201)
