"""The steps of deciding: weigh, settle, choose, close, supersede, record what changed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from antiphon.platform.ui.forms import refusals_in, status_of
from antiphon.platform.ui.render import go
from antiphon.platform.ui.telling import outcome_told
from antiphon.workspace.decisions import actions, queries
from antiphon.workspace.decisions.web.forms import ChangeForm, OptionForm, SupersedeForm, WeighingForm
from antiphon.workspace.decisions.web.pages import reason_of, record_page
from antiphon.workspace.insights import queries as insights


@require_POST
def decision_weigh(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """Put the ticked insights on the scales."""
    decision = queries.get(request.member, decision_id)
    chosen = [insights.get(request.member, insight_id) for insight_id in request.POST.getlist("insight")]
    added = actions.weigh(by=request.member, decision=decision, insights=chosen)
    words = ngettext("%(n)s insight is on the scales.", "%(n)s insights are on the scales.", added)
    messages.success(request, words % {"n": added})
    return go(request, "decisions:record", decision_id)


@require_POST
def weighing_settle(request: HttpRequest, weighing_id: UUID) -> HttpResponse:
    """Say what is done with an insight, and why."""
    weighing = queries.get_weighing(request.member, weighing_id)
    form = WeighingForm(request.POST, initial=reason_of(weighing), prefix=f"w{weighing_id.hex[-6:]}")
    if form.is_valid():
        with refusals_in(form, lambda: reason_of(queries.get_weighing(request.member, weighing_id))):
            actions.weigh_up(by=request.member, weighing=weighing, **form.cleaned_data)
            messages.success(request, _("The reason is kept. It will stand in the answer."))
            return go(request, "decisions:record", weighing.decision_id)
    wrong = {"weighing_form": form, "weighing_id": weighing_id}
    return record_page(request, weighing.decision_id, status=status_of(form), **wrong)


@require_POST
def weighing_off(request: HttpRequest, weighing_id: UUID) -> HttpResponse:
    """Take an insight off the scales."""
    weighing = queries.get_weighing(request.member, weighing_id)
    decision_id = actions.unweigh(by=request.member, weighing=weighing)
    messages.success(request, _("The insight is off the scales. You can weigh it again."))
    return go(request, "decisions:record", decision_id)


@require_POST
def option_add(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """Write down an option."""
    decision = queries.get(request.member, decision_id)
    form = OptionForm(request.POST)
    if not form.is_valid():
        return record_page(request, decision_id, status=422, option_form=form)
    actions.add_option(by=request.member, decision=decision, text=form.cleaned_data["text"])
    return go(request, "decisions:record", decision_id)


@require_POST
def option_choose(request: HttpRequest, option_id: UUID) -> HttpResponse:
    """Choose an option."""
    option = queries.get_option(request.member, option_id)
    actions.choose_option(by=request.member, option=option)
    messages.success(request, _("The option is chosen. Write the outcome in a sentence that can be told."))
    return go(request, "decisions:record", option.decision_id)


@require_POST
def decision_close(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """Close a decision, or hear what it still lacks."""
    decision = queries.get(request.member, decision_id)
    with outcome_told(request, _("The decision is closed. Next: answer those who spoke.")):
        actions.close(by=request.member, decision=decision)
    return go(request, "decisions:record", decision_id)


@require_POST
def decision_supersede(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """Decide the question anew."""
    decision = queries.get(request.member, decision_id)
    form = SupersedeForm(request.POST)
    if form.is_valid():
        with refusals_in(form):
            new = actions.supersede(by=request.member, decision=decision, **form.cleaned_data)
            messages.success(request, _("This is the new decision. The old one stays as it was."))
            return go(request, "decisions:record", new.pk)
    return record_page(request, decision_id, status=422, supersede_form=form)


@require_POST
def change_add(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """Record what became different."""
    decision = queries.get(request.member, decision_id)
    form = ChangeForm(request.POST)
    if form.is_valid():
        with refusals_in(form):
            actions.record_change(by=request.member, decision=decision, **form.cleaned_data)
            messages.success(request, _("The change is on record. Answers drafted from now on can tell it."))
            return go(request, "decisions:record", decision_id)
    return record_page(request, decision_id, status=422, change_form=form)
