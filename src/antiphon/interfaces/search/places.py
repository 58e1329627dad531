"""Where one can go, what one may do and what is found by its name: all that ⌘K offers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from antiphon.platform.vocabulary.permissions import may_change as may_change_words
from antiphon.platform.workspaces.permissions import may_invite
from antiphon.workspace.decisions import queries as decisions
from antiphon.workspace.decisions.permissions import may_open
from antiphon.workspace.engagements import queries as engagements
from antiphon.workspace.engagements.permissions import may_plan
from antiphon.workspace.insights import queries as insights
from antiphon.workspace.insights.permissions import may_state
from antiphon.workspace.programmes import queries as programmes
from antiphon.workspace.programmes.permissions import may_edit
from antiphon.workspace.voices.permissions import may_bring

if TYPE_CHECKING:
    from antiphon.platform.workspaces.models import Member

Words = str | Promise
SHOWN = 5
LONGEST = 100


@dataclass(frozen=True, slots=True)
class Place:
    """One thing to go to."""

    url: str
    label: Words
    icon: str
    note: Words = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Things of one kind."""

    label: Words
    places: tuple[Place, ...]


# (address, label, icon)
GO = (
    ("home:today", _("Today"), "sun"),
    ("voices:intake_list", _("Listen: what was brought in"), "upload"),
    ("voices:queue", _("Read what people said"), "book"),
    ("voices:how_well", _("How well does it listen?"), "help-circle"),
    ("insights:list", _("Insights"), "bulb"),
    ("decisions:list", _("Decisions"), "scale"),
    ("answers:list", _("Answers"), "message-reply"),
    ("measures:map", _("Map of needs"), "grid-dots"),
    ("programmes:list", _("Programmes"), "folder"),
    ("engagements:list", _("Engagements"), "users"),
    ("reports:choose", _("Reports"), "file-text"),
    ("search:ask", _("Ask before you ask"), "search"),
    ("administration:members", _("People"), "users"),
    ("administration:settings", _("Workspace settings"), "settings"),
    ("codebooks:list", _("Words"), "book-2"),
    ("programs:list", _("Programs and tokens"), "lock"),
    ("home:tour", _("Tour"), "route"),
)
# (address, label, icon, who may)
DO: tuple[tuple[str, Words, str, Callable[["Member"], bool]], ...] = (
    ("insights:new", _("State an insight"), "bulb", may_state),
    ("decisions:new", _("Open a decision"), "scale", may_open),
    ("voices:intake_new", _("Bring in a file"), "upload", may_bring),
    ("engagements:new", _("Plan an engagement"), "calendar", may_plan),
    ("programmes:new", _("Set up a programme"), "folder", may_edit),
    ("administration:invite", _("Invite somebody"), "mail", may_invite),
    ("codebooks:new", _("Open a codebook"), "book-2", may_change_words),
    ("programs:new", _("Make a token"), "lock", lambda _member: True),
)


def jump(member: "Member", words: str) -> list[Group]:
    """What fits these words; without any, all places and all that one may do."""
    asked = words.strip()[:LONGEST]
    groups = [*(_found(member, asked) if asked else []), _do(member, asked), _go(asked)]
    return [group for group in groups if group.places]


def _go(asked: str) -> Group:
    return Group(_("Go to"), tuple(Place(reverse(name), *rest) for name, *rest in GO if _fits(rest[0], asked)))


def _do(member: "Member", asked: str) -> Group:
    allowed = (known for known in DO if known[3](member) and _fits(known[1], asked))
    return Group(_("Do"), tuple(Place(reverse(name), label, icon) for name, label, icon, _may in allowed))


def _fits(label: Words, asked: str) -> bool:
    """Every word that was typed begins somewhere in the label."""
    return all(word in str(label).casefold() for word in asked.casefold().split())


def _found(member: "Member", asked: str) -> list[Group]:
    about, planned = programmes.rows(member, search=asked), engagements.page(member, search=asked).object_list
    stated = insights.page(member, search=asked).object_list
    weighed = decisions.page(member, search=asked).object_list
    return [
        _group(_("Programmes"), "programmes:record", "folder", about, "name", "stage_label"),
        _group(_("Engagements"), "engagements:record", "users", planned, "name", "programme_name"),
        _group(_("Insights"), "insights:record", "bulb", stated, "statement", "programme_name"),
        _group(_("Decisions"), "decisions:record", "scale", weighed, "question", "programme_name"),
    ]


def _group(label: Words, route: str, icon: str, rows: Iterable[object], name: str, note: str) -> Group:
    places = (Place(reverse(route, args=[row.id]), getattr(row, name), icon, getattr(row, note)) for row in rows)
    return Group(label, tuple(places)[:SHOWN])
