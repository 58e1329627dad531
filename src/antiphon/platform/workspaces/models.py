"""People who sign in, workspaces, and members: a user in a workspace with a role."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from antiphon.platform import clock
from antiphon.platform.ids import new_id
from antiphon.platform.workspaces.roles import ABOUT, Role


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
    created_at = models.DateTimeField(default=clock.now)


class Member(models.Model):
    """A user in a workspace with a role; who every action is done `by`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=30, choices=[(role.value, role.value) for role in Role])
    function = models.CharField(max_length=20, blank=True)
    joined_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "user"], name="member_once_a_workspace"),
        ]

    @property
    def name(self) -> str:
        return self.user.name

    @property
    def role_label(self) -> str:
        return str(ABOUT[Role(self.role)].label)
