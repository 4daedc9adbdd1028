"""Writing workspaces and their members."""

from datetime import datetime

from django.db import transaction

from backend.accounts.models import User
from backend.accounts.password_links import make_password_link
from backend.accounts.services import create_user, use_one_time_link
from backend.common.errors import ConflictError, InvalidInputError
from backend.workspaces.models import Membership, Workspace
from backend.workspaces.roles import Role


@transaction.atomic
def create_workspace(*, name: str, owner: User) -> Workspace:
    """Make a workspace with its first owner."""
    workspace = Workspace.objects.create(name=name)
    Membership.objects.create(workspace=workspace, user=owner, role=Role.OWNER)
    return workspace


@transaction.atomic
def create_first_owner(
    *, secret: str, email: str, name: str, password: str, workspace_name: str
) -> User:
    """Use up a one-time link to make an owner and their workspace. All of it, or nothing."""
    use_one_time_link(secret=secret)
    user = create_user(email=email, name=name, password=password)
    create_workspace(name=workspace_name, owner=user)
    return user


def rename_workspace(*, workspace: Workspace, name: str) -> Workspace:
    """Give the workspace another name."""
    workspace.name = name
    workspace.save(update_fields=["name", "updated_at"])
    return workspace


@transaction.atomic
def add_member(
    *, workspace: Workspace, email: str, role: Role, name: str = "", password: str = ""
) -> Membership:
    """Add a user by e-mail, making their account when there is none yet.

    A new account without a password waits for its person to choose one by a link. Raises
    InvalidInputError when it lacks a name, ConflictError when the user is a member already.
    """
    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None:
        user = _create_member_account(email=email, name=name, password=password)
    if Membership.objects.filter(workspace=workspace, user=user).exists():
        raise ConflictError(
            f"{user.name} is a member already.", remedy="Change the role in the list of people."
        )
    return Membership.objects.create(workspace=workspace, user=user, role=role)


def _create_member_account(*, email: str, name: str, password: str) -> User:
    if not name:
        raise InvalidInputError(
            "Nobody with this e-mail address has an account here yet.",
            remedy="Give their name too, so that an account can be made.",
            fields={"name": ["Needed for a new account."]},
        )
    return create_user(email=email, name=name, password=password or None)


def make_member_password_link(*, membership: Membership, owner: User) -> tuple[str, datetime]:
    """A path by which a member chooses a password, and when it ends.

    Whoever has the link has the account: so only where the owner owns every workspace the member
    is in. Raises ConflictError.
    """
    own = Membership.objects.filter(user=owner, role=Role.OWNER).values("workspace")
    elsewhere = Membership.objects.filter(user=membership.user).exclude(workspace__in=own)
    if elsewhere.exists():
        raise ConflictError(
            f"{membership.user.name} is in other workspaces, too, which are not yours to open.",
            remedy="Ask whoever runs Earshot: “python manage.py password_link” makes one.",
        )
    return make_password_link(membership.user, reach=reach_of(membership.user))


def reach_of(user: User) -> str:
    """The workspaces a user is in: a link for their password is only good for these."""
    ids = Membership.objects.filter(user=user).order_by("workspace_id")
    return " ".join(str(each) for each in ids.values_list("workspace_id", flat=True))


@transaction.atomic
def change_role(*, membership: Membership, role: Role) -> Membership:
    """Give a member another role. Raises ConflictError for the last owner."""
    if role != Role.OWNER:
        _keep_an_owner(membership)
    membership.role = role
    membership.save(update_fields=["role", "updated_at"])
    return membership


@transaction.atomic
def remove_member(*, membership: Membership) -> None:
    """Take a member out of the workspace. What they wrote stays. Raises ConflictError."""
    _keep_an_owner(membership)
    membership.delete()


def _keep_an_owner(membership: Membership) -> None:
    # The rows are locked, so that two owners can't step down at the same moment.
    owners = Membership.objects.select_for_update().filter(
        workspace=membership.workspace, role=Role.OWNER
    )
    if [owner.id for owner in owners] == [membership.id]:
        raise ConflictError(
            "A workspace needs at least one owner.", remedy="Make somebody else owner first."
        )
