"""What is wrong with a problem before anything is computed: every fault with its place."""

from collections import Counter
from collections.abc import Iterator

from antiphon.engines.selection._build import NOTHING, barred, joined, with_companions
from antiphon.engines.selection._values import BadProblem, Fault, Problem, Quota

# Why somebody who must sit cannot, by the reason why others are out of reach.
_FORCED_AND = {
    "excluded": "forced_and_excluded",
    "asked_enough": "forced_and_asked_enough",
    "companion_cannot": "forced_and_companion_cannot",
}


def check(problem: Problem) -> None:
    """Raises `BadProblem` with all faults, pool rows counted from 2 as in a file with a heading."""
    found = faults(problem)
    if found:
        raise BadProblem(found)


def faults(problem: Problem) -> tuple[Fault, ...]:
    """Everything that is wrong; whether rules agree with each other is asked where nothing else is."""
    found = (*_people(problem), *_quotas(problem), *_values(problem), *_rules(problem))
    return found or tuple(_must_sit(problem))


def _people(problem: Problem) -> Iterator[Fault]:
    ids = problem.pool.ids
    if not ids:
        yield Fault("nobody", "pool", 0, {})
    times = Counter(ids)
    first: dict[str, int] = {}
    for row, name in enumerate(ids, start=2):
        if not name.strip():
            yield Fault("id_missing", "pool", row, {})
        elif times[name] > 1 and name in first:
            yield Fault("id_twice", "pool", row, {"id": name, "first": first[name]})
        first.setdefault(name, row)
    if problem.size < 1:
        yield Fault("size", "quotas", 0, {"size": problem.size})
    for column, values in problem.pool.columns.items():
        if len(values) != len(ids):
            yield Fault("column_length", "pool", 0, {"column": column, "found": len(values), "people": len(ids)})


def _quotas(problem: Problem) -> Iterator[Fault]:
    yield from faults_of_quotas(problem.quotas)
    for row, quota in enumerate(problem.quotas, start=2):
        if quota.feature not in problem.pool.columns:
            yield Fault("no_such_column", "quotas", row, {"feature": quota.feature, "value": quota.value})


def faults_of_quotas(quotas: tuple[Quota, ...]) -> tuple[Fault, ...]:
    """What is wrong with quotas whoever the people are."""
    found: list[Fault] = []
    seen: dict[tuple[str, str], int] = {}
    for row, quota in enumerate(quotas, start=2):
        key = (quota.feature, quota.value)
        name = {"feature": quota.feature, "value": quota.value}
        if quota.min < 0 or quota.max < quota.min:
            found.append(Fault("min_max", "quotas", row, name | {"min": quota.min, "max": quota.max}))
        if key in seen:
            found.append(Fault("quota_twice", "quotas", row, name | {"first": seen[key]}))
        seen.setdefault(key, row)
    return tuple(found)


def _values(problem: Problem) -> Iterator[Fault]:
    """People with a value that no quota of the feature names: they would be counted nowhere."""
    known: dict[str, set[str]] = {}
    for quota in problem.quotas:
        known.setdefault(quota.feature, set()).add(quota.value)
    for feature, values in known.items():
        for row, value in enumerate(problem.pool.columns.get(feature, ()), start=2):
            if value not in values:
                code = "value_unknown" if value.strip() else "value_missing"
                yield Fault(code, "pool", row, {"feature": feature, "value": value})


def _rules(problem: Problem) -> Iterator[Fault]:
    yield from _named_columns(problem)
    yield from _named_people(problem)


def _named_columns(problem: Problem) -> Iterator[Fault]:
    rules, columns = problem.rules, problem.pool.columns
    named = [cap.column for cap in rules.caps] + [capacity.column for capacity in rules.capacities]
    named += [column for column, _ in rules.excluded_values] + ([rules.burden.column] if rules.burden else [])
    for column in named:
        if column not in columns:
            yield Fault("no_such_column", "constraints", 0, {"feature": column, "value": ""})
    if rules.burden and rules.burden.column in columns:
        for row, held in enumerate(columns[rules.burden.column], start=2):
            if held and not held.isdecimal():
                yield Fault("not_a_number", "pool", row, {"feature": rules.burden.column, "value": held})


def _named_people(problem: Problem) -> Iterator[Fault]:
    rules, known = problem.rules, set(problem.pool.ids)
    people = [
        *rules.forced,
        *sorted(rules.excluded),
        *(name for group in rules.apart + rules.together for name in group),
    ]
    for name in dict.fromkeys(people):
        if name not in known:
            yield Fault("no_such_person", "constraints", 0, {"id": name})
    for name in rules.forced:
        if name in rules.excluded:
            yield Fault("forced_and_excluded", "constraints", 0, {"id": name})


def _must_sit(problem: Problem) -> Iterator[Fault]:
    """Those who must sit, and whom they bring along, against every rule: no lottery could keep both."""
    place = {name: i for i, name in enumerate(problem.pool.ids)}
    groups = joined([tuple(place[name] for name in group) for group in problem.rules.together])
    sitting = with_companions({place[name] for name in problem.rules.forced}, groups)
    ids, away = problem.pool.ids, barred(problem, place, groups)
    for i in sorted(sitting & away.keys()):
        yield Fault(_FORCED_AND[away[i]], "constraints", 0, {"id": ids[i]})
    if len(sitting) > problem.size:
        yield Fault("too_many_forced", "constraints", 0, {"people": len(sitting), "size": problem.size})
    yield from _forced_apart(problem, {ids[i] for i in sitting})
    for cap in problem.rules.caps:
        shared = Counter(problem.pool.columns[cap.column][i] for i in sitting)
        for value, people in sorted(shared.items()):
            if value not in NOTHING and people > cap.most:
                found: dict[str, str | int] = {"column": cap.column, "value": value}
                yield Fault("forced_share", "constraints", 0, found | {"people": people, "most": cap.most})


def _forced_apart(problem: Problem, sitting: set[str]) -> Iterator[Fault]:
    for group in problem.rules.apart:
        both = [name for name in dict.fromkeys(group) if name in sitting]
        if len(both) > 1:
            yield Fault("forced_apart", "constraints", 0, {"id": both[0], "other": both[1]})
