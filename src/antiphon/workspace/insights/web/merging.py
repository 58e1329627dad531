"""Merging two insights: choose the other, see both side by side, decide which stays; and unmerging."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from antiphon.platform.errors import NotNow, NotValid
from antiphon.platform.ui.forms import refuse_into
from antiphon.platform.ui.render import go, render_page
from antiphon.workspace.insights import actions, queries
from antiphon.workspace.insights.web.forms import MergeForm


@require_http_methods(["GET", "POST"])
def insight_merge(request: HttpRequest, insight_id: UUID) -> HttpResponse:
    """Two insights side by side; without the other one, those it may be."""
    actions.check_may_merge(request.member)
    other = request.POST.get("other") or request.GET.get("other", "")
    if not other:
        return _choose(request, insight_id)
    both = queries.comparison(request.member, insight_id, other)
    form = _form(request, both)
    if request.method == "POST" and form.is_valid():
        try:
            merged = actions.merge(by=request.member, **_resolved(request, form, both))
        except NotValid as refusal:
            refuse_into(form, refusal)
        except NotNow as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, _("Merged. Nothing is lost: unmerge it below whenever you like."))
            return go(request, "insights:record", merged.kept_id)
    status = 422 if form.is_bound else 200
    return render_page(request, "insights/merge.html", {"both": both, "form": form}, status=status)


@require_POST
def insight_unmerge(request: HttpRequest, insight_id: UUID) -> HttpResponse:
    """Make a merged insight one of its own again, as it was."""
    insight = queries.get(request.member, insight_id)
    back = actions.unmerge(by=request.member, insight=insight)
    messages.success(request, _("It is an insight of its own again, as it was before."))
    if back.kept_is_draft:
        messages.warning(request, _("The other one lacks something now, so it is a draft again. Look at it next."))
    return go(request, "insights:record", insight_id)


def _choose(request: HttpRequest, insight_id: UUID) -> HttpResponse:
    search = request.GET.get("q", "")
    context = {
        "insight": queries.record(request.member, insight_id),
        "search": search,
        "found": queries.to_merge_with(request.member, insight_id, search),
    }
    return render_page(request, "insights/merge_choose.html", context)


def _form(request: HttpRequest, both: queries.Comparison) -> MergeForm:
    keepable = [(str(each.id), each.statement) for each in both.both if each.id in both.keepable]
    initial = {"strength": both.strength, "dissent": both.dissent}
    if len(keepable) == 1:
        initial["kept"] = keepable[0][0]
    return MergeForm(request.POST if request.method == "POST" else None, keepable=keepable, initial=initial)


def _resolved(request: HttpRequest, form: MergeForm, both: queries.Comparison) -> dict:
    data = dict(form.cleaned_data)
    kept = data.pop("kept")
    gone = next(each.id for each in both.both if str(each.id) != kept)
    return {
        **data,
        "kept": queries.get(request.member, kept),
        "absorbed": queries.get(request.member, gone),
    }
