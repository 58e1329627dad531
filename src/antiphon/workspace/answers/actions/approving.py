"""Approving somebody else's words: those that were read, and no others."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from antiphon.platform import clock
from antiphon.platform.audit.trail import record
from antiphon.platform.errors import ChangedMeanwhile, check_allowed, check_now
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.answers import permissions, rules
from antiphon.workspace.answers.actions.drafting import locked
from antiphon.workspace.answers.models import Answer, Card
from antiphon.workspace.answers.rules import State

LETTER = ("opening", "next_step", "contact")
CARD = ("you_said", "kind", "we_did", "because")


@dataclass(frozen=True, slots=True)
class Read:
    """Which words a member read: the version of the letter, and of each card."""

    letter: int
    cards: Mapping[UUID, int]


class WordsChanged(ChangedMeanwhile):
    """Words are others than those that were read; `fields` are the changed ones as they stand now."""

    def __init__(self, sentence: str, *, is_letter: bool, cards: Iterable[Card], answer: Answer) -> None:
        super().__init__(sentence)
        cards = list(cards)
        self.is_letter, self.card_ids = is_letter, frozenset(card.pk for card in cards)
        self.fields = {name: getattr(answer, name) for name in LETTER if is_letter}
        self.fields |= {f"cards.{card.pk}.{name}": getattr(card, name) for card in cards for name in CARD}


@transaction.atomic
def approve(*, by: Member, answer: Answer, read: Read | None = None) -> Answer:
    """Approve somebody else's words, so that they may be given; who read none has just looked at them."""
    answer = locked(by, answer)
    check_allowed(
        permissions.may_approve(by, answer),
        _("A second person approves an answer: not the one who worded it."),
    )
    check_now(rules.can_become(State(answer.state), State.APPROVED), _("Only a draft can be approved."))
    cards = list(answer.cards.order_by("place", "created_at"))
    check_now(bool(cards), _("This answer has no card: it would say nothing."))
    if read is not None:
        _check_are_those(answer, cards, read)
    answer.state, answer.approved_at, answer.approved_by = State.APPROVED, clock.now(), by
    answer.save(update_fields=["state", "approved_at", "approved_by"])
    # Which words were approved stands in clear, so that the trail can be held against what was given.
    versions = [answer.version, *(card.version for card in cards)]
    record("answer.approved", answer, by=by, facts={"cards": len(cards), "versions": versions})
    return answer


@transaction.atomic
def take_back(*, by: Member, answer: Answer) -> Answer:
    """Make an approved answer a draft again, to change its words."""
    answer = locked(by, answer)
    check_allowed(permissions.may_draft(by), _("Your role reads answers; it does not draft them."))
    check_now(
        rules.can_become(State(answer.state), State.DRAFT),
        _("It was given already. Withdraw it, then draft anew."),
    )
    answer.state, answer.approved_at, answer.approved_by = State.DRAFT, None, None
    answer.save(update_fields=["state", "approved_at", "approved_by"])
    record("answer.taken_back", answer, by=by)
    return answer


def _check_are_those(answer: Answer, cards: Iterable[Card], read: Read) -> None:
    """Refuse other words than those that were read; the answer is held, so nobody words it just now."""
    others = [card for card in cards if read.cards.get(card.pk) != card.version]
    is_letter = read.letter != answer.version
    if others or is_letter:
        sentence = _("These are not the words that you read: %(name)s worded them last. Nothing was approved.")
        sentence %= {"name": answer.worded_by.name}
        raise WordsChanged(sentence, is_letter=is_letter, cards=others, answer=answer)
