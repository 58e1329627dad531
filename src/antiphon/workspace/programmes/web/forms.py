"""What a person writes about programmes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from antiphon.platform.ui.forms import VersionedForm
from antiphon.platform.vocabulary.queries import Vocabulary, choices
from antiphon.workspace.programmes.rules import Kind

KINDS = [
    (Kind.ASSET.value, _("An asset (a medicine or a device)")),
    (Kind.DISEASE_AREA.value, _("A disease area")),
]


class ProgrammeForm(VersionedForm):
    """Name, kind, indication, stage and functions of a programme."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("As people in your organisation call it."))
    kind = forms.ChoiceField(label=_("What it is"), choices=KINDS, widget=forms.RadioSelect)
    indication = forms.CharField(label=_("Indication"), max_length=200, required=False)
    stage = forms.ChoiceField(label=_("Lifecycle stage now"))
    function = forms.ChoiceField(label=_("Owning function"))
    sharing = forms.MultipleChoiceField(
        label=_("Functions that share it"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: object, words: Vocabulary, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        held = self.initial
        sharing = held.get("sharing", ())
        self.fields["stage"].choices = choices(words.pack("lifecycle_stages"), [held.get("stage", "")])
        self.fields["function"].choices = choices(words.functions, [held.get("function", "")])
        self.fields["sharing"].choices = choices(words.functions, sharing)


class QuestionForm(forms.Form):
    """A question for patients, at a decision point."""

    text = forms.CharField(
        label=_("What do you want to know from patients?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    decision_point = forms.ChoiceField(label=_("For which decision point"))
    function = forms.ChoiceField(label=_("Asked by which function"))
    need = forms.ChoiceField(label=_("About which need"), required=False)

    def __init__(self, *args: object, words: Vocabulary, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision_point"].choices = choices(words.decision_points)
        self.fields["function"].choices = choices(words.functions)
        self.fields["need"].choices = [("", _("Not one in particular")), *choices(words.needs)]
