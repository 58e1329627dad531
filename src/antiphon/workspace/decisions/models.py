"""Decisions, their options, what they weighed and what changed."""

from django.db import models
from django.db.models import F, Q

from antiphon.platform.database.guards import Frozen, Kept, Refuse
from antiphon.platform.scoped import Scoped, Versioned
from antiphon.workspace.decisions.rules import State
from antiphon.workspace.insights.models import Insight
from antiphon.workspace.programmes.models import Programme

OF_A_CLOSED_ONE = "EXISTS (SELECT 1 FROM decisions_decision d WHERE d.id = {row}.decision_id AND d.state <> 'OPEN')"
WEIGHED = "EXISTS (SELECT 1 FROM decisions_weighing w WHERE w.decision_id = NEW.id{but})"
# Neither changed where it stands nor moved onto a closed decision from an open one.
ON_A_CLOSED_ONE = f"{OF_A_CLOSED_ONE.format(row='OLD')} OR {OF_A_CLOSED_ONE.format(row='NEW')}"


class Decision(Versioned):
    """A question answered with insights, by an owner, by a date."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="decisions")
    question = models.CharField(max_length=300)
    decision_point = models.CharField(max_length=20)
    function = models.CharField(max_length=20)
    owner = models.ForeignKey("workspaces.Member", on_delete=models.PROTECT, related_name="+")
    due_date = models.DateField()
    outcome = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in State], default=State.OPEN)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey("workspaces.Member", on_delete=models.PROTECT, related_name="+", null=True)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="superseded_by", null=True, blank=True
    )

    database_rules = (
        Frozen(
            (
                "programme",
                "question",
                "decision_point",
                "function",
                "owner",
                "due_date",
                "outcome",
                "closed_at",
                "closed_by",
                "supersedes",
            ),
            when="OLD.state <> 'OPEN'",
        ),
        Refuse(
            name="closed_needs_reasons",
            event="UPDATE",
            condition=f"NEW.state <> 'OPEN' AND OLD.state = 'OPEN' AND (NOT {WEIGHED.format(but='')} OR "
            + WEIGHED.format(but=" AND (TRIM(w.disposition) = '' OR TRIM(w.reason) = '')")
            + ")",
            message="a decision closes when it weighed insights, each with a disposition and a reason",
        ),
        Refuse("opens_first", "INSERT", "NEW.state <> 'OPEN'", "a decision is open before it is closed"),
        Refuse(
            name="does_not_reopen",
            event="UPDATE",
            condition="(OLD.state <> 'OPEN' AND NEW.state = 'OPEN') "
            "OR (OLD.state = 'SUPERSEDED' AND NEW.state = 'CLOSED')",
            message="a closed decision is superseded, not opened again",
        ),
        Kept(when="OLD.state <> 'OPEN'"),
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="OPEN", closed_at=None, closed_by=None)
                | (~Q(state="OPEN") & ~Q(closed_at=None) & ~Q(closed_by=None) & ~Q(outcome="")),
                name="decision_closed_has_outcome_and_person",
            ),
            models.CheckConstraint(condition=~Q(supersedes=F("id")), name="decision_does_not_supersede_itself"),
        ]
        indexes = [models.Index(fields=["workspace", "state", "due_date"], name="decision_by_state")]


class Option(Scoped):
    """One way a decision could go."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="options")
    text = models.CharField(max_length=300)
    chosen = models.BooleanField(default=False)

    database_rules = (
        Refuse("closed_stays_insert", "INSERT", OF_A_CLOSED_ONE.format(row="NEW"), "the decision is closed"),
        Refuse("closed_stays_update", "UPDATE", ON_A_CLOSED_ONE, "the decision is closed"),
        Refuse("closed_stays_delete", "DELETE", OF_A_CLOSED_ONE.format(row="OLD"), "the decision is closed"),
    )


class Weighing(Versioned):
    """An insight on the scales of a decision: what was done with it, and why."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="weighings")
    insight = models.ForeignKey(Insight, on_delete=models.PROTECT, related_name="weighings")
    disposition = models.CharField(max_length=30, blank=True)
    reason = models.TextField(blank=True)
    weighed_by = models.ForeignKey("workspaces.Member", on_delete=models.PROTECT, related_name="+")

    database_rules = (
        Refuse("closed_stays_insert", "INSERT", OF_A_CLOSED_ONE.format(row="NEW"), "the decision is closed"),
        Refuse("closed_stays_update", "UPDATE", ON_A_CLOSED_ONE, "the decision is closed"),
        Refuse("closed_stays_delete", "DELETE", OF_A_CLOSED_ONE.format(row="OLD"), "the decision is closed"),
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "insight"], name="insight_weighed_once")]


class Change(Scoped):
    """Something that became different because of a decision, with its evidence."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="changes")
    what = models.CharField(max_length=300)
    evidence = models.TextField()
    happened_date = models.DateField()
    recorded_by = models.ForeignKey("workspaces.Member", on_delete=models.PROTECT, related_name="+")

    database_rules = (Frozen(("decision", "recorded_by")), Kept())
