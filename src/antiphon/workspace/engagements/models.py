"""Engagements, whom they brought together, what they asked and what they owe."""

from django.db import models
from django.db.models import F, Q

from antiphon.platform.database.guards import Frozen
from antiphon.platform.scoped import Scoped, Versioned
from antiphon.workspace.engagements.rules import Courtesy as CourtesyKind
from antiphon.workspace.engagements.rules import State
from antiphon.workspace.programmes.models import Programme, Question


class Engagement(Versioned):
    """One planned interaction with patients, with a purpose and something owed in return."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="engagements")
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=40)
    purpose = models.TextField()
    starts_date = models.DateField()
    ends_date = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in State], default=State.PLANNED)
    held_at = models.DateTimeField(null=True, blank=True)
    # All groups together: a figure for each could point at a person.
    people_count = models.PositiveIntegerField(null=True, blank=True)
    lead = models.ForeignKey("workspaces.Member", on_delete=models.PROTECT, related_name="+")

    database_rules = (Frozen(("programme",)),)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "name"], name="engagement_name_once"),
            models.CheckConstraint(
                condition=Q(ends_date=None) | Q(ends_date__gte=F("starts_date")),
                name="engagement_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(state="PLANNED", held_at=None) | (~Q(state="PLANNED") & ~Q(held_at=None)),
                name="engagement_held_has_its_moment",
            ),
        ]


class EngagementFunction(Scoped):
    """A function that asked for an engagement."""

    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="functions")
    function = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["engagement", "function"], name="engagement_function_once"),
        ]


class EngagementGroup(Scoped):
    """A group who took part; never a name."""

    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="groups")
    stakeholder = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["engagement", "stakeholder"], name="engagement_group_once"),
        ]


class AskedQuestion(Scoped):
    """A question that an engagement puts to patients."""

    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="asked")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="asked_in")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["engagement", "question"], name="question_asked_once_an_engagement"),
        ]


class Courtesy(Scoped):
    """Something an engagement owes by a date: thanks, or a holding reply."""

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="courtesies")
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in CourtesyKind])
    due_date = models.DateField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey("workspaces.Member", on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["engagement", "kind"], name="courtesy_once_an_engagement"),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None) | (~Q(done_at=None) & ~Q(done_by=None)),
                name="courtesy_done_at_and_by_go_together",
            ),
        ]
