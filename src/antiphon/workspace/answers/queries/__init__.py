"""Reading answers: for those who prepare them, and for those who spoke."""

from antiphon.workspace.answers.queries.public import (
    AnswerPage,
    GoneAnswer,
    NoSuchAnswerPage,
    answer_behind,
    page,
)
from antiphon.workspace.answers.queries.register import (
    AnswerRecord,
    AnswerRow,
    CardRow,
    NoSuchAnswer,
    ReplyRow,
    get,
    get_card,
    link_address,
    record,
    rows,
    undrafted,
)

__all__ = [
    "AnswerPage",
    "AnswerRecord",
    "AnswerRow",
    "CardRow",
    "GoneAnswer",
    "NoSuchAnswer",
    "NoSuchAnswerPage",
    "ReplyRow",
    "answer_behind",
    "get",
    "get_card",
    "link_address",
    "page",
    "record",
    "rows",
    "undrafted",
]
