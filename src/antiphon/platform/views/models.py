"""Kept views."""

from django.db import models
from django.db.models import Q

from antiphon.platform.database.guards import Frozen, Kept
from antiphon.platform.scoped import Scoped
from antiphon.platform.views.rules import LONGEST_NAME


class SavedView(Scoped):
    """A list with its filters and columns, kept by a member for themselves or shared with the workspace."""

    member = models.ForeignKey("workspaces.Member", on_delete=models.PROTECT, related_name="+")
    page = models.CharField(max_length=60)
    name = models.CharField(max_length=LONGEST_NAME)
    query = models.TextField(blank=True)
    is_shared = models.BooleanField(default=False)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey("workspaces.Member", on_delete=models.PROTECT, related_name="+", null=True)

    database_rules = (Frozen(("member", "page", "query")), Kept())

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None) | (~Q(removed_at=None) & ~Q(removed_by=None)),
                name="view_removed_at_and_by_go_together",
            ),
            models.UniqueConstraint(
                fields=["member", "page", "name"], condition=Q(removed_at=None), name="view_has_a_name_of_its_own"
            ),
        ]
