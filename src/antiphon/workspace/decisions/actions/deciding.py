"""Opening a decision, weighing insights, writing down options and the outcome."""

import datetime
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from antiphon.content import dispositions
from antiphon.platform.audit.meanwhile import check_unchanged
from antiphon.platform.audit.trail import record
from antiphon.platform.errors import NotValid, check_allowed, check_now
from antiphon.platform.vocabulary.queries import vocabulary
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.decisions import permissions, queries, rules
from antiphon.workspace.decisions.models import Decision, Option, Weighing
from antiphon.workspace.decisions.rules import State
from antiphon.workspace.insights.models import Insight
from antiphon.workspace.insights.rules import State as InsightState
from antiphon.workspace.programmes.models import Programme


def held(by: Member, decision_id: UUID) -> Decision:
    """The decision as it is now, held until this change is made, for who may work on it."""
    current = Decision.objects.visible_to(by).select_for_update().filter(pk=decision_id).first()
    if current is None:
        raise queries.NoSuchDecision(decision_id)
    check_allowed(permissions.may_edit(by, current), _("This decision belongs to another function."))
    return current


def held_open(by: Member, decision_id: UUID) -> Decision:
    """The same, refused when it is settled."""
    current = held(by, decision_id)
    check_now(current.state == State.OPEN, _("This decision is closed. Supersede it to decide anew."))
    return current


def _held_weighing(by: Member, weighing: Weighing) -> Weighing:
    """A weighing of an open decision as it is now; somebody may have taken it off meanwhile."""
    held_open(by, weighing.decision_id)
    current = Weighing.objects.visible_to(by).select_for_update().filter(pk=weighing.pk).first()
    if current is None:
        raise queries.NoSuchWeighing(weighing.pk)
    return current


@transaction.atomic
def open_decision(
    *,
    by: Member,
    programme: Programme,
    question: str,
    decision_point: str,
    function: str,
    owner: Member,
    due_date: datetime.date,
    insights: Iterable[Insight] = (),
) -> Decision:
    """Put a question up for decision: at a decision point, with an owner and a date, and what it weighs."""
    check_allowed(permissions.may_open(by), _("Your role reads decisions; it does not open them."))
    _check_words(by, question=question, decision_point=decision_point, function=function)
    decision = Decision.objects.create(
        workspace_id=by.workspace_id,
        programme=programme,
        question=question.strip(),
        decision_point=decision_point,
        function=function,
        owner=owner,
        due_date=due_date,
    )
    facts = {"decision_point": decision_point, "function": function, "owner": owner.pk, "due": str(due_date)}
    record("decision.opened", decision, by=by, changes={"question": ("", decision.question)}, facts=facts)
    _weigh(by, decision, insights)
    return decision


@transaction.atomic
def edit(*, by: Member, decision: Decision, version: int | None = None, **new: object) -> Decision:
    """Change the question, the outcome, the owner or the date of an open decision."""
    decision = held_open(by, decision.pk)
    check_unchanged(decision, version, ["decision.edited"])
    changed = {field: (getattr(decision, field), value) for field, value in new.items()}
    changed = {field: pair for field, pair in changed.items() if pair[0] != pair[1]}
    _check_words(by, **{field: str(new[field]) for field in WORDS if field in changed})
    if not changed:
        return decision
    for field, (_before, value) in changed.items():
        setattr(decision, field, value)
    decision.version += 1
    decision.save(update_fields=[*changed, "version"])
    record("decision.edited", decision, by=by, changes=changed, facts={"version": decision.version})
    return decision


@transaction.atomic
def weigh(*, by: Member, decision: Decision, insights: Iterable[Insight]) -> int:
    """Put agreed insights on the scales; those already there stay as they are."""
    return _weigh(by, held_open(by, decision.pk), insights)


def _weigh(by: Member, decision: Decision, insights: Iterable[Insight]) -> int:
    wanted = [insight.pk for insight in insights]
    known = set(decision.weighings.values_list("insight_id", flat=True))
    added = 0
    for insight in Insight.objects.visible_to(by).select_for_update().filter(pk__in=wanted):
        check_now(insight.state == InsightState.AGREED, _("Only agreed insights can be weighed. Agree on it first."))
        if insight.pk in known:
            continue
        weighing = Weighing.objects.create(
            workspace_id=by.workspace_id, decision=decision, insight=insight, weighed_by=by
        )
        record("insight.weighed", weighing, by=by, facts={"decision": decision.pk, "insight": insight.pk})
        added += 1
    return added


@transaction.atomic
def weigh_up(*, by: Member, weighing: Weighing, disposition: str, reason: str, version: int | None = None) -> Weighing:
    """Say what is done with an insight, and why."""
    weighing = _held_weighing(by, weighing)
    check_unchanged(weighing, version, ["insight.disposed"])
    if not dispositions().offers(disposition):
        raise NotValid(_("Choose what was done with it."), {"disposition": _("Choose one of the list.")})
    if not rules.is_a_reason(reason):
        sentence = _("Say why, so that those who spoke can understand it.")
        raise NotValid(sentence, {"reason": sentence})
    changes = {
        "disposition": (weighing.disposition, disposition),
        "reason": (weighing.reason, reason.strip()),
    }
    weighing.disposition, weighing.reason = disposition, reason.strip()
    weighing.version += 1
    weighing.save(update_fields=["disposition", "reason", "version"])
    facts = {"decision": weighing.decision_id, "insight": weighing.insight_id, "disposition": disposition}
    record("insight.disposed", weighing, by=by, changes=changes, facts=facts)
    return weighing


@transaction.atomic
def unweigh(*, by: Member, weighing: Weighing) -> UUID:
    """Take an insight off the scales of an open decision."""
    weighing = _held_weighing(by, weighing)
    facts = {"decision": weighing.decision_id, "insight": weighing.insight_id}
    changes = {"disposition": (weighing.disposition, ""), "reason": (weighing.reason, "")}
    record("insight.taken_off", weighing, by=by, facts=facts, changes=changes)
    weighing.delete()
    return facts["decision"]


@transaction.atomic
def add_option(*, by: Member, decision: Decision, text: str) -> Option:
    """Write down one way the decision could go."""
    decision = held_open(by, decision.pk)
    if not text.strip():
        raise NotValid(_("Write the option in a few words."), {"text": _("Write the option in a few words.")})
    option = Option.objects.create(workspace_id=by.workspace_id, decision=decision, text=text.strip())
    record("option.added", option, by=by, changes={"text": ("", option.text)}, facts={"decision": decision.pk})
    return option


@transaction.atomic
def choose_option(*, by: Member, option: Option) -> Option:
    """Choose one option; another chosen before is no longer."""
    decision = held_open(by, option.decision_id)
    decision.options.filter(chosen=True).update(chosen=False)
    option.chosen = True
    option.save(update_fields=["chosen"])
    record("option.chosen", option, by=by, facts={"decision": decision.pk})
    return option


def _check_words(by: Member, **words: str) -> None:
    """A decision asks something, and its codes are ones the workspace offers."""
    for field, value in words.items():
        is_well, sentence = WORDS[field]
        if not is_well(by, value):
            raise NotValid(sentence(), {field: sentence()})


WORDS = {
    "question": (lambda _by, text: bool(text.strip()), lambda: _("Write what is to be decided, as a question.")),
    "decision_point": (
        lambda by, code: vocabulary(by).decision_points.offers(code),
        lambda: _("Choose a decision point of the list."),
    ),
    "function": (lambda by, code: vocabulary(by).functions.offers(code), lambda: _("Choose a function of the list.")),
}
