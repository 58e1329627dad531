"""Agreeing on an insight, setting it aside, opening it again."""

from django.db import transaction
from django.utils.translation import gettext as _

from antiphon.platform import clock
from antiphon.platform.audit.trail import record
from antiphon.platform.errors import NotNow, NotValid, check_allowed, check_now
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.insights import permissions, queries, rules
from antiphon.workspace.insights.actions.checking import locked
from antiphon.workspace.insights.models import Insight
from antiphon.workspace.insights.rules import State


@transaction.atomic
def agree(*, by: Member, insight: Insight) -> Insight:
    """Agree that an insight holds, so that decisions may rest on it."""
    check_allowed(permissions.may_agree(by), _("Patient engagement leads and function partners agree on insights."))
    insight = locked(by, insight)
    check_now(insight.state == State.DRAFT, _("Only a draft can be agreed on."))
    checks = queries.checks_of(insight)
    lacks = [code for code, done in checks.items() if not done]
    if lacks:
        raise NotNow(" ".join(str(queries.CHECKS[code].sentence) for code in lacks))
    insight.state, insight.agreed_at, insight.agreed_by = State.AGREED, clock.now(), by
    insight.save(update_fields=["state", "agreed_at", "agreed_by"])
    facts = {"strength": insight.strength, "voices": insight.supports.count(), "version": insight.version}
    record("insight.agreed", insight, by=by, facts=facts)
    return insight


@transaction.atomic
def set_aside(*, by: Member, insight: Insight, reason: str) -> Insight:
    """Set an insight aside, with a reason; nothing of it is lost."""
    check_allowed(permissions.may_set_aside(by), _("Only patient engagement leads set insights aside."))
    insight = locked(by, insight)
    check_now(insight.state != State.MERGED, _("This insight is merged. Unmerge it first."))
    check_now(rules.can_become(State(insight.state), State.SET_ASIDE), _("This insight is set aside already."))
    if not rules.is_a_reason(reason):
        sentence = _("Say in %(shortest)s to %(longest)s letters why it is set aside.")
        sentence %= {"shortest": rules.SHORTEST_REASON, "longest": rules.LONGEST_REASON}
        raise NotValid(sentence, {"reason": sentence})
    was = insight.state
    _turn(insight, State.SET_ASIDE, reason.strip())
    record("insight.set_aside", insight, by=by, reason=reason.strip(), facts={"was": was})
    return insight


@transaction.atomic
def reopen(*, by: Member, insight: Insight) -> Insight:
    """Make an insight a draft again, so that it can be worded anew."""
    check_allowed(permissions.may_set_aside(by), _("Only patient engagement leads open insights again."))
    insight = locked(by, insight)
    check_now(insight.state != State.MERGED, _("This insight is merged. Unmerge it first."))
    check_now(rules.can_become(State(insight.state), State.DRAFT), _("This insight is a draft already."))
    was, reason = insight.state, insight.set_aside_reason
    _turn(insight, State.DRAFT, "")
    changes = {"set_aside_reason": (reason, "")} if reason else {}
    record("insight.reopened", insight, by=by, changes=changes, facts={"was": was})
    return insight


def _turn(insight: Insight, state: State, reason: str) -> None:
    """Nobody agrees on it any longer; the trail keeps who did and when."""
    insight.state, insight.set_aside_reason = state, reason
    insight.agreed_at, insight.agreed_by = None, None
    insight.save(update_fields=["state", "set_aside_reason", "agreed_at", "agreed_by"])
