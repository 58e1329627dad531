"""What was counted, kept until the trail tells of a change that counts: nothing changes without an event."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.core.cache import caches

from antiphon.platform.audit.models import AuditEvent

T = TypeVar("T")
# Looking through more events than this takes as long as counting anew.
LOOKED_THROUGH = 500


@dataclass(frozen=True, slots=True)
class _Mark:
    """A place in a workspace's trail; its hash tells it from one that was undone."""

    seq: int
    hash: str


def remembered(workspace_id: uuid.UUID, *name: object, count: Callable[[], T], apart_from: str) -> T:
    """What `count` finds, or found when nothing has changed since but things of the app `apart_from`."""
    key = ":".join(str(part) for part in (workspace_id, *name))
    kept = caches["counted"].get(key)
    # The mark is taken before counting: what changes meanwhile is found by the next look.
    stands = kept is not None and kept[0].seq > 0
    now, is_changed = _since(workspace_id, kept[0], apart_from) if stands else (_end(workspace_id), True)
    if is_changed:
        kept = (now, count())
    if now != kept[0] or is_changed:
        caches["counted"].set(key, (now, kept[1]))
    return kept[1]


def _since(workspace_id: uuid.UUID, mark: _Mark, apart_from: str) -> tuple[_Mark, bool]:
    """Where the trail ends, and whether anything that counts happened after the mark."""
    events = AuditEvent.objects.filter(workspace_id=workspace_id, seq__gte=mark.seq).order_by("seq")
    found = list(events.values_list("seq", "hash", "object_type")[:LOOKED_THROUGH])
    if not found or len(found) == LOOKED_THROUGH or _Mark(*found[0][:2]) != mark:
        return _end(workspace_id), True
    counts = any(not object_type.startswith(f"{apart_from}.") for _seq, _hash, object_type in found[1:])
    return _Mark(*found[-1][:2]), counts


def _end(workspace_id: uuid.UUID) -> _Mark:
    events = AuditEvent.objects.filter(workspace_id=workspace_id).order_by("-seq")
    last = events.values_list("seq", "hash").first()
    return _Mark(*last) if last else _Mark(0, "")
