"""Reading insights."""

from antiphon.workspace.insights.queries.record import (
    InsightRecord,
    candidates,
    checks_of,
    codes_of,
    initial,
    last_editor,
    needs_of,
    passages,
    record,
)
from antiphon.workspace.insights.queries.register import (
    InsightRow,
    NoSuchInsight,
    as_id,
    get,
    page,
    rows,
    with_any_word,
)
from antiphon.workspace.insights.queries.similar import SimilarRow, same_statement, similar
from antiphon.workspace.insights.queries.words import CHECKS, STATES, STRENGTHS

__all__ = [
    "CHECKS",
    "STATES",
    "STRENGTHS",
    "InsightRecord",
    "InsightRow",
    "NoSuchInsight",
    "SimilarRow",
    "as_id",
    "candidates",
    "checks_of",
    "codes_of",
    "get",
    "initial",
    "last_editor",
    "needs_of",
    "page",
    "passages",
    "record",
    "rows",
    "same_statement",
    "similar",
    "with_any_word",
]
