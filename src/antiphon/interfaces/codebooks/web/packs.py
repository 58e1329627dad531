"""Pages of the shipped packs: what there is, from where, what is added to it and hidden of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_POST

from antiphon.platform.errors import NotNow
from antiphon.platform.ui.render import go, render_page
from antiphon.platform.vocabulary import actions, permissions, queries

# Where an entry was read, in words; the letters stand in the packs.
PROVENANCE = {
    "S0": lazy("founding document"),
    "S1": lazy("founding document"),
    "S2": lazy("founding document"),
    "S3": lazy("founding document"),
    "S4": lazy("founding document"),
    "V": lazy("seen in a public source"),
    "P": lazy("seen in part"),
    "R": lazy("recalled, not confirmed"),
    "I": lazy("Antiphon’s own"),
    "W": lazy("your own"),
}
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
    try:
        actions.hide(by=request.member, pack=pack_id, code=request.POST.get("code", ""))
    except NotNow as refusal:
        messages.error(request, str(refusal.sentence))
    else:
        messages.success(request, _("Hidden. Nobody is offered it any longer; where it was chosen it keeps its name."))
    return go(request, "codebooks:pack", pack_id)


@require_POST
def pack_show(request: HttpRequest, pack_id: str) -> HttpResponse:
    """Offer a hidden entry again."""
    actions.show(by=request.member, pack=pack_id, code=request.POST.get("code", ""))
    messages.success(request, _("It is offered again."))
    return go(request, "codebooks:pack", pack_id)


def provenance_of(word: queries.WordRow) -> str:
    """Where an entry was read, each way once."""
    return ", ".join(dict.fromkeys(str(PROVENANCE.get(tag, tag)) for tag in word.provenance))
