"""Reading a pool, quotas and constraints from files; every fault is named by its row, and nothing is guessed."""

import csv
import gzip
import io
import json
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from sys import intern

from antiphon.engines.selection._values import BadProblem, Burden, Cap, Capacity, Fault, Pool, Quota, Rules

_GZIP = b"\x1f\x8b"
_HEADINGS = (("feature", "value"), ("category", "feature"), ("category", "name"))
# What files in this format carry beside constraints.
_NOTES = frozenset({
    "panel_size", "note", "lp_bound_min", "types", "slack", "twin_of", "published_leximin_min", "feasible", "cause",
    "households", "min_total_relaxation", "irreducible_infeasible_subset", "expected_dropout_rate",
})  # fmt: skip
_COLUMNS = {
    "household": "household",
    "organisation": "organisation",
    "employer": "employer",
    "access": "access_need",
    "coi": "coi",
    "burden": "recent_activities",
}


def read_quotas(path: Path) -> tuple[Quota, ...]:
    """Quotas from a CSV file; raises `BadProblem`."""
    quotas, faults = quotas_in(path)
    _raise(faults)
    return quotas


def quotas_in(path: Path) -> tuple[tuple[Quota, ...], list[Fault]]:
    """Quotas, one for each row, and what is wrong with rows; raises `BadProblem` where there is no telling rows."""
    heading, records, faults = _table(path, "quotas")
    names = next((pair for pair in _HEADINGS if set(pair) <= set(heading)), None)
    if names is None or not {"min", "max"} <= set(heading):
        raise BadProblem((Fault("quota_heading", "quotas", 1, {"found": ",".join(heading)[:200]}),))
    quotas, named = [], {fault.row for fault in faults}
    for row, cells in records:
        record = dict(zip(heading, cells, strict=True))
        numbers = {key: _whole(record.get(key, "")) for key in ("min", "max", "min_flex", "max_flex")}
        wrong = [key for key in ("min", "max") if numbers[key] is None and row not in named]
        faults += [Fault("not_a_number", "quotas", row, {"feature": key, "value": record[key]}) for key in wrong]
        flex = {"min_flex": numbers["min_flex"], "max_flex": numbers["max_flex"]}
        quotas.append(Quota(record[names[0]], record[names[1]], numbers["min"] or 0, numbers["max"] or 0, **flex))
    return tuple(quotas), faults


def read_reference(path: Path) -> tuple[dict[tuple[str, str], float], dict[tuple[str, str], int]]:
    """Shares of a population (0..1) and how many were in reach, from a CSV file; raises `BadProblem`.

    Columns feature, value, share and, where it is known, in_reach.
    """
    heading, records, faults = _table(path, "reference")
    if not {"feature", "value", "share"} <= set(heading):
        raise BadProblem((Fault("reference_heading", "reference", 1, {"found": ",".join(heading)[:200]}),))
    shares: dict[tuple[str, str], float] = {}
    reach: dict[tuple[str, str], int] = {}
    for row, cells in records:
        record = dict(zip(heading, (cell.strip() for cell in cells), strict=True))
        name, share = (record["feature"], record["value"]), record["share"]
        if share.replace(".", "", 1).isdecimal() and float(share) <= 1:
            shares[name] = float(share)
        else:
            faults.append(Fault("not_a_share", "reference", row, {"value": share}))
        number = _whole(record.get("in_reach", ""))
        reach |= {} if number is None else {name: number}
    _raise(faults)
    return shares, reach


def _whole(text: str) -> int | None:
    stripped = text.strip()
    return int(stripped) if stripped.isdecimal() and len(stripped) < 10 else None


def read_pool(path: Path, wanted: Iterable[str] | None = None) -> Pool:
    """People from a CSV file whose first column is the id; only the columns wanted are kept. Raises `BadProblem`."""
    pool, faults = pool_in(path, wanted)
    _raise(faults)
    return pool


def pool_in(path: Path, wanted: Iterable[str] | None = None) -> tuple[Pool, list[Fault]]:
    """People, one for each row, and what is wrong with rows; raises `BadProblem` where there is no telling columns."""
    heading, records, faults = _table(path, "pool")
    keep = [name for name in heading[1:] if wanted is None or name in set(wanted)]
    of_heading = [Fault("column_twice", "pool", 1, {"column": name}) for name in _twice(heading) if name in keep]
    if not heading[0].lower().endswith("id"):
        of_heading.append(Fault("no_id_column", "pool", 1, {"found": heading[0]}))
    if of_heading:
        raise BadProblem((*of_heading, *faults))
    places = [heading.index(name) for name in keep]
    ids = tuple(cells[0].strip() for _, cells in records)
    columns = {
        name: tuple(intern(cells[place].strip()) for _, cells in records)
        for name, place in zip(keep, places, strict=True)
    }
    return Pool(ids, columns), faults


def _twice(heading: list[str]) -> list[str]:
    return sorted(name for name, times in Counter(heading).items() if times > 1)


