"""Pages of programmes."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from antiphon.platform.ui import filters
from antiphon.platform.ui.forms import refusals_in, status_of
from antiphon.platform.ui.lists import chosen_order, table
from antiphon.platform.ui.render import go, render_page
from antiphon.platform.vocabulary.queries import vocabulary
from antiphon.workspace.programmes import actions, permissions, queries
from antiphon.workspace.programmes.exports import PROGRAMMES
from antiphon.workspace.programmes.web.forms import ProgrammeForm, QuestionForm


@require_GET
def programme_list(request: HttpRequest) -> HttpResponse:
    """All programmes of the workspace."""
    search = request.GET.get("q", "")
    rows = queries.rows(request.member, order=chosen_order(request, PROGRAMMES), search=search)
    context = {
        "table": table(request, PROGRAMMES, rows),
        "search": search,
        "filters": [filters.search(search)],
        "can_edit": permissions.may_edit(request.member),
    }
    return render_page(request, "programmes/list.html", context, part="rows")


@require_http_methods(["GET", "POST"])
def programme_new(request: HttpRequest) -> HttpResponse:
    """Set up a programme."""
    form = ProgrammeForm(request.POST or None, words=vocabulary(request.member))
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            programme = actions.open_programme(by=request.member, **form.cleaned_data)
            messages.success(request, _("The programme is set up. Next: what do you want to know from patients?"))
            return go(request, "programmes:record", programme.pk)
    return render_page(request, "programmes/edit.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def programme_edit(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """Change a programme."""
    programme = queries.get(request.member, programme_id)
    form = ProgrammeForm(request.POST or None, initial=queries.initial(programme), words=vocabulary(request.member))
    if request.method == "POST" and form.is_valid():
        with refusals_in(form, lambda: queries.initial(queries.get(request.member, programme_id))):
            actions.edit_programme(by=request.member, programme=programme, **form.cleaned_data)
            messages.success(request, _("The programme was changed."))
            return go(request, "programmes:record", programme.pk)
    context = {"form": form, "programme": queries.row(request.member, programme_id)}
    return render_page(request, "programmes/edit.html", context, status=status_of(form))


@require_GET
def programme_record(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """A programme, its questions, and the way to the next step."""
    return _record(
        request,
        programme_id,
        QuestionForm(initial={"function": request.member.function}, words=vocabulary(request.member)),
    )


@require_POST
def question_ask(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """Ask a question at a decision point."""
    programme = queries.get(request.member, programme_id)
    form = QuestionForm(request.POST, words=vocabulary(request.member))
    if form.is_valid():
        with refusals_in(form):
            actions.ask(by=request.member, programme=programme, **form.cleaned_data)
            messages.success(request, _("The question is on the programme. Choose it when you plan an engagement."))
            return go(request, "programmes:record", programme.pk)
    return _record(request, programme_id, form, status=422)


@require_POST
def question_withdraw(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Take a question back that was never asked."""
    question = queries.get_question(request.member, question_id)
    actions.withdraw_question(by=request.member, question=question)
    messages.success(request, _("The question was taken back."))
    return go(request, "programmes:record", question.programme_id)


def _record(request: HttpRequest, programme_id: UUID, form: QuestionForm, status: int = 200) -> HttpResponse:
    context = {
        "programme": queries.row(request.member, programme_id),
        "questions": queries.questions(request.member, programme_id=programme_id),
        "form": form,
        "can_ask": permissions.may_ask(request.member),
    }
    return render_page(request, "programmes/record.html", context, status=status)
