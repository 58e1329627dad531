"""Deciding with insights."""

from antiphon.workspace.decisions.actions.closing import close, record_change, supersede
from antiphon.workspace.decisions.actions.deciding import (
    add_option,
    choose_option,
    edit,
    open_decision,
    unweigh,
    weigh,
    weigh_up,
)

__all__ = [
    "add_option",
    "choose_option",
    "close",
    "edit",
    "open_decision",
    "record_change",
    "supersede",
    "unweigh",
    "weigh",
    "weigh_up",
]
