"""The codebook as a whole: its lock, and suggestions that somebody said no to."""

from typing import Any

from django.db import transaction

from backend.common.errors import NotAllowedError
from backend.tagging.models import Tag
from backend.tagging.near_duplicates import NEAR_DUPLICATE, name_pair
from backend.workspaces.models import Dismissal, Membership, Workspace
from backend.workspaces.roles import Permission


class CodebookLockedError(NotAllowedError):
    """Only owners change the codebook for now."""

    code = "codebook_locked"


def may_change_codebook(membership: Membership) -> bool:
    """Whether this member may make, change, move, merge and delete tags now. No query."""
    if membership.workspace.is_codebook_locked and not membership.may(Permission.LOCK_CODEBOOK):
        return False
    return membership.may(Permission.EDIT_RESEARCH)


def refuse_locked(membership: Membership) -> None:
    """Raise CodebookLockedError where the lock is on and the member is no owner."""
    if membership.workspace.is_codebook_locked and not membership.may(Permission.LOCK_CODEBOOK):
        raise CodebookLockedError(
            "The codebook is locked: only owners of the workspace change its tags for now.",
            remedy="Tag with the tags there are, or ask an owner to make this change.",
        )


def lock(*, workspace: Workspace, is_locked: bool) -> None:
    """Let only owners change the codebook, or everybody again who may edit research."""
    workspace.is_codebook_locked = is_locked
    workspace.save(update_fields=["is_codebook_locked", "updated_at"])


@transaction.atomic
def tell_apart(*, tag: Tag, other: Tag, is_different: bool, user: Any) -> None:
    """Suggest these two as near-duplicates never again, or again."""
    about = name_pair(tag.id, other.id)
    found = {"workspace_id": tag.workspace_id, "kind": NEAR_DUPLICATE, "about": about}
    if is_different:
        Dismissal.objects.get_or_create(**found, defaults={"created_by": user})
    else:
        Dismissal.objects.filter(**found).delete()
