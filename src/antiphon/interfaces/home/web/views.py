"""The first page, Today, and the small things of the frame."""

from collections.abc import Container

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.utils.dateformat import format as date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_POST

from antiphon.interfaces.demonstration import personas as demonstration
from antiphon.platform import clock
from antiphon.platform.errors import NotAllowed
from antiphon.platform.ui.render import render_page
from antiphon.platform.workspaces import queries as workspaces
from antiphon.platform.workspaces.middleware import public
from antiphon.workspace.measures import queries as measures

THEMES = {"light", "dark", "auto"}
BACKEND = settings.AUTHENTICATION_BACKENDS[0]
# kind of thing owed: (icon, words, page)
OWED = {
    "THANKS": ("heart-handshake", lazy("Say thank you"), "engagements:record"),
    "HOLDING_REPLY": ("mail", lazy("Send a holding reply"), "engagements:record"),
    "DECISION": ("scale", lazy("Decide"), "decisions:record"),
    "ANSWER_UNDRAFTED": ("message-reply", lazy("Answer those who spoke"), "decisions:record"),
    "ANSWER_DRAFT": ("check", lazy("Approve the answer"), "answers:record"),
    "ANSWER_APPROVED": ("send", lazy("Give the answer"), "answers:record"),
}
GREETINGS = (
    (12, lazy("Good morning, %(name)s")),
    (18, lazy("Good afternoon, %(name)s")),
    (24, lazy("Good evening, %(name)s")),
)


@public
@require_GET
def welcome(request: HttpRequest) -> HttpResponse:
    """What Antiphon is, and that engagement here is not portal self-care."""
    if request.member is not None:
        return redirect("home:today")
    return render_page(request, "home/welcome.html", {"personas": demonstration.personas(request)})


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """What waits for me?"""
    shown = measures.today(request.member)
    hour = clock.local_now().hour
    greeting = next(words for until, words in GREETINGS if hour < until)
    bars = [
        {
            "label": row.function_label,
            "value": row.waiting_count,
            "note": _("late %(n)s") % {"n": row.late_count} if row.late_count else "",
            "tone": "late" if row.late_count else "waiting",
        }
        for row in shown.waiting
    ]
    owed = [(thing, *OWED[thing.kind]) for thing in shown.owed]
    points = [
        {"label": date_format(rate.day, "M Y"), "value": rate.percent, "note": f"n {rate.agreed_count}"}
        for rate in shown.rates
    ]
    context = {
        "shown": shown,
        "greeting": greeting % {"name": _first_name(request.member.name)},
        "bars": bars,
        "owed": owed,
        "points": points,
        "map": shown.map,
    }
    return render_page(request, "home/today.html", context)


def _first_name(name: str) -> str:
    """What a person is greeted by; an account may have been made without a name."""
    return name.strip().partition(" ")[0]


@require_GET
def tour(request: HttpRequest) -> HttpResponse:
    """A short path through the whole line."""
    return render_page(request, "home/tour.html", {})


@public
@require_POST
def sign_in_as(request: HttpRequest) -> HttpResponse:
    """Sign in as somebody of the demonstration."""
    offered = {str(persona.id) for persona in demonstration.personas(request)}
    chosen = request.POST.get("member", "")
    if chosen not in offered:
        raise NotAllowed(_("This works in the demonstration only."))
    member = workspaces.demonstration_member(chosen)
    login(request, member.user, backend=BACKEND)
    request.session["member_id"] = chosen
    words = _("You are %(name)s now: %(role)s.") % {"name": member.name, "role": member.role_label}
    messages.success(request, words)
    return redirect("home:today")


@public
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Light, dark, or as the machine says."""
    return _remembered(request, "theme", request.POST.get("theme", "auto"), THEMES)


@public
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """The language of the interface; without a choice the browser says."""
    chosen = request.POST.get("language", "")
    return _remembered(request, settings.LANGUAGE_COOKIE_NAME, chosen, dict(settings.LANGUAGES))


def _remembered(request: HttpRequest, name: str, chosen: str, known: Container[str]) -> HttpResponse:
    """A choice kept by the browser for a year, and back to where it was made."""
    back = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    # Not redirect(): it would take a word without a slash for the name of a page.
    response = HttpResponseRedirect(back if safe and back.startswith("/") else "/")
    if chosen in known:
        response.set_cookie(name, chosen, max_age=31_536_000, samesite="Lax", httponly=True, secure=settings.HTTPS)
    return response


@public
@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """Whether this process answers and reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})
