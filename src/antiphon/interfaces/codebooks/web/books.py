"""Pages of own codebooks."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from antiphon.interfaces.codebooks import files
from antiphon.interfaces.codebooks.web.forms import CodebookForm, FileForm
from antiphon.platform.ui.forms import refusals_in, status_of
from antiphon.platform.ui.render import go, render_page
from antiphon.platform.vocabulary import actions, queries
from antiphon.workspace.voices import queries as voices

if TYPE_CHECKING:
    from antiphon.platform.vocabulary.models import Codebook


@require_http_methods(["GET", "POST"])
def book_new(request: HttpRequest) -> HttpResponse:
    """Open a codebook of one's own."""
    actions.check_may_change(request.member)
    form = CodebookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            book = actions.open_codebook(by=request.member, **form.cleaned_data)
            messages.success(request, _("The codebook is open. Next: add its first word, or bring a file."))
            return go(request, "codebooks:record", book.pk)
    return render_page(request, "codebooks/book_edit.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def book_edit(request: HttpRequest, codebook_id: UUID) -> HttpResponse:
    """Say anew what a codebook is called and what it is for."""
    book = queries.get_book(request.member, codebook_id)
    actions.check_may_change(request.member)
    form = CodebookForm(request.POST if request.method == "POST" else None, initial=_words(book))
    if request.method == "POST" and form.is_valid():
        with refusals_in(form, lambda: _words(queries.get_book(request.member, codebook_id))):
            actions.edit_codebook(by=request.member, codebook=book, **form.cleaned_data)
            messages.success(request, _("The codebook was changed."))
            return go(request, "codebooks:record", codebook_id)
    context = {"form": form, "book": queries.book_record(request.member, codebook_id)}
    return render_page(request, "codebooks/book_edit.html", context, status=status_of(form))


@require_GET
def book_record(request: HttpRequest, codebook_id: UUID) -> HttpResponse:
    """A codebook with its words."""
    return _record(request, codebook_id)


@require_POST
def book_close(request: HttpRequest, codebook_id: UUID) -> HttpResponse:
    """Offer a codebook no longer."""
    actions.close_codebook(by=request.member, codebook=queries.get_book(request.member, codebook_id))
    messages.success(request, _("Closed. What was coded with it keeps its words."))
    return go(request, "codebooks:record", codebook_id)


@require_POST
def book_reopen(request: HttpRequest, codebook_id: UUID) -> HttpResponse:
    """Offer a closed codebook again."""
    actions.reopen_codebook(by=request.member, codebook=queries.get_book(request.member, codebook_id))
    messages.success(request, _("It is offered again."))
    return go(request, "codebooks:record", codebook_id)


@require_POST
def book_bring(request: HttpRequest, codebook_id: UUID) -> HttpResponse:
    """Take the entries of a file into a codebook, all of them or none."""
    book = queries.get_book(request.member, codebook_id)
    actions.check_may_change(request.member)
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        sent = form.cleaned_data["file"]
        with refusals_in(form):
            found = files.read(sent.name, sent.read(files.LARGEST + 1))
            added = actions.take_in(by=request.member, codebook=book, rows=found)
            messages.success(request, _("%(count)s words were taken in.") % {"count": len(added)})
            return go(request, "codebooks:record", codebook_id)
    return _record(request, codebook_id, form, status=422)


def _words(book: "Codebook") -> dict[str, object]:
    """What a codebook is called and is for, and which version of it that is."""
    return {"name": book.name, "purpose": book.purpose, "version": book.version}


def _record(request: HttpRequest, codebook_id: UUID, form: FileForm | None = None, status: int = 200) -> HttpResponse:
    book, learning = queries.book_record(request.member, codebook_id), voices.learning(request.member)
    codes = {word.code for word in book.words}
    context = {
        "book": book,
        "file_form": form or FileForm(),
        "learning": learning,
        "fits": [fit for fit in learning.codes if fit.code in codes],
    }
    return render_page(request, "codebooks/book.html", context, status=status)
