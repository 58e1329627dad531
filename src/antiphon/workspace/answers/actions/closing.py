"""Closing an engagement: not before it has answered those who spoke."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from antiphon.platform import clock
from antiphon.platform.audit.trail import record
from antiphon.platform.errors import NotNow, NotValid, check_allowed, check_now
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.answers import permissions, queries
from antiphon.workspace.answers.models import Closing
from antiphon.workspace.engagements import actions as engagements
from antiphon.workspace.engagements import queries as engagement_queries

LACKS = {
    "held": lambda: _("It has not taken place yet."),
    "courtesies": lambda: _("It still owes thanks or a holding reply."),
    "drafts": lambda: _("An insight that rests on it is still a draft."),
    "untold": lambda: _("An insight that rests on it was not told back yet."),
    "answer": lambda: _("No answer was given to those who spoke in it."),
}


@transaction.atomic
def close_engagement(*, by: Member, engagement_id: UUID) -> Closing:
    """Say that an engagement is over: everybody who spoke in it has an answer."""
    check_allowed(permissions.may_close(by), _("Only patient engagement leads close engagements."))
    engagement = engagement_queries.get(by, engagement_id)
    check = queries.closing_check(by, engagement_id)
    check_now(not check.is_closed, _("This engagement is closed already."))
    if check.lacks:
        raise NotNow(" ".join(LACKS[code]() for code in check.lacks))
    closing = Closing.objects.create(workspace_id=by.workspace_id, engagement=engagement, made_by=by)
    engagements.close(by=by, engagement=engagement)
    record("closing.made", closing, by=by, facts={"engagement": engagement.pk, "answers": check.given_count})
    return closing


@transaction.atomic
def reopen_engagement(*, by: Member, engagement_id: UUID, reason: str) -> Closing:
    """Go on with a closed engagement, and say why."""
    check_allowed(permissions.may_close(by), _("Only patient engagement leads reopen engagements."))
    engagement = engagement_queries.get(by, engagement_id)
    if not reason.strip():
        raise NotValid(_("Say why it goes on."), {"reason": _("Say why it goes on.")})
    closing = (
        Closing.objects.visible_to(by).select_for_update().filter(engagement=engagement, reopened_at=None).first()
    )
    check_now(closing is not None, _("This engagement is not closed."))
    closing.reopened_at, closing.reopened_by, closing.reason = clock.now(), by, reason.strip()
    closing.save(update_fields=["reopened_at", "reopened_by", "reason"])
    engagements.reopen(by=by, engagement=engagement)
    record("closing.reopened", closing, by=by, reason=reason.strip(), facts={"engagement": engagement.pk})
    return closing
