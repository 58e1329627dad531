"""What the product asks of its reference content; each question also takes a workspace's extended pack."""

from collections.abc import Iterable
from typing import cast

from antiphon.content.loader import load
from antiphon.content.pack import Pack
from antiphon.content.schema import ConsentScope, DecisionPoint, Disposition, Function, Need


def needs() -> Pack[Need]:
    """What patients need, in sections, categories and details."""
    return cast(Pack[Need], load("needs"))


def decision_points() -> Pack[DecisionPoint]:
    """The moments at which patients can change what is decided."""
    return cast(Pack[DecisionPoint], load("decision_points"))


def functions() -> Pack[Function]:
    """The parts of an organisation that decide."""
    return cast(Pack[Function], load("functions"))


def dispositions() -> Pack[Disposition]:
    """What can become of an insight."""
    return cast(Pack[Disposition], load("dispositions"))


def consent_scopes() -> Pack[ConsentScope]:
    """What a person can allow."""
    return cast(Pack[ConsentScope], load("consent_scopes"))


def sections(pack: Pack[Need] | None = None) -> tuple[Need, ...]:
    """The top of the needs framework."""
    return (pack or needs()).children(None)


def categories(pack: Pack[Need] | None = None) -> tuple[Need, ...]:
    """The second storey of the needs framework: the rows of a gap map."""
    return tuple(need for need in pack or needs() if need.level == "category")


def decision_points_in(stage: str, pack: Pack[DecisionPoint] | None = None) -> tuple[DecisionPoint, ...]:
    """The decision points of one stage of the lifecycle."""
    load("lifecycle_stages").get(stage)
    return tuple(point for point in pack or decision_points() if point.stage == stage)


def functions_at(
    decision_point: str, pack: Pack[Function] | None = None, *, suggested: bool = True
) -> tuple[Function, ...]:
    """Who decides at a decision point: first those a source names, then those Antiphon suggests."""
    decision_points().get(decision_point)
    among = pack or functions()
    named = [function for function in among if decision_point in function.decision_points]
    thought = [function for function in among if decision_point in function.suggested_decision_points]
    return tuple(named + thought) if suggested else tuple(named)


def allowed_by(given: Iterable[str], pack: Pack[ConsentScope] | None = None) -> frozenset[str]:
    """Every scope that follows from those a person gave: a wide one brings the narrower ones with it."""
    among = pack or consent_scopes()
    allowed: set[str] = set()
    waiting = list(given)
    while waiting:
        scope = among.get(waiting.pop())
        if scope.id not in allowed:
            allowed.add(scope.id)
            waiting += scope.includes
    return frozenset(allowed)
