"""The roles and what each may do: the one table of permissions."""

from django.db import models


class Permission(models.TextChoices):
    """A kind of act that a role may or may not do."""

    VIEW = "may_view"
    EDIT_RESEARCH = "may_edit_research"
    WRITE_INSIGHTS = "may_write_insights"
    SEE_NAMES = "may_see_names"
    MANAGE_MEMBERS = "may_manage_members"
    LOCK_CODEBOOK = "may_lock_codebook"


class Role(models.TextChoices):
    """What a member is in a workspace."""

    OWNER = "owner"
    RESEARCHER = "researcher"
    PRODUCT = "product"
    VIEWER = "viewer"

    def may(self, permission: Permission) -> bool:
        """Whether this role may do acts of this kind."""
        return permission in _GRANTS[self]

    @property
    def permissions(self) -> dict[str, bool]:
        """Every permission but viewing, by name, as the page reads it."""
        return {p.value: self.may(p) for p in Permission if p is not Permission.VIEW}


_GRANTS: dict[Role, frozenset[Permission]] = {
    Role.OWNER: frozenset(Permission),
    Role.RESEARCHER: frozenset(
        {
            Permission.VIEW,
            Permission.EDIT_RESEARCH,
            Permission.WRITE_INSIGHTS,
            Permission.SEE_NAMES,
        }
    ),
    Role.PRODUCT: frozenset({Permission.VIEW, Permission.WRITE_INSIGHTS}),
    Role.VIEWER: frozenset({Permission.VIEW}),
}
