"""What the pages of decisions show, put together once for every view that shows them."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from antiphon.platform.audit.history import history
from antiphon.platform.ui.render import render_page
from antiphon.workspace.decisions import queries
from antiphon.workspace.decisions.web.forms import (
    ChangeForm,
    OptionForm,
    OutcomeForm,
    SupersedeForm,
    WeighingForm,
)
from antiphon.workspace.insights import queries as insights
from antiphon.workspace.programmes import queries as programmes

# More than these are found by their words.
CANDIDATES = 20
HISTORY = {
    "decision.opened": _("opened it"),
    "decision.edited": _("changed it"),
    "decision.closed": _("closed it"),
    "decision.superseded": _("decided it anew"),
}


def asked(request: HttpRequest) -> dict[str, str]:
    """What a person filtered by; it lives in the address."""
    chosen = {name: request.GET.get(name, "") for name in ("state", "function", "programme")}
    if chosen["programme"]:
        chosen["programme"] = str(programmes.by_text(request.member, chosen["programme"]).pk)
    return chosen | {"search": request.GET.get("q", "")}


def outcome_of(record: queries.DecisionRecord) -> dict[str, object]:
    """What the form of the outcome starts from."""
    return {"outcome": record.outcome, "version": record.version}


def reason_of(weighing: queries.WeighingRow) -> dict[str, object]:
    """What the form of an insight on the scales starts from."""
    return {"disposition": weighing.disposition, "reason": weighing.reason, "version": weighing.version}


def weighing_forms(record: queries.DecisionRecord, wrong: WeighingForm | None, wrong_id: UUID | None) -> list:
    """Each insight on the scales with its form; one with mistakes keeps what was typed."""
    pairs = []
    for weighing in record.weighings:
        fresh = WeighingForm(initial=reason_of(weighing), prefix=f"w{weighing.id.hex[-6:]}")
        pairs.append((weighing, wrong if weighing.id == wrong_id else fresh))
    return pairs


def record_page(request: HttpRequest, decision_id: UUID, *, status: int = 200, **forms: object) -> HttpResponse:
    """A decision's page; a form with mistakes takes the place of the empty one."""
    record = queries.record(request.member, decision_id)
    search = request.GET.get("q", "")
    context = {
        "decision": record,
        "weighings": weighing_forms(record, forms.pop("weighing_form", None), forms.pop("weighing_id", None)),
        "outcome_form": OutcomeForm(initial=outcome_of(record)),
        "option_form": OptionForm(),
        "change_form": ChangeForm(),
        "supersede_form": SupersedeForm(),
        "to_answer": queries.engagements_to_answer(request.member, decision_id),
        "search": search,
        "candidates": _candidates(request, record, search) if record.can_edit else [],
        "history": history(request.member, "decisions.Decision", decision_id, HISTORY),
        **forms,
    }
    return render_page(request, "decisions/record.html", context, status=status)


def _candidates(request: HttpRequest, record: queries.DecisionRecord, search: str) -> list:
    known = {weighing.insight_id for weighing in record.weighings}
    asked = {"programme": str(record.programme_id), "state": "AGREED", "search": search}
    found = insights.page(request.member, number=1, waiting=False, **asked).object_list
    return [row for row in found if row.id not in known][:CANDIDATES]
