"""What those who spoke can read, behind a link that nobody can guess."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from antiphon.platform.errors import NoSuch
from antiphon.workspace.answers import rules
from antiphon.workspace.answers.models import Answer, AnswerLink
from antiphon.workspace.answers.queries.register import CardRow, cards_of


class NoSuchAnswerPage(NoSuch):
    """No answer has this address."""


class GoneAnswer(NoSuch):
    """The answer at this address was taken away, or its link was renewed."""

    status = 410


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """An answer as those who spoke read it."""

    organisation: str
    engagement_name: str
    held_date: datetime.date
    given_date: datetime.date
    opening: str
    next_step: str
    contact: str
    cards: tuple[CardRow, ...]


def answer_behind(token: str) -> Answer:
    """The answer that a link's token opens."""
    found = AnswerLink.objects.filter(token_hash=rules.token_hash(token))
    link = found.select_related("answer__engagement", "answer__decision", "answer__workspace").first()
    if link is None:
        raise NoSuchAnswerPage(token[:4])
    if link.revoked_at is not None:
        raise GoneAnswer(token[:4])
    return link.answer


def answer_page(token: str) -> AnswerPage:
    """The page behind a link."""
    answer = answer_behind(token)
    engagement = answer.engagement
    return AnswerPage(
        organisation=answer.workspace.name,
        engagement_name=engagement.name,
        held_date=engagement.ends_date or engagement.starts_date,
        given_date=timezone.localdate(answer.given_at),
        opening=answer.opening,
        next_step=answer.next_step,
        contact=answer.contact,
        cards=cards_of(answer),
    )
