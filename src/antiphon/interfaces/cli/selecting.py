"""Words and files of `antiphon select`: faults, relaxations, the panel and the report."""

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from antiphon.engines.selection import Change, Explanation, Fault, Lottery, Panel, Pool, Recruit, Relaxation

FAULTS = {
    "nobody": "the pool holds nobody",
    "id_missing": "the id is missing",
    "id_twice": "the id {id} is in row {first} already",
    "size": "a panel of {size} cannot be chosen",
    "column_length": "column {column} holds {found} values for {people} people",
    "column_twice": "the column {column} is there twice",
    "no_such_column": "the pool has no column {feature}",
    "min_max": "{feature} = {value} asks for {min} to {max}",
    "quota_twice": "{feature} = {value} has a quota in row {first} already",
    "value_unknown": "{feature} is “{value}”, which no quota names",
    "value_missing": "{feature} is missing",
    "not_a_number": "{feature} is “{value}”, not a whole number",
    "no_such_person": "{id} is not in the pool",
    "forced_and_excluded": "{id} must sit and is excluded",
    "forced_and_asked_enough": "{id} must sit and was asked enough already",
    "forced_and_companion_cannot": "{id} must sit, and sits only with somebody who cannot",
    "forced_apart": "{id} and {other} must sit, and may not sit together",
    "forced_share": "{people} people who must sit share {column} {value}, where {most} may",
    "too_many_forced": "{people} people must sit on a panel of {size}",
    "quota_heading": "the heading is {found}; it must hold feature,value,min,max",
    "reference_heading": "the heading is {found}; it must hold feature,value,share",
    "not_a_share": "“{value}” is not a share from 0 to 1",
    "no_id_column": "the first column is “{found}”; it must be id",
    "row_empty": "the row is empty",
    "cells": "{found} cells where the heading has {expected}",
    "empty": "the file is empty",
    "not_csv": "no CSV: {reason}",
    "not_utf8": "not UTF-8 at byte {byte} of the line",
    "not_json": "no JSON object: {reason}",
    "unreadable": "the file cannot be read: {reason}",
    "unknown_key": "nothing is known of “{key}”",
    "wrong_value": "“{key}” has a value of the wrong kind",
}
CHANGES = {
    ("quota", "min"): "lower the minimum of “{named}” from {now} to {to}",
    ("quota", "max"): "raise the maximum of “{named}” from {now} to {to}",
    ("capacity", "max"): "find a session that can carry {to} of “{named}” instead of {now}",
    ("burden", "max"): "let the panel together come to {to} of “{named}” instead of {now}",
}
AWAY = {
    "excluded": "is excluded",
    "asked_enough": "was asked enough already",
    "companion_cannot": "sits only with somebody who cannot",
    "shares_with_forced": "shares a cap with somebody who must sit",
    "no_room": "is on no panel that meets the quotas",
}
IMPOSSIBLE = "The quotas cannot be met together. Any one of these would do:"
NO_WAY = "The quotas cannot be met together, and no change as far as they may flex would do."
# Within how many seconds it was done is told in steps so far apart that the same input and seed write the same bytes.
_STEPS = (60, 600, 3600)


def fault_words(fault: "Fault") -> str:
    """Where and what: pool row 7: the id is missing."""
    place = f"{fault.file} row {fault.row}" if fault.row else fault.file
    return f"{place}: {FAULTS[fault.code].format(**fault.params)}"


def change_words(change: "Change") -> str:
    """One change as advice: lower the minimum of “age 75+” from 3 to 2."""
    named = f"{change.feature} {change.value}".strip()
    return CHANGES[change.code, change.bound].format(named=named, now=change.now, to=change.to)


def relaxation_words(relaxation: "Relaxation") -> str:
    """All changes of one relaxation in a sentence."""
    return " and ".join(change_words(change) for change in relaxation.changes)


def recruit_words(recruit: "Recruit") -> str:
    """Whom to invite: invite 2 more people with “age 75+”."""
    people = "person" if recruit.number == 1 else "people"
    return f"invite {recruit.number} more {people} with “{recruit.feature} {recruit.value}”"


