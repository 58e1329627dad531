"""The page on which one asks before one asks, and the way to anywhere."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from antiphon.interfaces.search import places
from antiphon.interfaces.search.known import known_about
from antiphon.platform.ui.render import render_page


@require_GET
def ask(request: HttpRequest) -> HttpResponse:
    """What is already known on a question."""
    question = request.GET.get("q", "").strip()[:300]
    context = {"question": question, "known": known_about(request.member, question) if question else None}
    return render_page(request, "search/ask.html", context)


@require_GET
def jump(request: HttpRequest) -> HttpResponse:
    """Places, what one may do, and things by their name, as one types."""
    words = request.GET.get("q", "").strip()[: places.LONGEST]
    context = {"words": words, "groups": places.jump(request.member, words)}
    return render_page(request, "search/jump.html", context, part="found")
