"""Access tokens; of the secret only its hash is kept."""

from django.db import models
from django.db.models import Q

from antiphon.platform.database.guards import Frozen, Kept
from antiphon.platform.scoped import Scoped
from antiphon.platform.tokens.rules import LONGEST_NAME, Scope


class AccessToken(Scoped):
    """Lets a program act as the member who made it."""

    member = models.ForeignKey("workspaces.Member", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=LONGEST_NAME)
    scope = models.CharField(max_length=10, choices=[(scope.value, scope.value) for scope in Scope])
    secret_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    last_used_date = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey("workspaces.Member", on_delete=models.PROTECT, related_name="+", null=True)

    database_rules = (Frozen(("member", "scope", "secret_hash", "expires_at")), Kept())

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None) | (~Q(revoked_at=None) & ~Q(revoked_by=None)),
                name="token_revoked_at_and_by_go_together",
            ),
        ]
