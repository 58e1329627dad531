"""Pages of reports: choose, look, take away."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from antiphon.interfaces.reports.actions import make
from antiphon.interfaces.reports.building import build
from antiphon.interfaces.reports.lengths import shortened
from antiphon.interfaces.reports.web.forms import ReportForm, decision_of
from antiphon.platform.ui.exports import attachment
from antiphon.platform.ui.render import go, render_page

NAMES = ("programme", "decision", "first", "last")


@require_GET
def report_choose(request: HttpRequest) -> HttpResponse:
    """What is the report to be about?"""
    asked = {name: request.GET[name] for name in NAMES if request.GET.get(name)}
    return _page(request, ReportForm(member=request.member, initial=asked), asked.get("decision", ""))


@require_GET
def report_preview(request: HttpRequest) -> HttpResponse:
    """The same document, as a page."""
    form = ReportForm({"format": "pdf"} | request.GET.dict(), member=request.member)
    if not form.is_valid():
        return _page(request, form, request.GET.get("decision", ""))
    report = shortened(build(request.member, form.scope))
    kept = [(name, request.GET[name]) for name in NAMES if request.GET.get(name)]
    back = f"{reverse('reports:choose')}?{urlencode(kept)}"
    sections = [(section, [(type(b).__name__, b) for b in section.blocks]) for section in report.sections]
    annex = [(f"A{place}", rows) for place, rows in enumerate(report.annex, 1)]
    context = {"report": report, "sections": sections, "annex": annex, "kept": kept, "back": back}
    return render_page(request, "reports/preview.html", context)


@require_POST
def report_make(request: HttpRequest) -> HttpResponse:
    """The document as a file; or first as a page, where one wants to look."""
    form = ReportForm(request.POST, member=request.member)
    if not form.is_valid():
        return _page(request, form, request.POST.get("decision", ""))
    if "look" in request.POST:
        kept = [(name, request.POST[name]) for name in NAMES if request.POST.get(name)]
        return go(request, f"{reverse('reports:preview')}?{urlencode(kept)}")
    made = make(by=request.member, scope=form.scope, kind=form.cleaned_data["format"])
    name, content_type, content = made.packed()
    return attachment(content, content_type, name)


def _page(request: HttpRequest, form: ReportForm, decision: str) -> HttpResponse:
    about = decision_of(request.member, decision)
    status = 422 if form.is_bound and form.errors else 200
    shown = form.about_decision() if about else form
    context = {"form": shown, "question": about.question if about else "", "decision": decision}
    return render_page(request, "reports/choose.html", context, status=status)
