"""Pages on which files are brought in."""

import csv
from collections.abc import Iterator
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from antiphon.platform.errors import NotValid, check_allowed
from antiphon.platform.ui.forms import refusals_in
from antiphon.platform.ui.lists import table
from antiphon.platform.ui.render import go, render_page
from antiphon.workspace.voices import actions, permissions, queries
from antiphon.workspace.voices.exports import INTAKES
from antiphon.workspace.voices.web.forms import AboutForm, ColumnsForm, FileForm

STEPS = (
    ("voices:intake_new", gettext_lazy("Choose a file")),
    ("voices:intake_columns", gettext_lazy("Map the columns")),
    ("voices:intake_about", gettext_lazy("Source and consent")),
    ("voices:intake_check", gettext_lazy("See what will happen")),
)


def steps(current: int, intake_id: UUID | None = None) -> list[dict]:
    """Where one is in the wizard; what is done leads back."""
    states = ["done"] * current + ["current"] + ["todo"] * (len(STEPS) - current - 1)
    return [
        {
            "label": label,
            "state": state,
            "url": reverse(name, args=[intake_id]) if place and intake_id else "",
        }
        for place, ((name, label), state) in enumerate(zip(STEPS, states, strict=True))
    ]


@require_GET
def intake_list(request: HttpRequest) -> HttpResponse:
    """Every file that was brought in."""
    rows = queries.intakes(request.member)
    context = {"table": table(request, INTAKES, rows), "can_bring": permissions.may_bring(request.member)}
    return render_page(request, "voices/intake_list.html", context)


@require_http_methods(["GET", "POST"])
def intake_new(request: HttpRequest) -> HttpResponse:
    """Choose a file."""
    check_allowed(permissions.may_bring(request.member), _("Only patient engagement leads bring in files."))
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            intake = actions.bring(by=request.member, name=file.name, chunks=file.chunks())
        except NotValid as refusal:
            form.add_error("file", str(refusal.sentence))
        else:
            return go(request, "voices:intake_columns", intake.pk)
    context = {"form": form, "steps": steps(0)}
    return render_page(request, "voices/intake_new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def intake_columns(request: HttpRequest, intake_id: UUID) -> HttpResponse:
    """Say what each column holds."""
    if request.POST.get("sheet"):
        actions.choose_sheet(by=request.member, intake_id=intake_id, sheet=request.POST["sheet"])
        return go(request, "voices:intake_columns", intake_id)
    draft = queries.draft(request.member, intake_id)
    form = ColumnsForm(draft.columns, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            actions.map_columns(by=request.member, intake_id=intake_id, roles=form.roles())
            return go(request, "voices:intake_about", intake_id)
    context = {"form": form, "draft": draft, "steps": steps(1, intake_id)}
    return render_page(request, "voices/intake_columns.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def intake_about(request: HttpRequest, intake_id: UUID) -> HttpResponse:
    """Say where the file comes from and on which consent it stands."""
    draft = queries.draft(request.member, intake_id)
    form = AboutForm(
        request.POST if request.method == "POST" else None,
        initial=queries.about_initial(request.member, intake_id),
        engagements=queries.engagements(request.member),
    )
    if request.method == "POST" and form.is_valid():
        about = {name: form.cleaned_data[name] for name in ("source", "consent_scope", "consent_note")}
        engagement = form.cleaned_data["engagement"]
        with refusals_in(form):
            actions.describe(by=request.member, intake_id=intake_id, engagement_id=engagement, **about)
            return go(request, "voices:intake_check", intake_id)
    context = {
        "form": form,
        "draft": draft,
        "steps": steps(2, intake_id),
        "sources": queries.sources(request.member),
    }
    return render_page(request, "voices/intake_about.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def intake_check(request: HttpRequest, intake_id: UUID) -> HttpResponse:
    """See what will happen, then start."""
    if request.method == "POST":
        actions.start(by=request.member, intake_id=intake_id)
        return go(request, "voices:intake_record", intake_id)
    draft = queries.draft(request.member, intake_id)
    if draft.check is None:
        return go(request, queries.next_step(queries.get_intake(request.member, intake_id)), intake_id)
    return render_page(request, "voices/intake_check.html", {"draft": draft, "steps": steps(3, intake_id)})


@require_GET
def intake_record(request: HttpRequest, intake_id: UUID) -> HttpResponse:
    """How far a file is taken in, and the receipt."""
    progress = queries.progress(request.member, intake_id)
    if not progress.total:
        return go(request, queries.next_step(queries.get_intake(request.member, intake_id)), intake_id)
    return render_page(request, "voices/intake_record.html", {"progress": progress})


@require_GET
def intake_progress(request: HttpRequest, intake_id: UUID) -> HttpResponse:
    """The moving part of the page about a file."""
    context = {"progress": queries.progress(request.member, intake_id)}
    return render_page(request, "voices/intake_record.html", context, part="progress")


@require_POST
def intake_resume(request: HttpRequest, intake_id: UUID) -> HttpResponse:
    """Go on where it stopped."""
    actions.resume(by=request.member, intake_id=intake_id)
    messages.success(request, _("It goes on where it stopped. Nothing is taken in twice."))
    return go(request, "voices:intake_record", intake_id)


@require_GET
def intake_bad_rows(request: HttpRequest, intake_id: UUID) -> HttpResponse:
    """The rows that failed, to be mended and sent again."""
    lines = queries.bad_rows(request.member, intake_id)
    response = StreamingHttpResponse(_csv_lines(lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="bad-rows-{intake_id}.csv"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, value: str) -> str:
        return value


def _csv_lines(lines: Iterator[tuple[str, str, str]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow([_("place"), _("reason"), _("row")])
    for line in lines:
        yield writer.writerow(line)
