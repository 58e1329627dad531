"""Insights, the voices they rest on, and what they speak of."""

from typing import Self

from django.db import models
from django.db.models import Count, Q

from antiphon.platform.database.guards import Frozen
from antiphon.platform.scoped import Scoped, ScopedQuerySet
from antiphon.workspace.insights.rules import Stance, State, Strength
from antiphon.workspace.programmes.models import Programme
from antiphon.workspace.voices.models import Voice


class InsightQuerySet(ScopedQuerySet):
    """Insights, in sentences."""

    def agreed(self) -> Self:
        """Decisions may rest on these."""
        return self.filter(state=State.AGREED)

    def with_voice_count(self) -> Self:
        """Counts the voices for and against."""
        return self.annotate(
            supporting_count=Count("supports", filter=Q(supports__stance=Stance.SUPPORTS), distinct=True),
            dissenting_count=Count("supports", filter=Q(supports__stance=Stance.DISSENTS), distinct=True),
        )


class Insight(Scoped):
    """A sentence that rests on voices."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="insights")
    statement = models.CharField(max_length=400)
    strength = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Strength])
    dissent = models.CharField(max_length=400, blank=True)
    owner = models.ForeignKey("workspaces.Member", on_delete=models.PROTECT, related_name="+")
    stated_by = models.ForeignKey("workspaces.Member", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in State], default=State.DRAFT)
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey("workspaces.Member", on_delete=models.PROTECT, related_name="+", null=True)
    set_aside_reason = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = InsightQuerySet.as_manager()

    database_rules = (
        Frozen(("programme", "stated_by")),
        Frozen(("statement",), when="OLD.state = 'AGREED'", name="agreed_stands"),
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed_at=None, agreed_by=None) | (~Q(agreed_at=None) & ~Q(agreed_by=None)),
                name="insight_agreed_at_and_by_go_together",
            ),
            models.CheckConstraint(
                condition=~Q(state="AGREED") | ~Q(agreed_at=None), name="insight_agreed_has_its_moment"
            ),
            models.CheckConstraint(
                condition=~Q(state="SET_ASIDE") | ~Q(set_aside_reason=""),
                name="insight_set_aside_has_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["workspace", "state", "agreed_at"], name="insight_by_state")]


class Support(Scoped):
    """A voice that an insight rests on, or that speaks against it."""

    insight = models.ForeignKey(Insight, on_delete=models.CASCADE, related_name="supports")
    voice = models.ForeignKey(Voice, on_delete=models.PROTECT, related_name="supports")
    stance = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Stance])
    added_by = models.ForeignKey("workspaces.Member", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["insight", "voice"], name="support_once_a_voice")]


class InsightCode(Scoped):
    """A need, a decision point or a group that an insight speaks of: an entry of a content pack."""

    PACKS = ("needs", "decision_points", "stakeholder_types")

    insight = models.ForeignKey(Insight, on_delete=models.CASCADE, related_name="codes")
    pack = models.CharField(max_length=30, choices=[(pack, pack) for pack in PACKS])
    code = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["insight", "pack", "code"], name="insight_code_once")]
        indexes = [models.Index(fields=["workspace", "pack", "code"], name="insight_by_code")]
