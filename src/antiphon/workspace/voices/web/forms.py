"""What a person writes when bringing voices in and coding them."""

import re
from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from antiphon.workspace.voices import queries
from antiphon.workspace.voices.queries.words import COLUMN_ROLES
from antiphon.workspace.voices.rules import LONGEST_REASON, Column, Safety

_CODE = re.compile(r"(?:^|[\s·])(N\d{1,2}(?:\.\d{1,2}){0,2}|own\.\d+)\s*$")


class FileForm(forms.Form):
    """A file of what patients said."""

    file = forms.FileField(
        label=_("File"),
        max_length=255,
        allow_empty_file=True,
        help_text=_("CSV, XLSX, DOCX, TXT, Markdown or JSONL, up to 200 MB. It stays on this machine."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.xlsx,.docx,.txt,.md,.jsonl,.ndjson"}),
    )


class ColumnsForm(forms.Form):
    """What each column of a file holds."""

    def __init__(self, columns: Iterable["queries.Draft"], data: object = None) -> None:
        super().__init__(data)
        self.columns = list(columns)
        for place, column in enumerate(self.columns):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=column.name, choices=list(COLUMN_ROLES.items()), initial=column.role, required=False
            )

    def rows(self) -> list[tuple[object, forms.BoundField]]:
        """Each column beside its field."""
        return [(column, self[f"column_{place}"]) for place, column in enumerate(self.columns)]

    def roles(self) -> dict[str, str]:
        """What was chosen, by the name of the column."""
        chosen = self.cleaned_data
        return {column.name: chosen[f"column_{place}"] or Column.IGNORE for place, column in enumerate(self.columns)}


class AboutForm(forms.Form):
    """Where a file comes from, and the consent it stands on."""

    source = forms.CharField(
        label=_("Source"),
        max_length=120,
        help_text=_("Such as “Clinic survey” or “Patient council notes”. Its columns are remembered for next time."),
        widget=forms.TextInput(attrs={"list": "sources", "autocomplete": "off"}),
    )
    engagement = forms.ChoiceField(label=_("Engagement"), help_text=_("Where people said this."))
    consent_scope = forms.ChoiceField(label=_("What people allowed"), widget=forms.RadioSelect)
    consent_note = forms.CharField(
        label=_("Where the consent is recorded"),
        max_length=300,
        help_text=_("Such as “Survey page 1, version of 3 March” or “Signed forms, cabinet 2”."),
    )

    def __init__(self, *args: object, engagements: list, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["engagement"].choices = [("", _("Choose an engagement")), *engagements]
        self.fields["consent_scope"].choices = queries.consents()


class PlaceForm(forms.Form):
    """A part of a passage, marked or not."""

    start = forms.IntegerField(required=False, min_value=0)
    end = forms.IntegerField(required=False, min_value=0)


class NeedForm(PlaceForm):
    """A need, as chosen from the list or typed."""

    need = forms.CharField(max_length=120)

    def __init__(self, *args: object, needs: Iterable["queries.NeedChoice"], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offered = needs

    def clean_need(self) -> str:
        """The code of what was typed: a code, a label, or both as the list offers them."""
        typed = self.cleaned_data["need"].strip()
        code = _CODE.search(typed)
        if code:
            return code[1]
        for need in self.offered:
            if need.label.casefold() == typed.casefold():
                return need.code
        raise forms.ValidationError(_("There is no need of this name. Type a few letters and choose from the list."))


class SafetyForm(forms.Form):
    """A view of a possible safety event, with its reason."""

    wanted = forms.ChoiceField(choices=[(each, each) for each in Safety if each != Safety.NONE])
    reason = forms.CharField(required=False, max_length=LONGEST_REASON)

    def clean_wanted(self) -> Safety:
        """The state asked for."""
        return Safety(self.cleaned_data["wanted"])
