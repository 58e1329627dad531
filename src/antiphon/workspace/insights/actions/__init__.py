"""Stating insights, resting them on voices, agreeing on them, merging them."""

from antiphon.workspace.insights.actions.agreeing import agree, reopen, set_aside
from antiphon.workspace.insights.actions.checking import AlreadySaid, check_may_state
from antiphon.workspace.insights.actions.merging import GivenBack, check_may_merge, merge, unmerge
from antiphon.workspace.insights.actions.resting import add_voice, remove_voice
from antiphon.workspace.insights.actions.stating import edit, state

__all__ = [
    "AlreadySaid",
    "GivenBack",
    "add_voice",
    "agree",
    "check_may_merge",
    "check_may_state",
    "edit",
    "merge",
    "remove_voice",
    "reopen",
    "set_aside",
    "state",
    "unmerge",
]
