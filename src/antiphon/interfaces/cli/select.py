"""`antiphon select`: choose a panel from volunteers so that quotas hold and chances are as equal as they can be."""

import math
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from antiphon.interfaces.cli import selecting

if TYPE_CHECKING:
    from antiphon.engines.selection import Lottery, Panel, Problem

    Shares, Counts = dict[tuple[str, str], float], dict[tuple[str, str], int]

EPILOG = """Example: antiphon select --pool pool.csv --quotas quotas.csv --size 12 --panel panel.csv
--report report.json

POOL: one row a person, first column id. QUOTAS: columns feature,value,min,max. Both may end in .gz. The report holds
everyone's chance, the lottery over panels, the best smallest chance possible and how the panel was drawn; the same
input and seed write the same bytes. Exit codes: 0 done, 2 the quotas cannot be met (the report says what would help),
3 bad input (each row named), 4 out of time (the best found, with its gap)."""
IMPOSSIBLE, BAD_INPUT, OUT_OF_TIME = 2, 3, 4
METHODS = ("leximin", "maximin", "nash", "goldilocks", "stratified")


class Strict(click.Command):
    """Wrong words are bad input here: 2 means that the quotas cannot be met."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as wrong:
            wrong.exit_code = BAD_INPUT
            raise


def _file(**more: Any) -> click.Path:
    return click.Path(dir_okay=False, path_type=Path, **more)


@click.command(cls=Strict, epilog=EPILOG)
@click.option("--pool", type=_file(), required=True, help="Who volunteered: a CSV file.")
@click.option("--quotas", type=_file(), required=True, help="How many of whom: a CSV file.")
@click.option("--size", type=click.IntRange(min=1), required=True, help="How many people sit on the panel.")
@click.option(
    "--method", type=click.Choice(METHODS), default="leximin", show_default=True, help="What counts as fair."
)
@click.option("--constraints", type=_file(), help="Caps, people apart or together, forced members …: a JSON file.")
@click.option("--households", metavar="COL", help="At most one person for each value of this column.")
@click.option("--seed", type=int, default=0, show_default=True, help="The number that draws the panel.")
@click.option("--tickets", type=click.IntRange(min=2), help="Round the lottery to this many tickets.")
@click.option("--ticket", type=click.IntRange(min=1), help="Draw this ticket, instead of by the seed.")
@click.option("--limit", type=click.FloatRange(min=0), default=3600.0, show_default=True, help="CPU seconds at most.")
@click.option("--panel", type=_file(), required=True, help="Where to write the panel: a CSV file.")
@click.option("--report", type=_file(), required=True, help="Where to write the report: a JSON file.")
@click.option("--reference", type=_file(), help="Shares of the population, to see who is missing: a CSV file.")
@click.option("--explain", type=_file(), help="Where to write a page that can be published beside the panel.")
def select(size: int, method: Any, seed: int, tickets: int | None, **more: Any) -> None:
    """Choose a panel from volunteers: quotas met, chances as equal as they can be, with proof."""
    # Small products of matrices only; more threads would cost time, not save it.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from antiphon.engines import selection

    began = time.process_time()
    if more["ticket"] and (tickets is None or more["ticket"] > tickets):
        _stop(BAD_INPUT, ["--ticket needs --tickets, and a number within it."])
    try:
        problem, shares, reach = _read(more, size)
        _tell_missing(problem, shares)
        lottery = selection.select(
            problem,
            method=method,
            seed=seed,
            tickets=tickets or 0,
            expired=lambda: time.process_time() - began > more["limit"],
        )
    except selection.BadProblem as wrong:
        _bad(wrong)
    except selection.QuotasCannotBeMet:
        _impossible(more["report"], problem, method, seed, began)
    drawn = _drawn(lottery, more["ticket"])
    _write(more, problem, lottery, drawn, time.process_time() - began)
    if more["explain"]:
        from antiphon.interfaces.cli.select_page import page

        groups = selection.inclusion(problem, reference=shares, in_reach=reach, lottery=lottery, panel=drawn.ids)
        text = page(problem, lottery, groups, more["ticket"])
        _save(more["explain"], lambda: more["explain"].write_text(text, encoding="utf-8"))
    # The report says it in coarse steps, so that the same draw writes the same bytes.
    click.echo(f"{_summary(lottery)} {time.process_time() - began:.2f} CPU seconds.", err=True)
    sys.exit(OUT_OF_TIME if lottery.status == "timeout" else 0)


def _read(files: dict[str, Any], size: int) -> "tuple[Problem, Shares, Counts]":
    """The problem and what the page compares it with; what is wrong with any file is told at once."""
    from antiphon.engines import selection

    constraints, households, wrong = files["constraints"], files["households"], []
    problem, reference = None, ({}, {})
    try:
        problem = selection.read_problem(
            files["pool"], files["quotas"], size, constraints=constraints, households=households
        )
    except selection.BadProblem as bad:
        wrong += bad.faults
    try:
        reference = selection.read_reference(files["reference"]) if files["reference"] else reference
    except selection.BadProblem as bad:
        wrong += bad.faults
    if problem is None or wrong:
        raise selection.BadProblem(tuple(wrong))
    return problem, *reference


def _tell_missing(problem: "Problem", shares: "Shares") -> None:
    """Who volunteers too seldom, said before anything is drawn: afterwards it is too late to invite them."""
    from antiphon.engines import selection

    groups = selection.inclusion(problem, reference=shares) if shares else ()
    lacking = [f"{group.missing} with “{group.feature} {group.value}”" for group in groups if group.missing]
    if lacking:
        click.echo(f"Missing among the volunteers for their share of the population: {', '.join(lacking)}.", err=True)


def _drawn(lottery: "Lottery", ticket: int | None) -> "Panel":
    from antiphon.engines import selection

    if ticket is None or lottery.tickets is None:
        return selection.draw(lottery.panels, lottery.seed)
    place = selection.drawn_by_ticket(lottery.tickets.counts, ticket)
    return selection.Panel(lottery.tickets.counts[place] / lottery.tickets.number, lottery.tickets.panels[place])


def _bad(wrong: Any) -> NoReturn:
    _stop(BAD_INPUT, [selecting.fault_words(fault) for fault in wrong.faults])


def _impossible(report: Path, problem: "Problem", method: str, seed: int, began: float) -> NoReturn:
    from antiphon.engines import selection

    found = selection.explain(problem)
    seconds = time.process_time() - began
    _save(report, lambda: selecting.write_report(
        report, selecting.refusal(method, problem.size, seed, selection.VERSION, found, seconds)
    ))  # fmt: skip
    _stop(IMPOSSIBLE, selecting.advice_words(found, problem.size))


def _write(files: dict[str, Any], problem: "Problem", lottery: "Lottery", drawn: "Panel", seconds: float) -> None:
    report = selecting.report_of(lottery, drawn, problem.size, seconds)
    _save(files["report"], lambda: selecting.write_report(files["report"], report))
    _save(files["panel"], lambda: selecting.write_panel(files["panel"], problem.pool, drawn))


def _save(path: Path, write: Any) -> None:
    try:
        write()
    except OSError as trouble:
        _stop(BAD_INPUT, [f"{path} cannot be written: {trouble.strerror}. Choose another place."])


def _summary(lottery: "Lottery") -> str:
    proven = "the best possible" if lottery.maximin_proven else _at_least(lottery.smallest_chance, lottery.bound)
    if lottery.method == "leximin" and lottery.maximin_proven:
        proven += (
            "; all other chances are as good as they can be too"
            if lottery.leximin_proven
            else f" (maximin proven, LEXIMIN not: no chance is farther than {lottery.leximin_gap:.4f} from it)"
        )
    away = len(lottery.out_of_reach)
    others = f" {away} people are out of reach; the report says why." if away else ""
    return f"Smallest chance {lottery.smallest_chance:.6f}: {proven}. {len(lottery.panels)} panels.{others}"


def _at_least(smallest: float, bound: float) -> str:
    """How much of the bound is reached for certain, rounded down."""
    reached = math.floor(1e4 * smallest / bound) / 100
    return f"at least {reached:.2f} % of the best possible, which is at most {bound:.6f}"


def _stop(code: int, words: list[str]) -> NoReturn:
    click.echo("\n".join(words), err=True)
    sys.exit(code)
