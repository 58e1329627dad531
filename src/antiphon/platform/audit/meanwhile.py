"""Refuses to put words over words that somebody else wrote meanwhile."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from antiphon.platform.audit.models import AuditEvent
from antiphon.platform.errors import ChangedMeanwhile

if TYPE_CHECKING:
    from antiphon.platform.scoped import Versioned


def check_unchanged(thing: "Versioned", version: int | None, deeds: Collection[str]) -> None:
    """Refuse when a row is not the version any more that a member read; who read none has just looked at it.

    `deeds` are the actions that make a new version: the trail knows who did the last of them.
    """
    if version is not None and version != thing.version:
        sentence = _("%(name)s changed this while you wrote. Your words are kept below.")
        raise ChangedMeanwhile(sentence % {"name": _last_of(thing, deeds)})


def _last_of(thing: "Versioned", deeds: Collection[str]) -> str:
    # A workspace is the room itself; everything else stands in one.
    room = getattr(thing, "workspace", thing)
    done = AuditEvent.objects.filter(workspace_id=room.pk, object_type=thing._meta.label)
    done = done.filter(object_id=str(thing.pk), action__in=deeds)
    actor = done.order_by("-seq").values_list("actor_id", flat=True).first()
    person = room.members.filter(pk=actor).select_related("user").first()
    return person.name if person else _("Somebody")