def _table(path: Path, file: str) -> tuple[list[str], list[tuple[int, list[str]]], list[Fault]]:
    """Heading, numbered records, all as long as the heading, and which of them were not."""
    text, faults = _text(path, file)
    csv.field_size_limit(10_000_000)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise BadProblem((*faults, Fault("not_csv", file, 0, {"reason": str(error)}))) from None
    while lines and not any(cell.strip() for cell in lines[-1]):
        lines.pop()
    if not lines or not lines[0]:
        raise BadProblem((Fault("empty", file, 0, {}),))
    if faults and faults[0].row == 1:
        raise BadProblem(tuple(faults))
    heading, records = [cell.strip() for cell in lines[0]], []
    for row, cells in enumerate(lines[1:], start=2):
        if len(cells) != len(heading):
            code = "row_empty" if not cells else "cells"
            faults.append(Fault(code, file, row, {"expected": len(heading), "found": len(cells)}))
        # Rows keep their number, so that what else is wrong is named by the right one.
        records.append((row, [*cells, *("" for _ in heading)][: len(heading)]))
    return heading, records, faults


def _text(path: Path, file: str) -> tuple[str, list[Fault]]:
    """The words of a file, with marks in place of what is not UTF-8, and in which rows that is."""
    try:
        raw = path.read_bytes()
        raw = gzip.decompress(raw) if raw.startswith(_GZIP) else raw
    except (OSError, EOFError, zlib.error) as trouble:
        reason = getattr(trouble, "strerror", None) or str(trouble)
        raise BadProblem((Fault("unreadable", file, 0, {"reason": reason}),)) from None
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        pass
    faults = []
    for row, line in enumerate(raw.split(b"\n"), start=1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError as error:
            faults.append(Fault("not_utf8", file, row, {"byte": error.start + 1}))
    return raw.decode("utf-8-sig", errors="replace"), faults


def _raise(faults: list[Fault]) -> None:
    if faults:
        raise BadProblem(tuple(faults))


def read_rules(path: Path) -> Rules:
    """Constraints from a JSON file; raises `BadProblem` for keys that mean nothing and values of the wrong kind."""
    text, faults = _text(path, "constraints")
    _raise(faults)
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        raise BadProblem((Fault("not_json", "constraints", error.lineno, {"reason": error.msg}),)) from None
    except RecursionError:
        raise BadProblem((Fault("not_json", "constraints", 1, {"reason": "too deep"}),)) from None
    if not isinstance(found, dict):
        raise BadProblem((Fault("not_json", "constraints", 1, {"reason": "not an object"}),))
    unknown = [key for key in found if key not in _KEYS and key not in _NOTES]
    wrong = [key for key, kind in _KEYS.items() if key in found and not kind(found[key])]
    _raise(
        [Fault("unknown_key", "constraints", 0, {"key": key}) for key in unknown]
        + [Fault("wrong_value", "constraints", 0, {"key": key}) for key in wrong]
    )
    return _rules(found, _COLUMNS | found.get("columns", {}))


def _rules(found: Mapping[str, object], columns: Mapping[str, str]) -> Rules:
    def groups(key: str) -> tuple[tuple[str, ...], ...]:
        held = found.get(key, [])
        return tuple(tuple(group) for group in held) if isinstance(held, list) else ()

    def number(key: str) -> int | None:
        held = found.get(key)
        return held if isinstance(held, int) else None

    def names(key: str) -> tuple[str, ...]:
        held = found.get(key, [])
        return tuple(held) if isinstance(held, list) else ()

    caps = [(columns[name], number(f"{name}_max")) for name in ("household", "organisation", "employer")]
    access = found.get("access_capacity", {})
    held_by_value = access if isinstance(access, dict) else {}
    capacities = [Capacity(columns["access"], value, most) for value, most in held_by_value.items()]
    together = number("max_total_adjustments")
    if together is not None:
        capacities.append(Capacity(columns["access"], None, together))
    burden = (number("max_recent_activities"), number("max_total_burden"))
    return Rules(
        caps=tuple(Cap(column, most) for column, most in caps if most is not None),
        capacities=tuple(capacities),
        burden=Burden(columns["burden"], *burden) if burden != (None, None) else None,
        excluded=frozenset(names("exclude")),
        excluded_values=tuple((columns["coi"], value) for value in names("exclude_coi")),
        forced=names("must_serve"),
        apart=groups("cannot_serve_together"),
        together=groups("must_serve_together"),
    )


def _is_number(held: object) -> bool:
    return isinstance(held, int) and not isinstance(held, bool) and held >= 0


def _is_names(held: object) -> bool:
    return isinstance(held, list) and all(isinstance(name, str) for name in held)


def _is_groups(held: object) -> bool:
    return isinstance(held, list) and all(_is_names(group) and len(group) > 1 for group in held)


def _is_counts(held: object) -> bool:
    return isinstance(held, dict) and all(_is_number(most) for most in held.values())


def _is_columns(held: object) -> bool:
    return isinstance(held, dict) and held.keys() <= _COLUMNS.keys() and _is_names(list(held.values()))


_KEYS = {
    "columns": _is_columns,
    "household_max": _is_number,
    "organisation_max": _is_number,
    "employer_max": _is_number,
    "max_recent_activities": _is_number,
    "max_total_burden": _is_number,
    "max_total_adjustments": _is_number,
    "access_capacity": _is_counts,
    "exclude_coi": _is_names,
    "exclude": _is_names,
    "must_serve": _is_names,
    "cannot_serve_together": _is_groups,
    "must_serve_together": _is_groups,
}


def columns_of(quotas: Iterable[Quota], rules: Rules) -> frozenset[str]:
    """The columns of the pool that quotas and rules speak of."""
    named = {quota.feature for quota in quotas} | {cap.column for cap in rules.caps}
    named |= {capacity.column for capacity in rules.capacities} | {column for column, _ in rules.excluded_values}
    return frozenset(named | ({rules.burden.column} if rules.burden else set()))
