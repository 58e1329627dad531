"""Pages of engagements."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from antiphon.platform.audit.history import history
from antiphon.platform.ui import filters
from antiphon.platform.ui.forms import refusals_in, status_of
from antiphon.platform.ui.lists import on_page, table
from antiphon.platform.ui.render import go, render_page
from antiphon.platform.vocabulary.queries import vocabulary
from antiphon.workspace.engagements import actions, permissions, queries
from antiphon.workspace.engagements.exports import ENGAGEMENTS
from antiphon.workspace.engagements.web.forms import EngagementForm, HoldForm
from antiphon.workspace.programmes import queries as programmes

STATES = [("PLANNED", lazy("Planned")), ("HELD", lazy("Took place")), ("CLOSED", lazy("Closed"))]
HISTORY = {
    "engagement.planned": lazy("planned it"),
    "engagement.edited": lazy("changed the plan"),
    "engagement.held": lazy("said that it took place"),
}


def asked(request: HttpRequest) -> dict[str, str]:
    """What a person filtered by; it lives in the address."""
    programme = request.GET.get("programme", "")
    if programme:
        programme = str(programmes.by_text(request.member, programme).pk)
    return {"programme": programme, "state": request.GET.get("state", ""), "search": request.GET.get("q", "")}


@require_GET
def engagement_list(request: HttpRequest) -> HttpResponse:
    """All engagements, the latest first."""
    chosen = asked(request)
    about = [(str(row.id), row.name) for row in programmes.rows(request.member)]
    page = queries.page(request.member, **on_page(request, ENGAGEMENTS), **chosen)
    context = {
        "table": table(request, ENGAGEMENTS, page),
        "filters": [
            filters.search(chosen["search"]),
            filters.select("state", _("State"), chosen["state"], STATES),
            filters.select("programme", _("Programme"), chosen["programme"], about),
        ],
        "filtered": any(chosen.values()),
        "can_plan": permissions.may_plan(request.member),
    }
    return render_page(request, "engagements/list.html", context, part="rows")


@require_http_methods(["GET", "POST"])
def engagement_new(request: HttpRequest) -> HttpResponse:
    """Plan an engagement."""
    initial = {"programme": request.GET.get("programme", ""), "functions": [request.member.function]}
    form = _form(request, initial)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            engagement = actions.plan(by=request.member, **_resolved(request, form))
            messages.success(
                request, _("The engagement is planned. When it took place, say so here: its clocks start.")
            )
            return go(request, "engagements:record", engagement.pk)
    return render_page(request, "engagements/edit.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def engagement_edit(request: HttpRequest, engagement_id: UUID) -> HttpResponse:
    """Change the plan of an engagement."""
    engagement = queries.get(request.member, engagement_id)
    form = _form(request, queries.initial(engagement))
    if request.method == "POST" and form.is_valid():
        new = _resolved(request, form)
        del new["programme"]
        with refusals_in(form, lambda: queries.initial(queries.get(request.member, engagement_id))):
            actions.edit(by=request.member, engagement=engagement, **new)
            messages.success(request, _("The engagement was changed."))
            return go(request, "engagements:record", engagement_id)
    context = {"form": form, "engagement": queries.record(request.member, engagement_id)}
    return render_page(request, "engagements/edit.html", context, status=status_of(form))


@require_GET
def engagement_record(request: HttpRequest, engagement_id: UUID) -> HttpResponse:
    """An engagement, what it asked, what it owes."""
    return _record(request, engagement_id)


@require_POST
def engagement_hold(request: HttpRequest, engagement_id: UUID) -> HttpResponse:
    """It took place."""
    engagement = queries.get(request.member, engagement_id)
    form = HoldForm(request.POST, words=vocabulary(request.member))
    if form.is_valid():
        with refusals_in(form):
            actions.hold(by=request.member, engagement=engagement, **form.cleaned_data)
            messages.success(request, _("Its clocks run now. Next: bring in what was said."))
            return go(request, "engagements:record", engagement_id)
    return _record(request, engagement_id, status=422, hold_form=form)


@require_POST
def courtesy_done(request: HttpRequest, courtesy_id: UUID) -> HttpResponse:
    """Thanks were said, or a holding reply was sent."""
    courtesy = queries.get_courtesy(request.member, courtesy_id)
    actions.do_courtesy(by=request.member, courtesy=courtesy)
    messages.success(request, _("Noted. Those who spoke will remember it."))
    return go(request, "engagements:record", courtesy.engagement_id)


def _form(request: HttpRequest, initial: dict) -> EngagementForm:
    lists = {"programmes": programmes.rows(request.member), "questions": programmes.questions(request.member)}
    words = vocabulary(request.member)
    return EngagementForm(request.POST or None, initial=initial, words=words, **lists)


def _resolved(request: HttpRequest, form: EngagementForm) -> dict:
    data = dict(form.cleaned_data)
    data["programme"] = programmes.by_text(request.member, data["programme"])
    return data


def _record(request: HttpRequest, engagement_id: UUID, *, status: int = 200, **forms: object) -> HttpResponse:
    context = {
        "engagement": queries.record(request.member, engagement_id),
        "hold_form": HoldForm(words=vocabulary(request.member)),
        "history": history(request.member, "engagements.Engagement", engagement_id, HISTORY),
        **forms,
    }
    return render_page(request, "engagements/record.html", context, status=status)
