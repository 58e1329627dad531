"""Icons, states, clocks, bars and maps: the small pieces of every page."""

import datetime as dt
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.http import QueryDict
from django.templatetags.static import static
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_supported_language_variant, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from antiphon.platform.ui.templatetags.charts import as_bars, drawn, heatmap, spark

register = template.Library()
register.inclusion_tag("ui/heatmap.html")(heatmap)
register.inclusion_tag("ui/spark.html")(spark)
register.filter(drawn)

# What a state is called and which sign stands beside the word; never colour alone.
STATES = {
    "waiting": ("hourglass", gettext_lazy("Waiting")),
    "late": ("clock-exclamation", gettext_lazy("Late")),
    "answered": ("circle-check", gettext_lazy("Answered")),
    "agreed": ("check", gettext_lazy("Agreed")),
    "silent": ("microphone-off", gettext_lazy("Nobody asked")),
    "draft": ("pencil", gettext_lazy("Draft")),
    "closed": ("lock", gettext_lazy("Closed")),
    "safety": ("shield-exclamation", gettext_lazy("Possible safety event")),
}
# Decoration is not read out.
HIDDEN = SafeString('aria-hidden="true"')
THEMES = ("light", "dark")
SOON = 7


@register.simple_tag
def icon(name: str, label: str = "", extra: str = "") -> SafeString:
    """An icon of the sprite: decoration, unless it carries a label of its own."""
    spoken = format_html('role="img" aria-label="{}"', label) if label else HIDDEN
    return format_html(
        '<svg class="icon {}" {} focusable="false"><use href="{}#tabler-{}"></use></svg>',
        extra,
        spoken,
        static("ui/icons.svg"),
        name,
    )


@register.simple_tag(takes_context=True)
def theme_attribute(context: template.Context) -> SafeString:
    """The person's choice of light or dark, from their cookie; nothing when their machine decides."""
    chosen = theme(context)
    return format_html(' data-bs-theme="{}"', chosen) if chosen else SafeString("")


@register.simple_tag(takes_context=True)
def theme(context: template.Context) -> str:
    """`light`, `dark`, or nothing."""
    request = context.get("request")
    chosen = request.COOKIES.get("theme", "") if request else context.get("theme", "")
    return chosen if chosen in THEMES else ""


@register.simple_tag
def languages() -> list[tuple[str, str, bool]]:
    """Every language of the interface: code, its own name, whether this page is in it."""
    now = get_supported_language_variant(get_language() or settings.LANGUAGE_CODE)
    return [(code, name, code == now) for code, name in settings.LANGUAGES]


@register.simple_tag(takes_context=True)
def here(context: template.Context) -> str:
    """Where to come back to: this page, or the one whose form was sent here."""
    request = context.get("request")
    if request is None:
        return "/"
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    came_from = urlsplit(request.headers.get("Referer", ""))
    return urlunsplit(("", "", came_from.path or "/", came_from.query, ""))


def as_date(value: dt.date | dt.datetime) -> dt.date:
    if isinstance(value, dt.datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value


@register.filter
def day(value: dt.date | dt.datetime | None, today: dt.date | None = None) -> str:
    """`3 Nov`, with the year when it is another one."""
    if value is None:
        return ""
    on, now = as_date(value), as_date(today or timezone.localdate())
    return date_format(on, _("j M") if on.year == now.year else _("j M Y"))


@register.simple_tag(takes_context=True)
def on_day(context: template.Context, value: dt.date | dt.datetime | None) -> str:
    """As the filter `day`, in pages that may or may not know `today`."""
    return day(value, context.get("today"))


@register.filter
def clock_words(due: dt.date | dt.datetime | None, today: dt.date | None = None) -> str:
    """`3 Nov, in 4 days`, `3 Nov, today` or `late by 2 days`."""
    if due is None:
        return _("no date yet")
    now = as_date(today or timezone.localdate())
    days = (as_date(due) - now).days
    if days < 0:
        return ngettext("late by %(days)d day", "late by %(days)d days", -days) % {"days": -days}
    return _("%(date)s, %(when)s") % {"date": day(due, now), "when": when(days)}


def when(days: int) -> str:
    near = {0: _("today"), 1: _("tomorrow")}
    return near.get(days) or ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}


@register.inclusion_tag("ui/clock.html", takes_context=True)
def clock(context: template.Context, due: dt.date | None, today: dt.date | None = None) -> dict:
    """A date that matters, with how near it is; `today` may also come from the context."""
    now = as_date(today or context.get("today") or timezone.localdate())
    days = (as_date(due) - now).days if due else SOON + 1
    tone = "late" if days < 0 else "soon" if days <= SOON else "calm"
    return {
        "due": due,
        "words": clock_words(due, now),
        "tone": tone,
        "sign": "clock-exclamation" if tone == "late" else "clock",
    }


@register.inclusion_tag("ui/badge.html")
def badge(state: str, label: str = "") -> dict:
    """A state as sign and word; a state nobody named here is shown in a draft's quiet dress."""
    sign, words = STATES.get(state, ("circle", state))
    return {"state": state if state in STATES else "draft", "sign": sign, "words": label or words}


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """This page's query with changes: `{% query page=2 state=None %}`; None or nothing takes one out."""
    request = context.get("request")
    wanted = request.GET.copy() if request else QueryDict(mutable=True)
    for name, value in changes.items():
        wanted.pop(name, None)
        if value not in (None, ""):
            wanted[name] = value
    return "?" + wanted.urlencode()


@register.filter
def percent_of(value: float | None, whole: float | None) -> int:
    """A share in whole percent; of nothing it is nothing."""
    return round(100 * (value or 0) / whole) if whole else 0


@register.simple_tag
def bar(value: float | None, largest: float | None, tone: str = "") -> SafeString:
    """A drawn bar from zero; the number stands beside it in words."""
    width = min(100, max(0, percent_of(value, largest)))
    return format_html(
        '<svg class="bar bar-{}" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" '
        'focusable="false"><rect class="bar-track" width="100" height="10"></rect>'
        '<rect class="bar-fill" width="{}" height="10"></rect></svg>',
        tone or "plain",
        width,
    )


@register.inclusion_tag("ui/bars.html")
def bars(rows: Any, caption: str = "", largest: float | None = None) -> dict:
    """Bars under each other, longest by the largest value unless told another end."""
    chart = as_bars(rows, caption, largest)
    return {"rows": chart.bars, "caption": chart.title, "largest": chart.top}


@register.inclusion_tag("ui/progress.html")
def progress(done: int, total: int, label: str, rest: str = "") -> dict:
    """A true bar: so many of so many, and what is left."""
    return {"done": done, "total": total, "label": label, "rest": rest, "percent": percent_of(done, total)}


@register.inclusion_tag("ui/pager.html", takes_context=True)
def pager(context: template.Context, page: Page, name: str = "page") -> dict:
    """Numbered pages that keep every filter in the address."""
    gap = page.paginator.ELLIPSIS
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    links = [{"number": n, "url": "" if n == gap else query(context, **{name: n})} for n in numbers]
    near = {
        "earlier": page.has_previous() and query(context, **{name: page.number - 1}),
        "later": page.has_next() and query(context, **{name: page.number + 1}),
    }
    return {"page": page, "links": links, **near}
