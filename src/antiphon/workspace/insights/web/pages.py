"""What the pages of insights show, put together once for every view that shows them."""

from uuid import UUID

from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from antiphon.platform.audit.history import history
from antiphon.platform.ui import filters
from antiphon.platform.ui.lists import Bulk
from antiphon.platform.ui.render import render_page
from antiphon.platform.vocabulary.queries import vocabulary
from antiphon.platform.workspaces import queries as workspaces
from antiphon.workspace.insights import permissions, queries
from antiphon.workspace.insights.web.forms import GROUPED, Choices, InsightForm, SetAsideForm
from antiphon.workspace.programmes import queries as programmes

FILTERS = ("state", "programme", "need", "owner")


def asked(request: HttpRequest) -> dict[str, object]:
    """What a person filtered by; it lives in the address."""
    chosen = {name: request.GET.get(name, "") for name in FILTERS}
    return {**chosen, "search": request.GET.get("q", ""), "waiting": bool(request.GET.get("waiting"))}


def record_page(
    request: HttpRequest, insight_id: UUID, *, status: int = 200, set_aside_form: SetAsideForm | None = None
) -> HttpResponse:
    """An insight's page; a form with mistakes takes the place of the empty one."""
    record = queries.record(request.member, insight_id)
    search = request.GET.get("q", "")
    insight = queries.get(request.member, insight_id)
    looks = record.can_edit and (record.state == "DRAFT" or search)
    context = {
        "insight": record,
        "checklist": _checklist(record),
        "set_aside_form": set_aside_form or SetAsideForm(),
        "search": search,
        "candidates": queries.candidates(request.member, insight, search) if looks else [],
        "history": history(request.member, "insights.Insight", insight_id, queries.HISTORY),
    }
    return render_page(request, "insights/record.html", context, status=status)


def list_filters(request: HttpRequest, asked: dict[str, str]) -> list[dict]:
    """The filter bar of the list."""
    known = vocabulary(request.member).needs
    needs = [(need.id, need.label) for need in known if need.level != "detail"]
    return [
        filters.search(asked["search"]),
        filters.select("state", _("State"), asked["state"], queries.STATES.items()),
        filters.select("programme", _("Programme"), asked["programme"], programme_choices(request)),
        filters.select("need", _("Need"), asked["need"], needs),
        filters.select("owner", _("Looked after by"), asked["owner"], people_choices(request)),
    ]


def programme_choices(request: HttpRequest) -> Choices:
    """The programmes of the workspace."""
    return [(str(row.id), row.name) for row in programmes.rows(request.member)]


def people_choices(request: HttpRequest) -> Choices:
    """The people of the workspace."""
    return [(str(person.id), person.name) for person in workspaces.colleagues(request.member)]


def as_written(request: HttpRequest) -> dict[str, object]:
    """What stands in a form that is not sent for good yet."""
    one = {name: request.POST[name] for name in InsightForm.base_fields if name in request.POST and name != "version"}
    return one | {name: request.POST.getlist(name) for name in GROUPED}


def likenesses(request: HttpRequest, form: InsightForm, programme: object, but: UUID | None = None) -> list:
    """The insights most like the sentence in a form."""
    text = form["statement"].value() or ""
    return queries.similar(request.member, text, programme=str(programme or ""), but=but)


def bulk(request: HttpRequest, page: Page, programme: str) -> Bulk | None:
    """Agreed insights can be ticked, to open a decision with them."""
    if not permissions.may_agree(request.member):
        return None
    return Bulk(
        url=reverse("decisions:new"),
        name="insight",
        label=_("Open a decision with the chosen"),
        icon="scale",
        ids=frozenset(row.id for row in page.object_list if row.state == "AGREED"),
        kept=(("programme", programme),) if programme else (),
    )


def may(request: HttpRequest) -> dict[str, bool]:
    """What the buttons of the list offer this member."""
    return {"can_state": permissions.may_state(request.member)}


def _checklist(record: queries.InsightRecord) -> list[dict]:
    words = queries.CHECKS
    return [
        {"label": words[code].label, "done": done, "note": "" if done else words[code].sentence}
        for code, done in record.checks.items()
    ]
