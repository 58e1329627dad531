"""Pages of the map and the trails."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET

from antiphon.platform.errors import NoSuch
from antiphon.platform.ui import filters
from antiphon.platform.ui.render import render_page
from antiphon.platform.vocabulary.queries import vocabulary
from antiphon.workspace.measures import queries
from antiphon.workspace.programmes import queries as programmes

BY = [("stage", lazy("Lifecycle stages")), ("function", lazy("Functions"))]
REACHES = [
    ("answered", lazy("Answered"), lazy("told back to those who spoke")),
    ("decided", lazy("Decided"), lazy("weighed in a closed decision")),
    ("heard", lazy("Heard"), lazy("an agreed insight")),
    ("asked", lazy("Asked"), lazy("a question put to patients")),
    ("planned", lazy("Planned"), lazy("a question nobody was asked yet")),
    ("silent", lazy("Silent"), lazy("nobody planned to ask")),
]
# kind: (icon, heading, page of one, what to say when there is none)
COLUMNS: dict[str, tuple[str, Promise, str, Promise]] = {
    "voice": ("message-2", lazy("Voice"), "voices:voice", lazy("No voice")),
    "insight": ("bulb", lazy("Insight"), "insights:record", lazy("No insight rests on it yet")),
    "decision": ("scale", lazy("Decision"), "decisions:record", lazy("No decision weighed it yet")),
    "change": ("arrows-exchange", lazy("Change"), "decisions:record", lazy("Nothing changed yet")),
    "answer": ("message-reply", lazy("Answer"), "answers:record", lazy("Nobody was told yet")),
}


@require_GET
def gap_map(request: HttpRequest) -> HttpResponse:
    """Needs against stages or functions; absence is visible."""
    by, programme = asked(request)
    about = programmes.rows(request.member)
    context = {
        "map": queries.gap_map(request.member, programme_id=programme or None, by=by),
        "by": by,
        "programme": programme,
        "reaches": REACHES,
        "filters": [filters.select("programme", _("Programme"), programme, [(str(r.id), r.name) for r in about])],
        "tabs": [
            {"label": label, "url": f"?by={value}&programme={programme}", "current": value == by}
            for value, label in BY
        ],
    }
    return render_page(request, "measures/map.html", context)


@require_GET
def map_cell(request: HttpRequest) -> HttpResponse:
    """What stands behind one cell."""
    by, programme = asked(request)
    need, column = request.GET.get("need", ""), request.GET.get("column", "")
    words = vocabulary(request.member)
    pack = words.pack("lifecycle_stages") if by == "stage" else words.functions
    if need not in words.needs or column not in pack:
        raise NoSuch(need)
    contents = queries.cell_contents(request.member, need=need, column=column, by=by, programme_id=programme or None)
    context = {
        "need": words.needs.get(need),
        "column": pack.label(column),
        "contents": contents,
        "back": f"{reverse('measures:map')}?by={by}&programme={programme}",
    }
    return render_page(request, "measures/cell.html", context)


@require_GET
def trail_voice(request: HttpRequest, voice_id: UUID) -> HttpResponse:
    """What one person's words changed."""
    return _trail(request, queries.trail_of_voice(request.member, voice_id), voice_id=voice_id)


@require_GET
def trail_insight(request: HttpRequest, insight_id: UUID) -> HttpResponse:
    """What an insight rests on, and what became of it."""
    return _trail(request, queries.trail_of_insight(request.member, insight_id), insight_id=insight_id)


@require_GET
def trail_decision(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """Whose words stand behind a decision."""
    return _trail(request, queries.trail_of_decision(request.member, decision_id), decision_id=decision_id)


def asked(request: HttpRequest) -> tuple[str, str]:
    """What the map is by, and of which programme."""
    by, programme = request.GET.get("by", "stage"), request.GET.get("programme", "")
    if by not in dict(BY):
        raise NoSuch(by)
    if programme:
        programme = str(programmes.by_text(request.member, programme).pk)
    return by, programme


def _trail(request: HttpRequest, trail: queries.Trail, **thing: UUID) -> HttpResponse:
    columns = [
        {
            "kind": kind,
            "icon": icon,
            "label": label,
            "empty": empty,
            "nodes": [
                {
                    "text": node.text,
                    "meta": node.meta,
                    "current": node.current,
                    "url": reverse(page, args=[node.id]),
                }
                for node in trail.columns[kind]
            ],
        }
        for kind, (icon, label, page, empty) in COLUMNS.items()
    ]
    files = {name: reverse(f"measures:trail_{name}", kwargs=thing) for name in ("export", "prov")}
    return render_page(request, "measures/trail.html", {"trail": columns, "of": trail, "files": files})
