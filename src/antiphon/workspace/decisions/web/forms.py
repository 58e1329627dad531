"""What a person writes about decisions."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from antiphon.content import load
from antiphon.platform.ui.forms import DayField, VersionedForm
from antiphon.platform.vocabulary.queries import Vocabulary, choices
from antiphon.workspace.decisions.rules import SHORTEST_REASON


def offered(pack, empty: object = "") -> list[tuple[str, object]]:
    """The entries of a content pack to choose from, nothing chosen first where `empty` says so."""
    entries = [(entry.id, entry.label) for entry in pack.entries]
    return [("", empty), *entries] if empty else entries


class DecisionForm(VersionedForm):
    """A question, its decision point, its owner and its date."""

    question = forms.CharField(
        label=_("What is to be decided?"),
        max_length=300,
        help_text=_("As a question, for example: “How often must people come to the clinic?”"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    programme = forms.ChoiceField(label=_("For which programme"))
    decision_point = forms.ChoiceField(label=_("Decision point"))
    function = forms.ChoiceField(label=_("Owning function"))
    owner = forms.ChoiceField(label=_("Who decides"))
    due_date = DayField(label=_("Until when"))

    def __init__(self, *args: object, programmes: list, owners: list, words: Vocabulary, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        held = self.initial
        self.fields["decision_point"].choices = choices(words.decision_points, [held.get("decision_point", "")])
        self.fields["function"].choices = choices(words.functions, [held.get("function", "")])
        self.fields["programme"].choices = [(str(row.id), row.name) for row in programmes]
        self.fields["owner"].choices = [(str(person.id), person.name) for person in owners]


class OutcomeForm(VersionedForm):
    """What was decided, in words that can be told."""

    outcome = forms.CharField(
        label=_("What was decided"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class WeighingForm(VersionedForm):
    """A disposition and a reason."""

    disposition = forms.ChoiceField(
        label=_("What was done with it"),
        choices=lambda: offered(load("dispositions", get_language() or ""), _("Choose …")),
    )
    reason = forms.CharField(
        label=_("Why"),
        min_length=SHORTEST_REASON,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Those who spoke will read this reason. Write it for them."),
    )


class OptionForm(forms.Form):
    """One way the decision could go."""

    text = forms.CharField(label=_("Another option"), max_length=300)


class SupersedeForm(forms.Form):
    """Why a question is decided anew, and until when."""

    reason = forms.CharField(
        label=_("Why it is decided anew"), max_length=1_000, widget=forms.Textarea(attrs={"rows": 2})
    )
    due_date = DayField(label=_("Until when"))


class ChangeForm(forms.Form):
    """What became different, how one can see it, since when."""

    what = forms.CharField(label=_("What changed"), max_length=300)
    evidence = forms.CharField(
        label=_("How one can see it"),
        max_length=2_000,
        help_text=_("A document with its number and page, a date, a figure."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    happened_date = DayField(label=_("Since when"))
