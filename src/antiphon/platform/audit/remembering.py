"""What was counted, kept until the trail tells of a change that counts: nothing changes without an event."""

import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TypeVar

from django.core.cache import caches
from django.db.models import QuerySet

from antiphon.platform.audit.models import AuditEvent

T = TypeVar("T")
# Looking through more events than this takes as long as counting anew.
LOOKED_THROUGH = 500


@dataclass(frozen=True, slots=True)
class _Mark:
    """A place in a workspace's trail; its hash tells it from one that was undone."""

    seq: int
    hash: str


class Memory:
    """What was counted of a workspace, for one look at it: its trail is read once for all that is asked."""

    def __init__(self, workspace_id: uuid.UUID) -> None:
        self.workspace_id = workspace_id
        # The end of the trail, as far back as somebody asked: places without a gap, with what each is about.
        self._marks: list[_Mark] = []
        self._models: list[str] = []

    def of(self, *name: object, count: Callable[[], T], apart_from: Collection[str]) -> T:
        """What `count` finds, or found when nothing has changed since but things of these apps or models."""
        key = ":".join(str(part) for part in (self.workspace_id, *name))
        kept = caches["counted"].get(key)
        stands = kept is not None and self._stands(kept[0], apart_from)
        # The mark is taken before counting: what changes meanwhile is found by the next look.
        now = self._end()
        found = kept[1] if stands else count()
        if not stands or now != kept[0]:
            caches["counted"].set(key, (now, found))
        return found

    def _stands(self, mark: _Mark, apart_from: Collection[str]) -> bool:
        """Whether all that happened after the mark leaves alone what was counted then."""
        if mark.seq == 0:
            return False
        if not self._marks or mark.seq < self._marks[0].seq:
            self._read_since(mark)
        at = mark.seq - self._marks[0].seq if self._marks else 0
        if not 0 <= at < len(self._marks) or self._marks[at] != mark:
            return False
        return all(_is_among(model, apart_from) for model in self._models[at + 1 :])

    def _end(self) -> _Mark:
        if not self._marks:
            self._read(self._events().order_by("-seq")[:1])
        return self._marks[-1] if self._marks else _Mark(0, "")

    def _read_since(self, mark: _Mark) -> None:
        if self._marks and self._marks[-1].seq - mark.seq >= LOOKED_THROUGH:
            return
        self._read(self._events().filter(seq__gte=mark.seq).order_by("seq")[:LOOKED_THROUGH])
        if len(self._marks) == LOOKED_THROUGH:
            self._marks = []
            self._end()

    def _read(self, events: QuerySet[AuditEvent]) -> None:
        found = list(events.values_list("seq", "hash", "object_type"))
        self._marks = [_Mark(seq, hash_) for seq, hash_, _model in found]
        self._models = [model for _seq, _hash, model in found]

    def _events(self) -> QuerySet[AuditEvent]:
        return AuditEvent.objects.filter(workspace_id=self.workspace_id)


def _is_among(model: str, named: Collection[str]) -> bool:
    """Whether a model ("insights.Support") or its app is named."""
    return model in named or model.partition(".")[0] in named
