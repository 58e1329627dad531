"""Closing a decision, superseding it, and recording what changed."""

import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from antiphon.content import dispositions
from antiphon.platform import clock
from antiphon.platform.audit.trail import record
from antiphon.platform.errors import NotNow, NotValid, check_now
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.decisions import rules
from antiphon.workspace.decisions.actions.deciding import held, held_open
from antiphon.workspace.decisions.models import Change, Decision, Weighing
from antiphon.workspace.decisions.rules import State
from antiphon.workspace.insights import queries as insights

LACKS = {
    "outcome": lambda: _("Write what was decided."),
    "insights": lambda: _("Weigh at least one insight; a decision here rests on what patients said."),
    "dispositions": lambda: _("Say for every insight what was done with it."),
    "reasons": lambda: _("Give every insight a reason."),
    "final": lambda: _("An insight is still under review. Settle it first."),
}


@transaction.atomic
def close(*, by: Member, decision: Decision) -> Decision:
    """Close a decision; from now on it is not edited, only superseded."""
    decision = held_open(by, decision.pk)
    weighed = list(decision.weighings.select_for_update().values_list("disposition", "reason"))
    final = {entry.id for entry in dispositions().every if entry.final}
    lacks = rules.missing_to_close(decision.outcome, weighed, final)
    if lacks:
        raise NotNow(" ".join(LACKS[code]() for code in lacks))
    decision.state, decision.closed_at, decision.closed_by = State.CLOSED, clock.now(), by
    decision.save(update_fields=["state", "closed_at", "closed_by"])
    facts = {
        "insights": len(weighed),
        "dispositions": sorted(disposition for disposition, _reason in weighed),
    }
    record("decision.closed", decision, by=by, facts=facts)
    return decision


@transaction.atomic
def supersede(*, by: Member, decision: Decision, reason: str, due_date: datetime.date) -> Decision:
    """Decide a question anew: the old decision stays as it was, and both point at each other."""
    old = held(by, decision.pk)
    check_now(rules.can_become(State(old.state), State.SUPERSEDED), _("Only a closed decision is superseded, once."))
    if not rules.is_a_reason(reason):
        raise NotValid(_("Say why the question is decided anew."), {"reason": _("Write at least ten letters.")})
    new = Decision.objects.create(
        workspace_id=by.workspace_id,
        programme_id=old.programme_id,
        question=old.question,
        decision_point=old.decision_point,
        function=old.function,
        owner_id=old.owner_id,
        due_date=due_date,
        supersedes=old,
    )
    Weighing.objects.bulk_create(
        Weighing(workspace_id=by.workspace_id, decision=new, insight_id=insight_id, weighed_by=by)
        for insight_id in _weighed_anew(by, old)
    )
    old.state = State.SUPERSEDED
    old.save(update_fields=["state"])
    record("decision.superseded", old, by=by, reason=reason, facts={"by": new.pk})
    record("decision.opened", new, by=by, changes={"question": ("", new.question)}, facts={"supersedes": old.pk})
    return new


def _weighed_anew(by: Member, old: Decision) -> list[UUID]:
    """What a decision weighed, each once; what was merged since then is weighed with the one it went into."""
    weighed = list(old.weighings.order_by("created_at").values_list("insight_id", flat=True))
    instead = insights.stand_for(by, weighed)
    return list(dict.fromkeys(instead[pk][0] if pk in instead else pk for pk in weighed))


@transaction.atomic
def record_change(*, by: Member, decision: Decision, what: str, evidence: str, happened_date: datetime.date) -> Change:
    """Record what became different because of a closed decision, and how one can see it."""
    decision = held(by, decision.pk)
    check_now(decision.state != State.OPEN, _("Close the decision first; then record what changed because of it."))
    for field, text in (("what", what), ("evidence", evidence)):
        if not text.strip():
            raise NotValid(_("Say what changed and how one can see it."), {field: _("Write it in a few words.")})
    if happened_date > clock.today():
        sentence = _("A change is recorded once it has happened.")
        raise NotValid(sentence, {"happened_date": sentence})
    change = Change.objects.create(
        workspace_id=by.workspace_id,
        decision=decision,
        what=what.strip(),
        evidence=evidence.strip(),
        happened_date=happened_date,
        recorded_by=by,
    )
    changes = {"what": ("", change.what), "evidence": ("", change.evidence)}
    record("change.recorded", change, by=by, changes=changes, facts={"decision": decision.pk})
    return change
