"""People who sign in, workspaces, and members: a user in a workspace with a role."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from antiphon.platform import clock
from antiphon.platform.database.guards import Frozen, Kept, Refuse
from antiphon.platform.ids import new_id
from antiphon.platform.scoped import Scoped
from antiphon.platform.workspaces.roles import ABOUT, Role

LAST_ADMINISTRATOR = (
    "OLD.role = 'administrator' AND OLD.ended_at IS NULL "
    "AND (NEW.role <> 'administrator' OR NEW.ended_at IS NOT NULL) "
    "AND NOT EXISTS (SELECT 1 FROM workspaces_member m WHERE m.workspace_id = OLD.workspace_id AND m.id <> OLD.id "
    "AND m.role = 'administrator' AND m.ended_at IS NULL)"
)


class UserManager(BaseUserManager):
    """Finds users by their e-mail address, however it is written."""

    def get_by_natural_key(self, username: str) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person who can sign in. What they may do depends on the workspace they act in."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField()
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=clock.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_is_one_person")]


class Workspace(models.Model):
    """One organisation's closed room: it sees only its own rows."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=120)
    is_demonstration = models.BooleanField(default=False)
    thanks_days = models.PositiveSmallIntegerField(default=2)
    holding_working_days = models.PositiveSmallIntegerField(default=10)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=clock.now)


class Member(models.Model):
    """A user in a workspace with a role; who every action is done `by`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=30, choices=[(role.value, role.value) for role in Role])
    function = models.CharField(max_length=20, blank=True)
    version = models.PositiveIntegerField(default=1)
    joined_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    # Who this person is stays, and so does the last one who can let others in.
    database_rules = (
        Frozen(("user",)),
        Refuse("last_administrator", "UPDATE", LAST_ADMINISTRATOR, "a workspace keeps its last administrator"),
        Kept(),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "user"], name="member_once_a_workspace"),
        ]

    # The token of the program that acts for this member just now; the trail names it.
    acts_through = ""

    @property
    def name(self) -> str:
        return self.user.name

    @property
    def role_label(self) -> str:
        return str(ABOUT[Role(self.role)].label)


class Invitation(Scoped):
    """A person is asked to become a member; the link they were sent opens it, and is kept only as a hash."""

    email = models.EmailField()
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=30, choices=[(role.value, role.value) for role in Role])
    function = models.CharField(max_length=20, blank=True)
    invited_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", null=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", null=True)

    database_rules = (
        Frozen(("email", "name", "role", "function", "invited_by")),
        Frozen(
            ("token_hash", "expires_at", "accepted_at", "accepted_by", "revoked_at", "revoked_by"),
            when="OLD.accepted_at IS NOT NULL OR OLD.revoked_at IS NOT NULL",
            name="settled",
        ),
        Kept(),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                "workspace",
                condition=Q(accepted_at=None, revoked_at=None),
                name="invitation_open_once_a_person",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None) | (~Q(accepted_at=None) & ~Q(accepted_by=None)),
                name="invitation_accepted_at_and_by_go_together",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None) | (~Q(revoked_at=None) & ~Q(revoked_by=None)),
                name="invitation_revoked_at_and_by_go_together",
            ),
            models.CheckConstraint(condition=Q(accepted_at=None) | Q(revoked_at=None), name="invitation_ends_one_way"),
        ]


class Attempt(models.Model):
    """A short memory of tries to sign in, shared by all processes; whose they are is kept only as a keyed hash."""

    key_hash = models.CharField(max_length=64, primary_key=True)
    value = models.JSONField()
    expires_at = models.DateTimeField(db_index=True)
