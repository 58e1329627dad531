"""What a person writes about answers."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django import forms
from django.core.validators import validate_email
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from antiphon.platform.ui.forms import VersionedForm
from antiphon.workspace.answers.rules import LONGEST_WORD, Heard, Kind

if TYPE_CHECKING:
    from antiphon.workspace.answers.queries import AnswerRecord, CardRow

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


class ApproveForm(forms.Form):
    """Which words were read: the version of the letter, and of each card."""

    version = forms.IntegerField(label=_("Version"), widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: object, cards: Iterable["CardRow"], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.names = {card.id: f"card_{card.id.hex}" for card in cards}
        for card_id, name in self.names.items():
            self.fields[name] = forms.IntegerField(label=str(card_id), widget=forms.HiddenInput, min_value=1)

    @classmethod
    def of(cls, answer: "AnswerRecord", data: QueryDict | None = None) -> Self:
        """The form about an answer as it is shown."""
        form = cls(data, cards=answer.cards, prefix="approve")
        form.initial = {"version": answer.version} | {form.names[card.id]: card.version for card in answer.cards}
        return form

    def read(self) -> tuple[int, dict[UUID, int]]:
        """The version of the letter and of each card that was read; 0 stands for none."""
        told = self.cleaned_data if self.is_valid() else {}
        return told.get("version", 0), {card_id: told.get(name, 0) for card_id, name in self.names.items()}


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
