"""Pages of insights: the list, a new one, one on its page, wording it anew."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from antiphon.platform.errors import NotNow, NotValid, Refused
from antiphon.platform.ui.forms import refuse_into
from antiphon.platform.ui.lists import on_page, table
from antiphon.platform.ui.render import go, render_page
from antiphon.platform.vocabulary.queries import vocabulary
from antiphon.platform.workspaces import queries as workspaces
from antiphon.workspace.insights import actions, permissions, queries
from antiphon.workspace.insights.exports import INSIGHTS
from antiphon.workspace.insights.web import pages
from antiphon.workspace.insights.web.forms import InsightForm, with_current
from antiphon.workspace.programmes import queries as programmes

if TYPE_CHECKING:
    from antiphon.workspace.insights.models import Insight


@require_GET
def insight_list(request: HttpRequest) -> HttpResponse:
    """Insights of the workspace, fifty on a page."""
    asked = pages.asked(request)
    page = queries.page(request.member, **on_page(request, INSIGHTS), **asked)
    context = {
        "table": table(request, INSIGHTS, page),
        "bulk": pages.bulk(request, page, asked["programme"]),
        "filters": pages.list_filters(request, asked),
        "kept": [{"name": "waiting", "value": "1"}] if asked["waiting"] else [],
        "filtered": any(asked.values()),
        "waiting": asked["waiting"],
        "programme": asked["programme"],
        **pages.may(request),
    }
    return render_page(request, "insights/list.html", context, part="rows")


@require_http_methods(["GET", "POST"])
def insight_new(request: HttpRequest) -> HttpResponse:
    """State an insight on the passages that were chosen elsewhere."""
    actions.check_may_state(request.member)
    given = request.POST if request.method == "POST" else request.GET
    passages = queries.passages(request.member, given.getlist("voice"))
    form = _new_form(request, passages)
    refusal: Refused | None = None
    if _is_sent(request) and form.is_valid():
        try:
            chosen = [passage.id for passage in passages]
            insight = actions.state(by=request.member, voices=chosen, **_resolved(request, form))
        except NotValid as refused:
            refusal = refused
            refuse_into(form, refusal)
        else:
            messages.success(request, _("The insight is stated. Next: agree on it, so that decisions may rest on it."))
            return go(request, "insights:record", insight.pk)
    return _edit_page(request, form, refusal, {"passages": passages})


@require_http_methods(["GET", "POST"])
def insight_edit(request: HttpRequest, insight_id: UUID) -> HttpResponse:
    """Word an insight anew; when somebody else did so meanwhile, both versions are shown."""
    insight = queries.get(request.member, insight_id)
    actions.check_may_state(request.member)
    form = _known_form(request, insight)
    refusal: Refused | None = None
    if _is_sent(request) and form.is_valid():
        try:
            actions.edit(by=request.member, insight=insight, **_resolved(request, form, insight))
        except NotValid as refused:
            refusal = refused
            refuse_into(form, refusal)
        except NotNow as refused:
            refusal = refused
            form.data = {**form.data.dict(), **pages.as_written(request), "version": insight.version}
        else:
            messages.success(request, _("The insight was changed."))
            return go(request, "insights:record", insight_id)
    context = {"insight": queries.record(request.member, insight_id), "passages": []}
    return _edit_page(request, form, refusal, context)


@require_GET
def insight_record(request: HttpRequest, insight_id: UUID) -> HttpResponse:
    """An insight with the voices it rests on."""
    return pages.record_page(request, insight_id)


@require_GET
def insight_similar(request: HttpRequest) -> HttpResponse:
    """The insights most like what is being written."""
    text = request.GET.get("q") or request.GET.get("statement", "")
    given = {"programme": request.GET.get("programme", ""), "but": request.GET.get("but") or None}
    context = {
        "similar": queries.similar(request.member, text, **given),
        "looked": bool(text.strip()),
        "merges_with": queries.as_id(given["but"] or "") if permissions.may_merge(request.member) else None,
    }
    return render_page(request, "insights/similar.html", context)


def _is_sent(request: HttpRequest) -> bool:
    return request.method == "POST" and "look" not in request.POST


def _new_form(request: HttpRequest, passages: list) -> InsightForm:
    about = request.GET.get("programme") or (str(passages[0].programme_id) if passages else "")
    initial = {
        "programme": about,
        "owner": str(request.member.pk),
        "needs": queries.needs_of(request.member, passages),
        "strength": {0: "", 1: "SINGLE"}.get(len(passages), "SEVERAL"),
    }
    lists = {"programmes": pages.programme_choices(request), "owners": pages.people_choices(request)}
    return _form(request, initial, lists)


def _known_form(request: HttpRequest, insight: "Insight") -> InsightForm:
    owners = with_current(pages.people_choices(request), insight.owner_id, insight.owner.name)
    form = _form(request, queries.initial(insight), {"programmes": [], "owners": owners})
    if insight.state == "AGREED":
        form.fields["statement"].disabled = True
        form.fields["statement"].help_text = _(
            "People agreed on this sentence. To word it anew, open the insight again."
        )
    return form


def _form(request: HttpRequest, initial: dict, lists: dict) -> InsightForm:
    looks = request.method == "POST" and not _is_sent(request)
    written = pages.as_written(request) if looks else {}
    return InsightForm(
        request.POST if _is_sent(request) else None,
        initial=initial | written,
        words=vocabulary(request.member),
        **lists,
    )


def _resolved(request: HttpRequest, form: InsightForm, insight: "Insight | None" = None) -> dict:
    data = dict(form.cleaned_data)
    if "programme" in data:
        data["programme"] = programmes.get(request.member, data["programme"])
    kept = insight.owner if insight and data["owner"] == str(insight.owner_id) else None
    data["owner"] = kept or workspaces.colleague(request.member, data["owner"])
    return data


def _edit_page(request: HttpRequest, form: InsightForm, refusal: Refused | None, context: dict) -> HttpResponse:
    known = context.get("insight")
    about = known.programme_id if known else form["programme"].value()
    but = known.id if known else None
    said = getattr(refusal, "insight_id", None)
    context |= {
        "form": form,
        "similar": pages.likenesses(request, form, about, but),
        "looked": "look" in request.POST,
        "merges_with": known.id if known and known.can_merge else None,
        "conflict": refusal.sentence if isinstance(refusal, NotNow) else "",
        "said": queries.get(request.member, said) if said else None,
    }
    status = 409 if context["conflict"] else 422 if form.is_bound and form.errors else 200
    return render_page(request, "insights/edit.html", context, status=status)
