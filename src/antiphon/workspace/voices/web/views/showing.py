"""The reader's page, and the way back to it after something was done."""

from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from antiphon.platform import clock
from antiphon.platform.errors import NotValid
from antiphon.platform.ui.render import go, render_page
from antiphon.workspace.voices import queries

LONGEST_SEARCH = 100


def an_id(text: str) -> str:
    """The text when it is an id, else nothing."""
    try:
        return str(UUID(text))
    except ValueError:
        return ""


def wanted(data: QueryDict) -> queries.Wanted:
    """What the address asks to see."""
    show, order = data.get("show", ""), data.get("order", "")
    return queries.Wanted(
        show=show if show in queries.SHOWS else queries.SHOWS[0],
        engagement=an_id(data.get("engagement", "")),
        section=data.get("section", "")[:20],
        order=order if order in queries.ORDERS else queries.ORDERS[0],
        q=data.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH],
    )


def address(asked: queries.Wanted, **more: str) -> str:
    """The filters as they stand in the address, without those left empty."""
    kept = {"show": "" if asked.show == queries.SHOWS[0] else asked.show}
    kept["order"] = "" if asked.order == queries.ORDERS[0] else asked.order
    kept |= {"engagement": asked.engagement, "section": asked.section, "q": asked.q} | more
    return urlencode({name: value for name, value in kept.items() if value})


def show_reader(
    request: HttpRequest,
    asked: queries.Wanted,
    *,
    voice_id: str = "",
    after_id: str = "",
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """The reading queue, or the part of it that changes."""
    reader = queries.reader(request.member, asked, voice_id=voice_id, after_id=after_id)
    context = {
        "reader": reader,
        "back": address(asked),
        "needs": queries.needs(request.member),
        "filters": _filters(reader),
        "problem": problem,
        "typed": request.POST,
        "today": clock.today(),
        "clear_url": reverse("voices:queue") if address(asked) else "",
    }
    response = render_page(request, "voices/queue.html", context, part="reader", status=status)
    if request.htmx and reader.opened:
        here = address(asked, voice=str(reader.opened.voice.id))
        response["HX-Push-Url"] = f"{reverse('voices:queue')}?{here}"
    return response


def show_record(request: HttpRequest, voice_id: UUID | str, status: int = 200, **more: str) -> HttpResponse:
    """Everything about one passage, on a page of its own."""
    context = {
        "record": queries.record(request.member, voice_id),
        "needs": queries.needs(request.member),
        "typed": request.POST,
        "today": clock.today(),
        **more,
    }
    return render_page(request, "voices/voice.html", context, status=status)


def back_to(request: HttpRequest, voice_id: UUID | str = "", *, after: UUID | str = "") -> HttpResponse:
    """On with reading: at the same passage, or at the first one that waits."""
    if request.POST.get("from") == "record" and voice_id:
        return go(request, "voices:voice", voice_id)
    asked = wanted(QueryDict(request.POST.get("back", "")))
    if request.htmx:
        return show_reader(request, asked, voice_id=str(voice_id), after_id=str(after))
    return redirect(f"{reverse('voices:queue')}?{address(asked, voice=str(voice_id), after=str(after))}")


def refuse(request: HttpRequest, voice_id: UUID | str, refusal: NotValid | forms.Form) -> HttpResponse:
    """The same passage with what was typed, and what is wrong with it."""
    problem = _first_error(refusal) if isinstance(refusal, forms.Form) else str(refusal.sentence)
    if request.POST.get("from") == "record":
        return show_record(request, voice_id, problem=problem, status=422)
    asked = wanted(QueryDict(request.POST.get("back", "")))
    return show_reader(request, asked, voice_id=an_id(str(voice_id)), problem=problem, status=422)


def _first_error(form: forms.Form) -> str:
    errors = [str(error) for found in form.errors.values() for error in found]
    return errors[0] if errors else _("Something needs another look.")


def _filters(reader: queries.Reader) -> list[dict]:
    asked = reader.wanted
    shows = {
        "unread": _("Not read yet"),
        "safety": _("Possible safety events"),
        "read": _("Read"),
        "all": _("All passages"),
    }
    as_it_came = [("came", _("As it came"))]
    return [
        {"name": "q", "label": _("Words"), "kind": "search", "value": asked.q},
        {"name": "show", "label": _("Show"), "value": asked.show, "options": _options(shows.items())},
        {
            "name": "engagement",
            "label": _("Engagement"),
            "value": asked.engagement,
            "options": _options(reader.engagements),
        },
        {"name": "section", "label": _("Need"), "value": asked.section, "options": _options(reader.sections)},
        {
            "name": "order",
            "label": _("Order"),
            "value": asked.order,
            "first": _("What teaches most"),
            "options": _options(as_it_came),
        },
    ]


def _options(pairs: object) -> list[dict]:
    return [{"value": value, "label": label} for value, label in pairs]
