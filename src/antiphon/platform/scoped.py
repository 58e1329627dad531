"""Rows that belong to one workspace, and the one way to read them."""

from typing import TYPE_CHECKING, Self

from django.db import models

from antiphon.platform import clock
from antiphon.platform.ids import new_id

if TYPE_CHECKING:
    from antiphon.platform.workspaces.models import Member


class ScopedQuerySet(models.QuerySet):
    """Reads start from a member."""

    def select_for_update(self, **options: object) -> Self:
        """Hold rows until a change is made. Rows that others only point at are not in their way: on PostgreSQL two
        people who write below the same parent would otherwise lock each other."""
        return super().select_for_update(**{"no_key": True} | options)

    def visible_to(self, member: "Member") -> Self:
        """Rows of the member's own workspace; no member, no rows."""
        return self.filter(workspace_id=member.workspace_id) if member is not None else self.none()


class Scoped(models.Model):
    """A row of one workspace."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    workspace = models.ForeignKey("workspaces.Workspace", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True


class Versioned(Scoped):
    """A row whose words people change: whoever changes them says which version they read."""

    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True
