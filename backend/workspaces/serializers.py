"""The shapes of workspaces, members and signing in."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.accounts.serializers import UserSerializer
from backend.workspaces.models import Membership, Workspace
from backend.workspaces.roles import Role


class PermissionsSerializer(serializers.Serializer):
    may_edit_research = serializers.BooleanField()
    may_write_insights = serializers.BooleanField()
    may_see_names = serializers.BooleanField()
    may_manage_members = serializers.BooleanField()
    may_lock_codebook = serializers.BooleanField()


class WorkspaceMembershipSerializer(serializers.ModelSerializer[Membership]):
    """A workspace as one of its members sees it."""

    id = serializers.UUIDField(source="workspace.id")
    name = serializers.CharField(source="workspace.name")
    is_sample = serializers.BooleanField(source="workspace.is_sample")
    permissions = serializers.SerializerMethodField()

    class Meta:
        model = Membership
        fields = ["id", "name", "is_sample", "role", "permissions"]

    @extend_schema_field(PermissionsSerializer)
    def get_permissions(self, membership: Membership) -> dict[str, bool]:
        return Role(membership.role).permissions


class SampleSignInSerializer(serializers.Serializer):
    email = serializers.EmailField()
    password = serializers.CharField()
    name = serializers.CharField()
    role = serializers.ChoiceField(choices=Role.choices)


class SignInSerializer(serializers.Serializer):
    """Who is signed in, where they belong, and how one can sign in."""

    user = UserSerializer(allow_null=True)
    workspaces = WorkspaceMembershipSerializer(many=True)
    sample_sign_ins = SampleSignInSerializer(many=True)
    needs_first_owner = serializers.BooleanField()


class SignInInputSerializer(serializers.Serializer):
    email = serializers.CharField(max_length=254)
    password = serializers.CharField(max_length=1000, trim_whitespace=False)


class FirstOwnerInputSerializer(serializers.Serializer):
    token = serializers.CharField(max_length=200)
    email = serializers.EmailField()
    name = serializers.CharField(max_length=200)
    password = serializers.CharField(max_length=1000, trim_whitespace=False)
    workspace_name = serializers.CharField(max_length=200)


class PasswordByLinkSerializer(serializers.Serializer):
    token = serializers.CharField(max_length=200)
    password = serializers.CharField(max_length=1000, trim_whitespace=False)


class WorkspaceSerializer(serializers.ModelSerializer[Workspace]):
    class Meta:
        model = Workspace
        fields = ["id", "name", "is_sample"]
        read_only_fields = ["is_sample"]


class MemberSerializer(serializers.ModelSerializer[Membership]):
    user_id = serializers.UUIDField(source="user.id")
    name = serializers.CharField(source="user.name")
    email = serializers.CharField(source="user.email")
    has_password = serializers.BooleanField(
        source="user.has_usable_password",
        read_only=True,
        help_text="False until somebody who was added has chosen one by their link.",
    )

    class Meta:
        model = Membership
        fields = ["id", "user_id", "name", "email", "role", "has_password", "created_at"]


class PasswordLinkSerializer(serializers.Serializer[Any]):
    """Where the member chooses a password: `path` goes behind the address of this installation."""

    path = serializers.CharField()
    expires_at = serializers.DateTimeField()


class MemberInputSerializer(serializers.Serializer[Any]):
    email = serializers.EmailField()
    role = serializers.ChoiceField(choices=Role.choices)
    name = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    password = serializers.CharField(
        max_length=1000, required=False, default="", allow_blank=True, trim_whitespace=False
    )


class MemberRoleSerializer(serializers.Serializer[Any]):
    role = serializers.ChoiceField(choices=Role.choices)
