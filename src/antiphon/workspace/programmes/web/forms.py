"""What a person writes about programmes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from antiphon.content import load
from antiphon.workspace.programmes.rules import Kind

KINDS = [
    (Kind.ASSET.value, _("An asset (a medicine or a device)")),
    (Kind.DISEASE_AREA.value, _("A disease area")),
]


def choices(pack_id: str, empty: str = "") -> list[tuple[str, str]]:
    """The entries of a content pack, to choose from."""
    entries = [(entry.id, entry.label) for entry in load(pack_id).entries]
    return [("", empty), *entries] if empty else entries


class ProgrammeForm(forms.Form):
    """Name, kind, indication, stage and functions of a programme."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("As people in your organisation call it."))
    kind = forms.ChoiceField(label=_("What it is"), choices=KINDS, widget=forms.RadioSelect)
    indication = forms.CharField(label=_("Indication"), max_length=200, required=False)
    stage = forms.ChoiceField(label=_("Lifecycle stage now"), choices=lambda: choices("lifecycle_stages"))
    function = forms.ChoiceField(label=_("Owning function"), choices=lambda: choices("functions"))
    sharing = forms.MultipleChoiceField(
        label=_("Functions that share it"),
        choices=lambda: choices("functions"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class QuestionForm(forms.Form):
    """A question for patients, at a decision point."""

    text = forms.CharField(
        label=_("What do you want to know from patients?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    decision_point = forms.ChoiceField(label=_("For which decision point"), choices=lambda: choices("decision_points"))
    function = forms.ChoiceField(label=_("Asked by which function"), choices=lambda: choices("functions"))
    need = forms.ChoiceField(
        label=_("About which need"),
        choices=lambda: choices("needs", str(_("Not one in particular"))),
        required=False,
    )
