"""What a person says about a token."""

from django import forms
from django.utils.translation import gettext_lazy as _

from antiphon.platform.tokens.rules import LIVES, LONGEST_NAME, Scope

SCOPES = [
    (Scope.READ.value, _("Read only")),
    (Scope.CHANGE.value, _("Read and change, as I may")),
]
WORDS = {30: _("30 days"), 90: _("90 days"), 365: _("One year")}


class TokenForm(forms.Form):
    """Which program, what it may do, how long."""

    name = forms.CharField(
        label=_("Which program will use it?"),
        max_length=LONGEST_NAME,
        help_text=_("For example “Monthly report” or “Survey import”."),
    )
    scope = forms.ChoiceField(label=_("What it may do"), choices=SCOPES, widget=forms.RadioSelect, initial="READ")
    days = forms.TypedChoiceField(
        label=_("How long it works"), choices=[(days, WORDS[days]) for days in LIVES], coerce=int, initial=90
    )
