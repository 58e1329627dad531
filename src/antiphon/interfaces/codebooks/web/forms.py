"""What a person writes about words."""

from django import forms
from django.utils.translation import gettext_lazy as _

from antiphon.platform.ui.forms import VersionedForm
from antiphon.platform.vocabulary.rules import LONGEST_EXAMPLE, LONGEST_LABEL, LONGEST_MEANING

Choices = list[tuple[str, object]]


class CodebookForm(VersionedForm):
    """A codebook's name and what it is for."""

    name = forms.CharField(
        label=_("What is it called?"), max_length=LONGEST_LABEL, help_text=_("For example: “Our words for travel”.")
    )
    purpose = forms.CharField(
        label=_("What is it for?"), max_length=LONGEST_MEANING, widget=forms.Textarea(attrs={"rows": 2})
    )


class EntryForm(VersionedForm):
    """A word of one's own: what it is called, what it means, an example, and what it stands under."""

    label = forms.CharField(label=_("Word"), max_length=LONGEST_LABEL)
    meaning = forms.CharField(
        label=_("What it means"),
        max_length=LONGEST_MEANING,
        required=False,
        help_text=_("So that two people who read the same passage choose the same word."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    example = forms.CharField(
        label=_("An example"), max_length=LONGEST_EXAMPLE, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    parent = forms.ChoiceField(label=_("Stands under"), required=False)
    takes_after = forms.ChoiceField(
        label=_("Which entry is it most like?"),
        help_text=_("It is treated like that one: who is paid, what it gives, who speaks."),
    )

    def __init__(self, *args: object, parents: Choices, likes: Choices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        held = self.initial.get("parent", "")
        known = any(code == held for code, _label in parents)
        self.fields["parent"].choices = [("", _("Nothing")), *parents, *([(held, held)] if held and not known else [])]
        self.fields["takes_after"].choices = [("", _("Choose …")), *likes]
        if not parents and not held:
            del self.fields["parent"]
        if not likes:
            del self.fields["takes_after"]


class RetireForm(forms.Form):
    """What stands in for a word that is retired."""

    instead = forms.ChoiceField(label=_("Use instead"), required=False)

    def __init__(self, *args: object, others: Choices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["instead"].choices = [("", _("Nothing in particular")), *others]


class FileForm(forms.Form):
    """A codebook as a file."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_("CSV with the columns label, meaning, example and under; or a REFI-QDA codebook (.qdc)."),
        widget=forms.FileInput(attrs={"accept": ".csv,.qdc"}),
    )
