"""Everything a report of evidence says: numbers counted by the database, and the rows that they stand for."""

from antiphon.workspace.measures.queries.evidence.counts import Counts, counts
from antiphon.workspace.measures.queries.evidence.lines import (
    AnswerLine,
    CardLine,
    ChangeLine,
    DecisionLine,
    EngagementLine,
    InsightLine,
    Quote,
    VoicesLine,
    WeighedLine,
    answers,
    changes,
    decisions,
    engagements,
    insights,
    voices,
)
from antiphon.workspace.measures.queries.evidence.owed import Owing, owings
from antiphon.workspace.measures.queries.evidence.scope import Scope, scoped

__all__ = [
    "AnswerLine",
    "CardLine",
    "ChangeLine",
    "Counts",
    "DecisionLine",
    "EngagementLine",
    "InsightLine",
    "Owing",
    "Quote",
    "Scope",
    "VoicesLine",
    "WeighedLine",
    "answers",
    "changes",
    "counts",
    "decisions",
    "engagements",
    "insights",
    "owings",
    "scoped",
    "voices",
]