def advice_words(found: "Explanation", size: int) -> list[str]:
    """What the command says when no panel is possible, what would help first."""
    if found.missing:
        among = ", ".join(f"{recruit.number} with “{recruit.feature} {recruit.value}”" for recruit in found.recruits)
        return [
            f"Whatever the quotas, {size - found.missing} people at most can sit together on a panel of {size}.",
            f"Invite at least {found.missing} more{f', among them {among}' if among else ''};"
            " or widen the rules beside the quotas.",
        ]
    ways = [relaxation_words(relaxation) for relaxation in found.relaxations]
    if found.recruits:
        ways.append(" and ".join(recruit_words(recruit) for recruit in found.recruits))
    words = [IMPOSSIBLE if ways else NO_WAY, *(f"  - {way}" for way in ways)]
    if found.conflict:
        names = ", ".join(f"{feature} {value}".strip() or "a cap" for _, feature, value in found.conflict)
        words.append(f"These cannot hold together: {names}.")
    return words


def explanation_of(found: "Explanation") -> dict[str, Any]:
    """The explanation as the report holds it: relaxations first in mind, though keys follow the contract."""
    return {
        "relaxations": [
            {
                "words": relaxation_words(relaxation),
                "total": relaxation.total,
                "changes": [
                    {"feature": c.feature, "value": c.value, "bound": c.bound, "from": c.now, "to": c.to}
                    for c in relaxation.changes
                ],
            }
            for relaxation in found.relaxations
        ],
        "recruit": [
            {"words": recruit_words(r), "feature": r.feature, "value": r.value, "more": r.number}
            for r in found.recruits
        ],
        "conflict": [{"feature": feature, "value": value} for _, feature, value in found.conflict],
        "missing_people": found.missing,
    }


def refusal(method: str, size: int, seed: int, version: str, found: "Explanation", seconds: float) -> dict[str, Any]:
    """The report of a run that found no panel possible."""
    return {
        "method": method,
        "status": "infeasible",
        "size": size,
        "seconds": step_of(seconds),
        "smallest_chance": None,
        "bound": None,
        "chances": {},
        "lottery": [],
        "panel": [],
        "seed": seed,
        "infeasible": explanation_of(found),
        "version": version,
    }


def report_of(lottery: "Lottery", drawn: "Panel", size: int, seconds: float) -> dict[str, Any]:
    """The report of a lottery and the panel drawn from it."""
    report = {
        "method": lottery.method,
        "status": lottery.status,
        "size": size,
        "seconds": step_of(seconds),
        "smallest_chance": lottery.smallest_chance,
        "largest_chance": lottery.largest_chance,
        "bound": lottery.bound,
        "gap": max(0.0, 1 - lottery.smallest_chance / lottery.bound) if lottery.bound else 0.0,
        "maximin_proven": lottery.maximin_proven,
        "leximin_proven": lottery.leximin_proven,
        "leximin_gap": lottery.leximin_gap,
        "reasons": [{"feature": feature, "value": value} for _, feature, value in lottery.reasons],
        "out_of_reach": dict(lottery.out_of_reach),
        "chances": dict(lottery.chances),
        "lottery": [{"weight": panel.weight, "panel": list(panel.ids)} for panel in lottery.panels],
        "panel": list(drawn.ids),
        "seed": lottery.seed,
        "infeasible": {"conflict": [], "relaxations": []},
        "version": lottery.version,
    }
    if lottery.tickets:
        tickets = lottery.tickets
        report["tickets"] = {
            "number": tickets.number,
            "smallest_chance": tickets.smallest_chance,
            "loss": tickets.loss,
            "panels": [
                {"tickets": count, "panel": list(ids)}
                for count, ids in zip(tickets.counts, tickets.panels, strict=True)
            ],
        }
    return report


def step_of(seconds: float) -> int:
    """No longer than this many seconds."""
    return next((step for step in _STEPS if seconds <= step), 86_400)


def write_report(path: Path, report: Mapping[str, Any]) -> None:
    """The report as JSON, one line an entry of the lottery."""
    path.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def write_panel(path: Path, pool: "Pool", drawn: "Panel") -> None:
    """The panel as CSV: the pool's columns that quotas and rules speak of, one row a member."""
    place = {name: i for i, name in enumerate(pool.ids)}
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["id", *pool.columns])
    for name in drawn.ids:
        writer.writerow([name, *(values[place[name]] for values in pool.columns.values())])
    path.write_text(text.getvalue(), encoding="utf-8")
