"""What an engagement still owes before it is over."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef

from antiphon.platform.workspaces.models import Member
from antiphon.workspace.answers import permissions
from antiphon.workspace.answers.models import Answer, Card, Closing
from antiphon.workspace.answers.rules import State
from antiphon.workspace.engagements import queries as engagements
from antiphon.workspace.engagements.models import Engagement
from antiphon.workspace.engagements.rules import State as EngagementState
from antiphon.workspace.insights.models import Insight
from antiphon.workspace.insights.rules import State as InsightState

Named = tuple[UUID, str]


@dataclass(frozen=True, slots=True)
class ClosingCheck:
    """Whether an engagement may close: what of it is done, and by name what is not."""

    id: UUID
    name: str
    state: str
    open_courtesy_count: int
    given_count: int
    drafts: tuple[Named, ...]
    untold: tuple[Named, ...]
    closed_by: str
    closed_at: datetime.datetime | None
    may_close: bool

    @property
    def is_closed(self) -> bool:
        """Whether it is over."""
        return self.state == EngagementState.CLOSED

    @property
    def lacks(self) -> tuple[str, ...]:
        """What is missing, as codes."""
        missing = {
            "held": self.state == EngagementState.PLANNED,
            "courtesies": self.open_courtesy_count > 0,
            "drafts": bool(self.drafts),
            "untold": bool(self.untold),
            "answer": not self.given_count,
        }
        return tuple(code for code, is_missing in missing.items() if is_missing)


def closing_check(member: Member, engagement_id: UUID | str) -> ClosingCheck:
    """What an engagement of the member's workspace still owes."""
    engagement = engagements.get(member, engagement_id)
    resting = Insight.objects.visible_to(member).filter(supports__voice__engagement=engagement).distinct()
    given = Answer.objects.filter(engagement=engagement, state=State.GIVEN)
    told = Exists(Card.objects.filter(answer__in=given, insight=OuterRef("pk")))
    closing = _standing(engagement)
    return ClosingCheck(
        id=engagement.pk,
        name=engagement.name,
        state=engagement.state,
        open_courtesy_count=engagement.courtesies.filter(done_at=None).count(),
        given_count=given.count(),
        drafts=_named(resting.filter(state=InsightState.DRAFT)),
        untold=_named(resting.filter(~told, state=InsightState.AGREED)),
        closed_by=closing.made_by.name if closing else "",
        closed_at=closing.created_at if closing else None,
        may_close=permissions.may_close(member),
    )


def _standing(engagement: Engagement) -> Closing | None:
    return engagement.closings.filter(reopened_at=None).select_related("made_by__user").first()


def _named(found) -> tuple[Named, ...]:
    return tuple(found.order_by("created_at", "pk").values_list("pk", "statement"))
