"""Changing the words of a workspace."""

from antiphon.platform.vocabulary.actions.books import close_codebook, edit_codebook, open_codebook, reopen_codebook
from antiphon.platform.vocabulary.actions.checking import check_may_change
from antiphon.platform.vocabulary.actions.entries import (
    add_entry,
    bring_back_entry,
    edit_entry,
    move_entry,
    retire_entry,
    take_in,
)
from antiphon.platform.vocabulary.actions.hiding import hide, show

__all__ = [
    "add_entry",
    "bring_back_entry",
    "check_may_change",
    "close_codebook",
    "edit_codebook",
    "edit_entry",
    "hide",
    "move_entry",
    "open_codebook",
    "reopen_codebook",
    "retire_entry",
    "show",
    "take_in",
]
