"""Reading decisions."""

from antiphon.workspace.decisions.queries.record import (
    ChangeRow,
    DecisionRecord,
    NoSuchWeighing,
    OptionRow,
    WeighingRow,
    engagements_to_answer,
    get_option,
    get_weighing,
    initial,
    record,
    settled_weighings,
)
from antiphon.workspace.decisions.queries.register import (
    DecisionRow,
    NoSuchDecision,
    get,
    nearest_to,
    of_insight,
    page,
    rows,
)

__all__ = [
    "ChangeRow",
    "DecisionRecord",
    "DecisionRow",
    "NoSuchDecision",
    "NoSuchWeighing",
    "OptionRow",
    "WeighingRow",
    "engagements_to_answer",
    "get",
    "get_option",
    "get_weighing",
    "initial",
    "nearest_to",
    "of_insight",
    "page",
    "record",
    "rows",
    "settled_weighings",
]
