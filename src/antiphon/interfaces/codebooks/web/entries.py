"""Pages of one's own words: adding, changing, retiring, putting in order."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from antiphon.interfaces.codebooks.web.forms import EntryForm, RetireForm
from antiphon.platform.ui.forms import refusals_in, status_of
from antiphon.platform.ui.render import go, render_page
from antiphon.platform.ui.telling import outcome_told
from antiphon.platform.vocabulary import actions, queries, rules

if TYPE_CHECKING:
    from antiphon.platform.vocabulary.models import Codebook, CodebookEntry

TEXTS = ("label", "meaning", "example", "parent", "takes_after")


@require_http_methods(["GET", "POST"])
def pack_add(request: HttpRequest, pack_id: str) -> HttpResponse:
    """Add a word of one's own to a pack."""
    title = queries.pack_record(request.member, pack_id).row.title
    back = reverse("codebooks:pack", args=[pack_id])
    return _add(request, pack=pack_id, context={"above": title, "back": back})


@require_http_methods(["GET", "POST"])
def book_add(request: HttpRequest, codebook_id: UUID) -> HttpResponse:
    """Add a word to a codebook."""
    book = queries.get_book(request.member, codebook_id)
    back = reverse("codebooks:record", args=[codebook_id])
    return _add(request, codebook=book, context={"above": book.name, "back": back})


@require_http_methods(["GET", "POST"])
def entry_edit(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Say anew what a word means, or retire it."""
    entry = queries.get_entry(request.member, entry_id)
    actions.check_may_change(request.member)
    form = _form(request, entry, entry.codebook, entry.pack)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form, lambda: _texts(queries.get_entry(request.member, entry_id))):
            actions.edit_entry(by=request.member, entry=entry, **form.cleaned_data)
            messages.success(request, _("The word was changed. Its code and all that was coded with it stay."))
            return go(request, _home(entry))
    return _page(request, form, entry, status=status_of(form))


@require_POST
def entry_retire(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Offer a word no longer, with the one that stands in for it."""
    entry = queries.get_entry(request.member, entry_id)
    with outcome_told(request, _("Retired. Where it was chosen it keeps its words.")):
        actions.retire_entry(by=request.member, entry=entry, instead=request.POST.get("instead", ""))
    return go(request, _home(entry))


@require_POST
def entry_bring_back(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Offer a retired word again."""
    entry = queries.get_entry(request.member, entry_id)
    with outcome_told(request, _("It is offered again.")):
        actions.bring_back_entry(by=request.member, entry=entry)
    return go(request, _home(entry))


@require_POST
def entry_move(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Put a word one place up or down."""
    entry = queries.get_entry(request.member, entry_id)
    with outcome_told(request):
        actions.move_entry(by=request.member, entry=entry, up=request.POST.get("to") == "up")
    return go(request, f"{_home(entry)}#w-{entry.pk}")


def _add(request: HttpRequest, *, context: dict, codebook: "Codebook | None" = None, pack: str = "") -> HttpResponse:
    actions.check_may_change(request.member)
    form = _form(request, None, codebook, pack)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            actions.add_entry(by=request.member, codebook=codebook, pack=pack, **form.cleaned_data)
            messages.success(request, _("Added. It is offered wherever its neighbours are."))
            return go(request, context["back"])
    return render_page(request, "codebooks/entry.html", {"form": form, **context}, status=422 if form.errors else 200)


def _form(request: HttpRequest, entry: "CodebookEntry | None", book: "Codebook | None", pack: str) -> EntryForm:
    lists = {
        "parents": queries.parents_of(request.member, entry, book, pack),
        "likes": queries.shipped_choices(pack) if pack in rules.TAKES_AFTER else [],
    }
    initial = _texts(entry) if entry else {}
    return EntryForm(request.POST if request.method == "POST" else None, initial=initial, **lists)


def _texts(entry: "CodebookEntry") -> dict[str, object]:
    """What a word says, and which version of it that is."""
    return {field: getattr(entry, field) for field in (*TEXTS, "version")}


def _page(request: HttpRequest, form: EntryForm, entry: "CodebookEntry", status: int) -> HttpResponse:
    context = {
        "form": form,
        "entry_id": entry.pk,
        "code": entry.code,
        "is_retired": entry.retired_at is not None,
        "retire_form": RetireForm(others=queries.instead_of(request.member, entry)),
        "above": entry.codebook.name if entry.codebook else queries.pack_record(request.member, entry.pack).row.title,
        "back": _home(entry),
    }
    return render_page(request, "codebooks/entry.html", context, status=status)


def _home(entry: "CodebookEntry") -> str:
    """The page on which a word stands."""
    if entry.codebook_id:
        return reverse("codebooks:record", args=[entry.codebook_id])
    return reverse("codebooks:pack", args=[entry.pack])
