"""Insights, the voices they rest on, and what they speak of."""

from typing import Self

from django.db import models
from django.db.models import Count, F, Q

from antiphon.platform.database.guards import Frozen, Kept, Refuse
from antiphon.platform.scoped import Scoped, ScopedQuerySet, Versioned
from antiphon.workspace.insights.rules import Stance, State, Strength
from antiphon.workspace.programmes.models import Programme
from antiphon.workspace.voices.models import Voice

STANDS = ("statement", "strength", "dissent", "agreed_at", "agreed_by", "set_aside_reason", "version")
IS_OPEN = "EXISTS (SELECT 1 FROM insights_merge m WHERE m.undone_at IS NULL AND {condition})"
HAS_GONE_IN = IS_OPEN.format(condition="m.absorbed_id = NEW.id")
OF_A_MERGED_ONE = "EXISTS (SELECT 1 FROM insights_insight i WHERE i.id = {row}.insight_id AND i.state = 'MERGED')"
# What an insight rested on when it was merged stays with it, so that it can be given back.
OWN_STAYS = (
    Refuse("merged_insert", "INSERT", OF_A_MERGED_ONE.format(row="NEW"), "the insight is merged"),
    Refuse(
        "merged_update",
        "UPDATE",
        f"{OF_A_MERGED_ONE.format(row='OLD')} OR {OF_A_MERGED_ONE.format(row='NEW')}",
        "the insight is merged",
    ),
    Refuse("merged_delete", "DELETE", OF_A_MERGED_ONE.format(row="OLD"), "the insight is merged"),
)


class InsightQuerySet(ScopedQuerySet):
    """Insights, in sentences."""

    def agreed(self) -> Self:
        """Decisions may rest on these."""
        return self.filter(state=State.AGREED)

    def unmerged(self) -> Self:
        """Those that stand for themselves; what was merged is counted with the one it went into."""
        return self.exclude(state=State.MERGED)

    def with_voice_count(self) -> Self:
        """Counts the voices for and against."""
        return self.annotate(
            supporting_count=Count("supports", filter=Q(supports__stance=Stance.SUPPORTS), distinct=True),
            dissenting_count=Count("supports", filter=Q(supports__stance=Stance.DISSENTS), distinct=True),
        )


class Insight(Versioned):
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

    objects = InsightQuerySet.as_manager()

    database_rules = (
        Frozen(("programme", "stated_by")),
        Frozen(("statement",), when="OLD.state = 'AGREED'", name="agreed_stands"),
        Frozen(STANDS, when="OLD.state = 'MERGED'", name="merged_stands"),
        Refuse("merged_from_the_start", "INSERT", "NEW.state = 'MERGED'", "an insight is merged by a merge"),
        Refuse(
            "merged_by_a_merge",
            "UPDATE",
            f"NEW.state = 'MERGED' AND OLD.state <> 'MERGED' AND NOT {HAS_GONE_IN}",
            "an insight is merged by a merge",
        ),
        Refuse(
            "unmerged_by_undoing",
            "UPDATE",
            f"OLD.state = 'MERGED' AND NEW.state <> 'MERGED' AND {HAS_GONE_IN}",
            "undo the merge first",
        ),
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


class Merge(Scoped):
    """One insight taken into another that says the same; it can be undone at any time."""

    kept = models.ForeignKey(Insight, on_delete=models.PROTECT, related_name="took_in")
    absorbed = models.ForeignKey(Insight, on_delete=models.PROTECT, related_name="went_into")
    reason = models.CharField(max_length=300)
    was = models.CharField(max_length=10, choices=[(s.value, s.value) for s in (State.DRAFT, State.AGREED)])
    # What a person judged anew of the kept one: the field to what stood there before and after.
    judged = models.JSONField(default=dict)
    merged_at = models.DateTimeField()
    merged_by = models.ForeignKey("workspaces.Member", on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey("workspaces.Member", on_delete=models.PROTECT, related_name="+", null=True)

    database_rules = (
        Frozen(("kept", "absorbed", "reason", "was", "merged_at", "merged_by")),
        Frozen(("undone_at", "undone_by", "judged"), when="OLD.undone_at IS NOT NULL", name="undone_stays"),
        Kept(),
        Refuse(
            "one_programme",
            "INSERT",
            "EXISTS (SELECT 1 FROM insights_insight k, insights_insight a WHERE k.id = NEW.kept_id "
            "AND a.id = NEW.absorbed_id AND k.programme_id <> a.programme_id)",
            "both insights belong to one programme",
        ),
        # One storey: what took others in stays, so no circle can arise and everything is one step away.
        Refuse(
            "one_storey",
            "INSERT",
            IS_OPEN.format(condition="(m.absorbed_id = NEW.kept_id OR m.kept_id = NEW.absorbed_id)"),
            "what took in another is not taken in",
        ),
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("absorbed")), name="merge_is_of_two"),
            models.CheckConstraint(condition=~Q(reason=""), name="merge_has_a_reason"),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None) | (~Q(undone_at=None) & ~Q(undone_by=None)),
                name="merge_undone_at_and_by_go_together",
            ),
            models.UniqueConstraint(
                fields=["absorbed"], condition=Q(undone_at=None), name="merged_into_one_at_a_time"
            ),
        ]


class Support(Scoped):
    """A voice that an insight rests on, or that speaks against it."""

    insight = models.ForeignKey(Insight, on_delete=models.CASCADE, related_name="supports")
    voice = models.ForeignKey(Voice, on_delete=models.PROTECT, related_name="supports")
    stance = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Stance])
    added_by = models.ForeignKey("workspaces.Member", on_delete=models.PROTECT, related_name="+")
    came_with = models.ForeignKey(Merge, on_delete=models.PROTECT, related_name="supports", null=True)

    database_rules = OWN_STAYS

    class Meta:
        constraints = [models.UniqueConstraint(fields=["insight", "voice"], name="support_once_a_voice")]


class InsightCode(Scoped):
    """A need, a decision point or a group that an insight speaks of: an entry of a content pack."""

    PACKS = ("needs", "decision_points", "stakeholder_types")

    insight = models.ForeignKey(Insight, on_delete=models.CASCADE, related_name="codes")
    pack = models.CharField(max_length=30, choices=[(pack, pack) for pack in PACKS])
    code = models.CharField(max_length=40)
    came_with = models.ForeignKey(Merge, on_delete=models.PROTECT, related_name="codes", null=True)

    database_rules = OWN_STAYS

    class Meta:
        constraints = [models.UniqueConstraint(fields=["insight", "pack", "code"], name="insight_code_once")]
        indexes = [models.Index(fields=["workspace", "pack", "code"], name="insight_by_code")]
