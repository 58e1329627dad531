"""What was done to one thing, by whom and when, read from the trail; what is sealed stays sealed."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from antiphon.platform.audit.models import AuditEvent

if TYPE_CHECKING:
    from antiphon.platform.workspaces.models import Member

# More than these are read in the trail itself.
LATEST = 50


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that somebody did, in words."""

    action: str
    words: str
    who: str
    at: datetime.datetime


def history(member: "Member", label: str, object_id: object, words: Mapping[str, object]) -> list[Deed]:
    """What was done to a thing (`insights.Insight`, its id) of the member's workspace, the latest first.

    `words` say what each action is called; they belong to the feature.
    """
    found = AuditEvent.objects.filter(workspace_id=member.workspace_id, object_type=label, object_id=str(object_id))
    events = list(found.order_by("-seq")[:LATEST])
    actors = {event.actor_id for event in events if event.actor_id}
    people = member.workspace.members.filter(pk__in=actors).select_related("user")
    names = {person.pk: person.name for person in people}
    return [
        Deed(event.action, in_words(event.action, words), names.get(event.actor_id) or _("Antiphon"), event.at)
        for event in events
    ]


def in_words(action: str, words: Mapping[str, object]) -> str:
    """What an action is called; one that nobody named is still shown."""
    return str(words.get(action) or action.rpartition(".")[2].replace("_", " "))
