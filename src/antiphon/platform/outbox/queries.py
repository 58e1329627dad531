"""How letters stand: on their way, sent, not arrived."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q

from antiphon.platform.errors import NoSuch
from antiphon.platform.outbox import permissions, rules
from antiphon.platform.outbox.models import Letter
from antiphon.platform.outbox.no_server import NoMailServer
from antiphon.platform.outbox.rules import State

if TYPE_CHECKING:
    from antiphon.platform.workspaces.models import Member

# How many letters a page names one by one.
SHOWN = 100


class NoSuchLetter(NoSuch):
    """There is no such letter in the member's workspace."""


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter as lists show it; the address is there only while it waits or did not arrive."""

    id: UUID
    kind: str
    object_id: UUID
    to: str
    state: str
    attempts: int
    created_at: datetime.datetime
    next_try_at: datetime.datetime
    gave_up_at: datetime.datetime | None
    last_error: str
    can_try_again: bool


@dataclass(frozen=True, slots=True)
class Post:
    """How the letters about one thing stand."""

    waiting_count: int = 0
    late_count: int = 0
    sent_count: int = 0
    has_no_server: bool = False
    dead: tuple[LetterRow, ...] = ()

    @property
    def any(self) -> bool:
        return bool(self.waiting_count or self.sent_count or self.dead)


def get(member: "Member", letter_id: UUID | str) -> Letter:
    """One letter of the member's workspace."""
    letter = Letter.objects.visible_to(member).filter(pk=letter_id).first()
    if letter is None:
        raise NoSuchLetter(letter_id)
    return letter


def dead(member: "Member") -> list[LetterRow]:
    """Letters that were given up and still have their address, the newest first."""
    return _rows(member, Letter.objects.visible_to(member).filter(state=State.DEAD).exclude(to=""), "-gave_up_at")


def waiting(member: "Member") -> list[LetterRow]:
    """Letters on their way, those that wait longest first."""
    return _rows(member, Letter.objects.visible_to(member).filter(state=State.WAITING), "created_at")


def post_about(member: "Member", thing_ids: Iterable[UUID]) -> Post:
    """How the letters about some things stand."""
    found = Letter.objects.visible_to(member).filter(object_id__in=list(thing_ids))
    counts = found.aggregate(
        waiting=Count("pk", filter=Q(state=State.WAITING)),
        late=Count("pk", filter=Q(state=State.WAITING) & ~Q(last_error="")),
        unserved=Count("pk", filter=Q(last_error=NoMailServer.__name__)),
        sent=Count("pk", filter=Q(state=State.SENT)),
    )
    given_up = tuple(_rows(member, found.filter(state=State.DEAD).exclude(to=""), "-gave_up_at"))
    return Post(counts["waiting"], counts["late"], counts["sent"], bool(counts["unserved"]), given_up)


def last_states(member: "Member", thing_ids: Iterable[UUID]) -> dict[UUID, str]:
    """How the newest letter about each thing stands."""
    found = Letter.objects.visible_to(member).filter(object_id__in=list(thing_ids)).order_by("created_at", "pk")
    return dict(found.values_list("object_id", "state"))


def written_to(workspace_id: UUID, thing_id: UUID, addresses: Iterable[str]) -> set[str]:
    """Which of these addresses have a letter about this thing, or one on its way to them."""
    by_hash = {rules.address_hash(a, workspace_id, settings.SECRET_KEY): a for a in addresses}
    found = Letter.objects.filter(
        workspace_id=workspace_id, object_id=thing_id, to_hash__in=by_hash, state__in=[State.WAITING, State.SENT]
    )
    return {by_hash[known] for known in found.values_list("to_hash", flat=True)}


def _rows(member: "Member", found, order: str) -> list[LetterRow]:
    if not permissions.may_see(member):
        found = found.filter(posted_by=member)
    elif not permissions.may_see_unposted(member):
        found = found.exclude(posted_by=None)
    return [_row(member, letter) for letter in found.order_by(order, "pk")[:SHOWN]]


def _row(member: "Member", letter: Letter) -> LetterRow:
    return LetterRow(
        id=letter.pk,
        kind=letter.kind,
        object_id=letter.object_id,
        to=letter.to,
        state=letter.state,
        attempts=letter.attempts,
        created_at=letter.created_at,
        next_try_at=letter.next_try_at,
        gave_up_at=letter.gave_up_at,
        last_error=letter.last_error,
        can_try_again=letter.state == State.DEAD and permissions.may_look_after(member, letter),
    )
