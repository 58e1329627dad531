"""Reading answers: for those who prepare them, and for those who spoke."""

from antiphon.workspace.answers.queries.closing import ClosingCheck, closing_check
from antiphon.workspace.answers.queries.public import (
    AnswerPage,
    GoneAnswer,
    NoSuchAnswerPage,
    answer_behind,
    answer_page,
)
from antiphon.workspace.answers.queries.register import (
    AnswerRecord,
    AnswerRow,
    CardRow,
    NoSuchAnswer,
    ReplyRow,
    Undrafted,
    get,
    get_card,
    link_address,
    open_link,
    page,
    post_of,
    record,
    rows,
    undrafted,
)

__all__ = [
    "AnswerPage",
    "AnswerRecord",
    "AnswerRow",
    "CardRow",
    "ClosingCheck",
    "GoneAnswer",
    "NoSuchAnswer",
    "NoSuchAnswerPage",
    "ReplyRow",
    "Undrafted",
    "answer_behind",
    "answer_page",
    "closing_check",
    "get",
    "get_card",
    "link_address",
    "open_link",
    "page",
    "post_of",
    "record",
    "rows",
    "undrafted",
]
