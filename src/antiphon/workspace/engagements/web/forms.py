"""What a person writes about engagements."""

from django import forms
from django.utils.translation import gettext_lazy as _

from antiphon.platform.ui.forms import DayField, VersionedForm
from antiphon.platform.vocabulary.queries import Vocabulary, choices

MOST_GROUPS = 12


class EngagementForm(VersionedForm):
    """The plan of an engagement in its simplest form."""

    name = forms.CharField(label=_("Name"), max_length=160, help_text=_("As those who take part know it."))
    programme = forms.ChoiceField(label=_("For which programme"))
    kind = forms.ChoiceField(label=_("Kind"))
    purpose = forms.CharField(
        label=_("What for"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What do you want to learn, and which decision is still open?"),
    )
    starts_date = DayField(label=_("Starts"))
    ends_date = DayField(label=_("Ends"), required=False)
    functions = forms.MultipleChoiceField(label=_("Functions that ask"), widget=forms.CheckboxSelectMultiple)
    questions = forms.MultipleChoiceField(
        label=_("Questions it puts to patients"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: object, programmes: list, questions: list, words: Vocabulary, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        held = self.initial
        self.fields["kind"].choices = choices(words.activity_types, [held.get("kind", "")])
        self.fields["functions"].choices = choices(words.functions, held.get("functions", ()))
        self.fields["programme"].choices = [(str(row.id), row.name) for row in programmes]
        self.fields["questions"].choices = [(str(q.id), f"{q.text} ({q.programme_name})") for q in questions]
        if not questions:
            del self.fields["questions"]


class HoldForm(forms.Form):
    """When it ended and which groups took part."""

    ends_date = DayField(label=_("When did it end?"))
    groups = forms.MultipleChoiceField(
        label=_("Which groups took part?"),
        help_text=_("Groups, never names."),
        widget=forms.CheckboxSelectMultiple,
    )
    people = forms.IntegerField(
        label=_("How many people, all in all?"), min_value=1, max_value=100_000, required=False
    )

    def __init__(self, *args: object, words: Vocabulary, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["groups"].choices = choices(words.stakeholder_types)
