"""Pages of the shipped packs: what there is, from where, what is added to it and hidden of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_POST

from antiphon.interfaces.codebooks.exports import provenance_of
from antiphon.platform.ui.render import go, render_page
from antiphon.platform.ui.telling import outcome_told
from antiphon.platform.vocabulary import actions, permissions, queries

STAYS = {
    "named_by_rules": lazy("Nothing here can be hidden: rules of decisions and answers name these entries."),
    "given_by_people": lazy("Nothing here can be hidden: people gave their consent in these words."),
    "others_stand_on_it": lazy("Nothing here can be hidden: programmes and decision points stand on it."),
    "never_chosen": lazy("Nothing here is chosen anywhere yet, so there is nothing to hide."),
}


@require_GET
def word_list(request: HttpRequest) -> HttpResponse:
    """The shipped packs and the workspace's own codebooks."""
    context = {
        "packs": queries.pack_rows(request.member),
        "books": queries.book_rows(request.member),
        "can_change": permissions.may_change(request.member),
    }
    return render_page(request, "codebooks/list.html", context)


@require_GET
def pack_record(request: HttpRequest, pack_id: str) -> HttpResponse:
    """One pack with all its entries."""
    record = queries.pack_record(request.member, pack_id)
    context = {
        "pack": record,
        "words": [(word, provenance_of(word)) for word in record.words],
        "stays": STAYS.get(record.stays, ""),
    }
    return render_page(request, "codebooks/pack.html", context)


@require_POST
def pack_hide(request: HttpRequest, pack_id: str) -> HttpResponse:
    """Offer an entry no longer."""
    done = _("Hidden. Nobody is offered it any longer; where it was chosen it keeps its name.")
    with outcome_told(request, done):
        actions.hide(by=request.member, pack=pack_id, code=request.POST.get("code", ""))
    return go(request, "codebooks:pack", pack_id)


@require_POST
def pack_show(request: HttpRequest, pack_id: str) -> HttpResponse:
    """Offer a hidden entry again."""
    actions.show(by=request.member, pack=pack_id, code=request.POST.get("code", ""))
    messages.success(request, _("It is offered again."))
    return go(request, "codebooks:pack", pack_id)
