"""Reading insights."""

from antiphon.workspace.insights.queries.comparing import Comparison, comparison, to_merge_with
from antiphon.workspace.insights.queries.merging import MergeRow, merges_of, open_merge, stand_for, with_merged
from antiphon.workspace.insights.queries.record import (
    InsightRecord,
    candidates,
    checks_of,
    codes_of,
    initial,
    needs_of,
    passages,
    record,
)
from antiphon.workspace.insights.queries.register import (
    InsightRow,
    NoSuchInsight,
    as_id,
    get,
    nearest_to,
    page,
    rows,
)
from antiphon.workspace.insights.queries.similar import SimilarRow, same_statement, similar
from antiphon.workspace.insights.queries.words import CHECKS, HISTORY, STATES, STRENGTHS

__all__ = [
    "CHECKS",
    "HISTORY",
    "STATES",
    "STRENGTHS",
    "Comparison",
    "InsightRecord",
    "InsightRow",
    "MergeRow",
    "NoSuchInsight",
    "SimilarRow",
    "as_id",
    "candidates",
    "checks_of",
    "codes_of",
    "comparison",
    "get",
    "initial",
    "merges_of",
    "nearest_to",
    "needs_of",
    "open_merge",
    "page",
    "passages",
    "record",
    "rows",
    "same_statement",
    "similar",
    "stand_for",
    "to_merge_with",
    "with_merged",
]
