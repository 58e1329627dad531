"""What a report is to be about."""

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from antiphon.platform.errors import NoSuch
from antiphon.platform.ui.forms import DayField
from antiphon.workspace.decisions import queries as decisions
from antiphon.workspace.insights import queries as insights
from antiphon.workspace.measures.queries.evidence import Scope
from antiphon.workspace.programmes import queries as programmes

if TYPE_CHECKING:
    from antiphon.platform.workspaces.models import Member

FORMATS = (
    ("pdf", _("PDF, to send: everyone can open it, nobody changes it by mistake")),
    ("docx", _("Word, to go on writing")),
    ("pptx", _("Slides, one message each, with charts one can edit")),
)


class ReportForm(forms.Form):
    """A programme and a period, or one decision, and the kind of file."""

    decision = forms.CharField(required=False, widget=forms.HiddenInput)
    programme = forms.ChoiceField(label=_("About"), required=False)
    first = DayField(label=_("From"), required=False)
    last = DayField(label=_("Until"), required=False)
    format = forms.ChoiceField(label=_("As"), choices=FORMATS, initial="pdf", widget=forms.RadioSelect)

    def __init__(self, *args: object, member: "Member", **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        rows = [(str(row.id), row.name) for row in programmes.rows(member)]
        self.fields["programme"].choices = [("", _("All programmes")), *rows]

    def about_decision(self) -> "forms.Form":
        """A decision has its own programme and dates: there is nothing to choose but the file."""
        for name in ("programme", "first", "last"):
            del self.fields[name]
        return self

    def clean(self) -> dict:
        values = super().clean()
        first, last = values.get("first"), values.get("last")
        if first and last and last < first:
            self.add_error("last", _("The period ends before it begins. Change one of the dates."))
        return values

    @property
    def scope(self) -> Scope:
        """What was chosen."""
        values = self.cleaned_data
        decision = decision_of(self.member, values["decision"])
        if decision is not None:
            return Scope(decision_id=decision.pk)
        programme = programmes.by_text(self.member, values["programme"]).pk if values["programme"] else None
        return Scope(programme_id=programme, first=values["first"], last=values["last"])


def decision_of(member: "Member", text: str) -> object | None:
    """The decision that an address names, if it names one."""
    if not text:
        return None
    known = insights.as_id(text)
    if known is None:
        raise NoSuch(text)
    return decisions.get(member, known)
