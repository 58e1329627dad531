"""Who decides first on the insights that nobody has been told about."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from antiphon.platform.workspaces.models import Member
from antiphon.workspace.decisions.models import Weighing
from antiphon.workspace.decisions.rules import State as DecisionState


@dataclass(frozen=True, slots=True)
class Deciding:
    """What waits for a function that decides on it first: whose programme it is of, how much, and how much is late."""

    function: str
    own_function: str
    count: int
    late_count: int


def deciding(member: Member, day: datetime.date) -> list[Deciding]:
    """By the function that decides first and the one whose programme it is."""
    on_scales = Weighing.objects.visible_to(member).filter(decision__state=DecisionState.OPEN)
    its_due = OuterRef("decision__due_date")
    sooner = Q(decision__due_date__lt=its_due) | Q(decision__due_date=its_due, pk__lt=OuterRef("pk"))
    first = on_scales.filter(~Exists(on_scales.filter(sooner, insight=OuterRef("insight"))))
    waiting = first.filter(insight__standing__isnull=False, insight__standing__told_at=None)
    late = Count("pk", filter=Q(decision__due_date__lt=day))
    functions = waiting.order_by().values_list("decision__function", "insight__programme__function")
    return [Deciding(*row) for row in functions.annotate(Count("pk"), late=late)]
