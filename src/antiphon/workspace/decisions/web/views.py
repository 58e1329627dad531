"""Pages of decisions: the register, a new one, one on its page."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from antiphon.platform.ui import filters
from antiphon.platform.ui.forms import refusals_in, status_of
from antiphon.platform.ui.lists import on_page, table
from antiphon.platform.ui.render import go, render_page
from antiphon.platform.vocabulary.queries import choices, vocabulary
from antiphon.platform.workspaces import queries as workspaces
from antiphon.workspace.decisions import actions, permissions, queries
from antiphon.workspace.decisions.exports import DECISIONS
from antiphon.workspace.decisions.web import pages
from antiphon.workspace.decisions.web.forms import DecisionForm, OutcomeForm
from antiphon.workspace.decisions.web.pages import record_page
from antiphon.workspace.insights import queries as insights
from antiphon.workspace.programmes import queries as programmes

STATES = [("OPEN", lazy("Open")), ("CLOSED", lazy("Closed")), ("SUPERSEDED", lazy("Superseded"))]


@require_GET
def decision_list(request: HttpRequest) -> HttpResponse:
    """All decisions, the open ones by their date."""
    asked = pages.asked(request)
    page = queries.page(request.member, **on_page(request, DECISIONS), **asked)
    context = {
        "table": table(request, DECISIONS, page),
        "filters": _filters(request, asked),
        "filtered": any(asked.values()),
        "can_open": permissions.may_open(request.member),
    }
    return render_page(request, "decisions/list.html", context, part="rows")


@require_http_methods(["GET", "POST"])
def decision_new(request: HttpRequest) -> HttpResponse:
    """Put a question up for decision; insights chosen elsewhere come along."""
    chosen = request.GET.getlist("insight") or request.POST.getlist("insight")
    form = _form(request, {"programme": request.GET.get("programme"), "function": request.member.function})
    if request.method == "POST" and form.is_valid():
        weighed = [insights.get(request.member, insight_id) for insight_id in chosen]
        decision = actions.open_decision(by=request.member, insights=weighed, **_resolved(request, form))
        messages.success(request, _("The question is up for decision. Next: weigh what patients said."))
        return go(request, "decisions:record", decision.pk)
    return render_page(
        request, "decisions/edit.html", {"form": form, "chosen": chosen}, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "POST"])
def decision_edit(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """Change an open decision's question, owner or date."""
    decision = queries.get(request.member, decision_id)
    form = _form(request, queries.initial(decision))
    if request.method == "POST" and form.is_valid():
        new = _resolved(request, form)
        del new["programme"]
        with refusals_in(form, lambda: queries.initial(queries.get(request.member, decision_id))):
            actions.edit(by=request.member, decision=decision, **new)
            messages.success(request, _("The decision was changed."))
            return go(request, "decisions:record", decision_id)
    context = {"form": form, "decision": queries.record(request.member, decision_id)}
    return render_page(request, "decisions/edit.html", context, status=status_of(form))


@require_GET
def decision_record(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """A decision with its scales, its outcome and what changed."""
    return record_page(request, decision_id)


@require_POST
def decision_outcome(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """Write down what was decided."""
    decision = queries.get(request.member, decision_id)
    form = OutcomeForm(request.POST, initial=pages.outcome_of(queries.record(request.member, decision_id)))
    if form.is_valid():
        with refusals_in(form, lambda: pages.outcome_of(queries.record(request.member, decision_id))):
            actions.edit(by=request.member, decision=decision, **form.cleaned_data)
            messages.success(request, _("The outcome is written down."))
            return go(request, "decisions:record", decision_id)
    return record_page(request, decision_id, status=status_of(form), outcome_form=form)


def _form(request: HttpRequest, initial: dict) -> DecisionForm:
    lists = {"programmes": programmes.rows(request.member), "owners": workspaces.colleagues(request.member)}
    started = {"owner": str(request.member.pk), **initial}
    return DecisionForm(request.POST or None, initial=started, words=vocabulary(request.member), **lists)


def _resolved(request: HttpRequest, form: DecisionForm) -> dict:
    data = dict(form.cleaned_data)
    data["programme"] = programmes.get(request.member, data["programme"])
    data["owner"] = workspaces.colleague(request.member, data["owner"])
    return data


def _filters(request: HttpRequest, asked: dict) -> list[dict]:
    about = [(str(row.id), row.name) for row in programmes.rows(request.member)]
    functions = choices(vocabulary(request.member).functions, [asked["function"]])
    return [
        filters.search(asked["search"]),
        filters.select("state", _("State"), asked["state"], STATES),
        filters.select("function", _("Function"), asked["function"], functions),
        filters.select("programme", _("Programme"), asked["programme"], about),
    ]
