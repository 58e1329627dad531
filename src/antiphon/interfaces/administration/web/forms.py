"""What a person writes about members, invitations and settings."""

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from antiphon.platform.ui.forms import VersionedForm
from antiphon.platform.vocabulary.queries import choices, vocabulary
from antiphon.platform.workspaces import permissions, rules
from antiphon.platform.workspaces.roles import ABOUT

if TYPE_CHECKING:
    from antiphon.platform.workspaces.models import Member


def function_choices(member: "Member", had: str) -> list[tuple[str, object]]:
    """The functions of the organisation, the one somebody had, or none."""
    return [("", _("None in particular")), *choices(vocabulary(member).functions, [had])]


def role_choices(member: "Member") -> list[tuple[str, str]]:
    """The roles this member may give, each with what it comes to do."""
    return [
        (role.value, f"{about.label}: {about.comes_to}")
        for role, about in ABOUT.items()
        if permissions.may_grant(member, role)
    ]


class RoleForm(VersionedForm):
    """What a member comes to do, and for which function."""

    role = forms.ChoiceField(label=_("What the person comes to do"), widget=forms.RadioSelect)
    function = forms.ChoiceField(label=_("Function"), required=False)

    def __init__(self, *args: object, by: "Member", **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = role_choices(by)
        self.fields["function"].choices = function_choices(by, str(self.initial.get("function", "")))


class InviteForm(RoleForm):
    """Whom to ask in, and as what."""

    name = forms.CharField(
        label=_("Name"), max_length=rules.LONGEST_NAME, help_text=_("As colleagues see it. The person can change it.")
    )
    email = forms.EmailField(label=_("E-mail address"), help_text=_("The letter with the link goes there."))
    field_order = ("name", "email", "role", "function")


class EndForm(forms.Form):
    """Why a membership ends."""

    reason = forms.CharField(
        label=_("Why it ends"),
        max_length=rules.LONGEST_REASON,
        help_text=_("Kept in the trail, readable for auditors of your organisation."),
    )


class NewAccountForm(forms.Form):
    """A name and a password for who has no account yet."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=rules.LONGEST_NAME,
        help_text=_("As colleagues will see it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("Choose a password"),
        strip=False,
        help_text=_("At least ten letters, and none that others choose often. A sentence is good."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class SettingsForm(VersionedForm):
    """The name and the clocks of a workspace."""

    name = forms.CharField(
        label=_("Name of the organisation"),
        max_length=rules.LONGEST_NAME,
        help_text=_("Those who spoke read it on every answer."),
    )
    thanks_days = forms.IntegerField(
        label=_("Days to say thank you"),
        min_value=rules.THANKS_DAYS[0],
        max_value=rules.THANKS_DAYS[-1],
        help_text=_("Counted from the day after which an engagement is over. Then “say thank you” is late."),
    )
    holding_working_days = forms.IntegerField(
        label=_("Working days to a holding reply"),
        min_value=rules.HOLDING_WORKING_DAYS[0],
        max_value=rules.HOLDING_WORKING_DAYS[-1],
        help_text=_("A word that the answer is on its way, for people who would otherwise hear nothing for weeks."),
    )
