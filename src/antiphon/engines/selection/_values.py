"""What goes into a selection and what comes out: values only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Method = Literal["leximin", "maximin", "nash", "goldilocks", "stratified"]
METHODS: tuple[Method, ...] = ("leximin", "maximin", "nash", "goldilocks", "stratified")
Status = Literal["optimal", "feasible", "infeasible", "timeout"]


@dataclass(frozen=True, slots=True)
class Pool:
    """Who volunteered: one id a person, unique; every column holds one value a person, in the same order."""

    ids: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Quota:
    """How many panel members have `value` in column `feature`: from `min` to `max`, both inclusive.

    `min_flex` and `max_flex` say how far a relaxation may go; None: as far as it must.
    """

    feature: str
    value: str
    min: int
    max: int
    min_flex: int | None = None
    max_flex: int | None = None


@dataclass(frozen=True, slots=True)
class Cap:
    """At most `most` people on the panel share a value of `column`; those without a value share nothing."""

    column: str
    most: int


@dataclass(frozen=True, slots=True)
class Capacity:
    """At most `most` people with `value` in `column`: what one session can carry; value None: with any value."""

    column: str
    value: str | None
    most: int


@dataclass(frozen=True, slots=True)
class Burden:
    """What people gave already, a whole number in `column`.

    Who is above `most_each` is not asked; the panel together stays within `most_together`.
    """

    column: str
    most_each: int | None = None
    most_together: int | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds beside quotas; people are named by their ids. All of it is hard."""

    caps: tuple[Cap, ...] = ()
    capacities: tuple[Capacity, ...] = ()
    burden: Burden | None = None
    excluded: frozenset[str] = frozenset()
    excluded_values: tuple[tuple[str, str], ...] = ()
    forced: tuple[str, ...] = ()
    apart: tuple[tuple[str, ...], ...] = ()
    together: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Choose `size` people from `pool` so that every quota and rule holds."""

    pool: Pool
    quotas: tuple[Quota, ...]
    size: int
    rules: Rules = field(default_factory=Rules)


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel the lottery may draw and its chance (0..1); ids in the order of the pool."""

    weight: float
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tickets:
    """The lottery in whole tickets for a public draw: how many each panel holds, in the order they are counted.

    `smallest_chance` is what the tickets give, `loss` how much that is below the exact lottery's.
    """

    number: int
    counts: tuple[int, ...]
    panels: tuple[tuple[str, ...], ...]
    smallest_chance: float
    loss: float


@dataclass(frozen=True, slots=True)
class Lottery:
    """Panels whose weights sum to 1, and what they prove.

    `chances` are exactly what the weights give. `bound` is the best smallest chance any lottery could give to
    the people who can sit on a panel at all, by linear programming; `out_of_reach` are those who cannot, each
    with the code of the reason. `leximin_proven`: the whole vector of chances is the best one, not its smallest
    entry alone; `leximin_gap` is how far the chance is off that is farthest from what LEXIMIN would give. `reasons`
    are the quotas that keep the smallest chance down, hardest first.
    """

    method: Method
    status: Status
    chances: Mapping[str, float]
    panels: tuple[Panel, ...]
    bound: float
    smallest_chance: float
    largest_chance: float
    maximin_proven: bool
    leximin_proven: bool
    leximin_gap: float
    out_of_reach: Mapping[str, str]
    reasons: tuple[tuple[str, str, str], ...]
    seed: int
    version: str
    tickets: Tickets | None = None


@dataclass(frozen=True, slots=True)
class Reserve:
    """Somebody who could step in, and for whom."""

    id: str
    seats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """The problem of whom to invite, how many that are, and (feature, value, number) the pool has too few of."""

    problem: Problem
    invitations: int
    lacking: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class Invitation:
    """How many with a value are invited and the chance (0..1) that fewer than `needed` of them accept."""

    feature: str
    value: str
    needed: int
    invited: int
    risk: float


@dataclass(frozen=True, slots=True)
class Group:
    """People with one value on their way to the panel; counts that must stay hidden or are not known are None.

    `reference` is a share (0..1), `chance` a mean (0..1), `missing` how many more volunteers the group lacks.
    """

    feature: str
    value: str
    reference: float | None
    in_reach: int | None
    volunteered: int | None
    chosen: int | None
    chance: float | None
    missing: int | None


@dataclass(frozen=True, slots=True)
class Change:
    """Set the `bound` ("min" or "max") of a quota or rule from `now` to `to`."""

    code: str
    feature: str
    value: str
    bound: str
    now: int
    to: int


@dataclass(frozen=True, slots=True)
class Relaxation:
    """Changes that together make a panel possible; `total` is the sum of their steps."""

    changes: tuple[Change, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Recruit:
    """So many more volunteers with this value would be needed."""

    feature: str
    value: str
    number: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why no panel is possible: the nearest relaxations, whom to invite, and a conflict that cannot be reduced.

    `conflict` holds (code, feature, value) of rows; leaving out any one of them would do. `missing` is how many
    people the pool lacks to fill the panel at all.
    """

    relaxations: tuple[Relaxation, ...]
    recruits: tuple[Recruit, ...]
    conflict: tuple[tuple[str, str, str], ...]
    missing: int


class QuotasCannotBeMet(Exception):
    """No panel meets all quotas and rules; `explain` says why and what would help."""


class BadProblem(Exception):
    """The problem itself is wrong; every fault has a code, the place and parameters."""

    def __init__(self, faults: tuple["Fault", ...]) -> None:
        super().__init__(f"{len(faults)} faults, the first: {faults[0]}")
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with the input: `code`, where (`file`, `row`; row 1 is the heading, 0 the file), parameters."""

    code: str
    file: str
    row: int
    params: Mapping[str, str | int]
