"""What the first screen and the map count of a workspace, each counted anew only after a change that can move it."""

import datetime
from collections.abc import Callable
from functools import partial
from typing import TypeVar
from uuid import UUID

from django.utils import timezone

from antiphon.platform.audit.remembering import Memory
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.measures.models import Standing
from antiphon.workspace.measures.queries.deciding import Deciding, deciding
from antiphon.workspace.measures.queries.due import Debts, due, silent
from antiphon.workspace.measures.queries.kinds import Kind, kinds
from antiphon.workspace.measures.queries.rates import Rate, given, rates, waits
from antiphon.workspace.voices import queries as voices

T = TypeVar("T")
MONTHS = 6
# What people add to a decision or an answer and nobody counts here.
BESIDE = {"decisions.Option", "decisions.Change", "answers.Card", "answers.Reply"}
# By what each figure stays as it was: an app or one of its models. What is not named here is taken to move it.
LEFT_ALONE_BY = {
    "kinds": {"voices", "engagements", "decisions.Weighing", *BESIDE},
    "deciding": {"voices", "engagements", *BESIDE},
    "due": {"voices", "insights", "programmes", "decisions.Weighing", *BESIDE},
    "silent": {"voices", "engagements", "programmes", *BESIDE},
    "rates": {"voices", "engagements", "programmes", "decisions"},
    "waits": {"voices", "insights", "programmes", "decisions"},
    "queue": {"insights", "engagements", "programmes", "decisions", "answers"},
}


class Kept:
    """The figures of a workspace, for one look at it."""

    def __init__(self, member: Member, day: datetime.date) -> None:
        self.member, self.day = member, day
        self._memory = Memory(member.workspace_id)

    def kinds(self, programme_id: UUID | str | None = None) -> list[Kind]:
        """Agreed insights that are alike, of a programme or of all."""
        return self._of("kinds", partial(kinds, self.member, programme_id), programme_id or "all")

    def deciding(self) -> list[Deciding]:
        """Who decides first on what waits."""
        return self._of_day("deciding", partial(deciding, self.member, self.day))

    def owed(self) -> Debts:
        """What is owed, the soonest first, and how much of it is late."""
        by_date = self._of_day("due", partial(due, self.member, self.day))
        unsaid = self._of_day("silent", partial(silent, self.member, self.day))
        owed = sorted(by_date[0] + unsaid[0], key=lambda thing: (thing.due_date or self.day, thing.kind))
        return owed, by_date[1] + unsaid[1]

    def rates(self) -> tuple[Rate, ...]:
        """How much was answered by the end of each month."""
        found = Standing.objects.visible_to(self.member)
        return tuple(self._of_day("rates", partial(rates, found, self.day, MONTHS)))

    def waits(self) -> list[int]:
        """How many days each answer took."""
        return self._of_day("waits", lambda: waits(given(self.member)))

    def queue(self) -> tuple[int, int, datetime.datetime | None]:
        """How many passages nobody read, how many possible safety events wait, and since when."""
        return self._of("queue", partial(voices.queue_counts, self.member))

    def _of_day(self, figure: str, count: Callable[[], T]) -> T:
        """A figure that is another one tomorrow, and where the day is another."""
        return self._of(figure, count, self.day, timezone.get_current_timezone_name())

    def _of(self, figure: str, count: Callable[[], T], *which: object) -> T:
        return self._memory.of(figure, *which, count=count, apart_from=LEFT_ALONE_BY[figure])
