"""What a person writes about answers."""

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from antiphon.platform.ui.forms import VersionedForm
from antiphon.workspace.answers.rules import LONGEST_WORD, Heard, Kind

KINDS = [
    (Kind.DID.value, _("We did this")),
    (Kind.WILL.value, _("We will do this")),
    (Kind.COULD_NOT.value, _("We could not do this")),
    (Kind.PASSED_ON.value, _("We passed this on")),
]
HEARD = [(Heard.YES.value, _("Yes, you did")), (Heard.PARTLY.value, _("Partly")), (Heard.NO.value, _("No"))]
MOST_LETTERS = 100


def area(rows: int) -> forms.Textarea:
    """A box for a few lines."""
    return forms.Textarea(attrs={"rows": rows})


class CardForm(VersionedForm):
    """You said; we did, or could not; because."""

    you_said = forms.CharField(label=_("You said"), max_length=600, widget=area(2))
    kind = forms.ChoiceField(label=_("What became of it"), choices=KINDS)
    we_did = forms.CharField(label=_("In plain words"), max_length=1_500, widget=area(3))
    because = forms.CharField(label=_("Because"), max_length=1_500, required=False, widget=area(2))


class LetterForm(VersionedForm):
    """What stands around the cards."""

    opening = forms.CharField(label=_("Opening"), max_length=1_500, widget=area(3))
    next_step = forms.CharField(
        label=_("What happens next, and when"), max_length=1_500, required=False, widget=area(2)
    )
    contact = forms.CharField(label=_("Whom to ask"), max_length=200)


class WithdrawForm(forms.Form):
    """Why an answer is taken away."""

    reason = forms.CharField(label=_("Why it is withdrawn"), max_length=500)


class SendForm(forms.Form):
    """Addresses to send the link to; each is wiped when its letter has arrived."""

    addresses = forms.CharField(
        label=_("E-mail addresses"),
        help_text=_(
            "One on each line. Each person gets a letter of their own. "
            "Antiphon forgets an address when its letter has been sent."
        ),
        widget=area(4),
    )

    def clean_addresses(self) -> list[str]:
        found = [part for part in self.cleaned_data["addresses"].replace(",", "\n").replace(";", "\n").split() if part]
        if len(found) > MOST_LETTERS:
            raise forms.ValidationError(_("Send to at most 100 people at once."))
        for address in found:
            validate_email(address)
        return list(dict.fromkeys(found))


class Words(forms.CharField):
    """Words in a box; browsers send a line break as two signs and count it as one."""

    def to_python(self, value: object) -> str:
        return super().to_python(value).replace("\r\n", "\n")


class ReplyForm(forms.Form):
    """Did we hear you right? And a word, if you like."""

    heard = forms.ChoiceField(label=_("Did we hear you right?"), choices=HEARD)
    word = Words(max_length=LONGEST_WORD, required=False, strip=True)


class ReopenForm(forms.Form):
    """Why a closed engagement goes on."""

    reason = forms.CharField(label=_("Why it goes on"), max_length=300)
