"""Answering those who spoke."""

from antiphon.workspace.answers.actions.approving import Read, WordsChanged, approve, take_back
from antiphon.workspace.answers.actions.closing import close_engagement, reopen_engagement
from antiphon.workspace.answers.actions.drafting import draft, word_card, word_letter
from antiphon.workspace.answers.actions.giving import Posted, give, renew_link, send, withdraw
from antiphon.workspace.answers.actions.hearing import HEAR, hear, hear_left_behind, reply

__all__ = [
    "HEAR",
    "Posted",
    "Read",
    "WordsChanged",
    "approve",
    "close_engagement",
    "draft",
    "give",
    "hear",
    "hear_left_behind",
    "renew_link",
    "reopen_engagement",
    "reply",
    "send",
    "take_back",
    "withdraw",
    "word_card",
    "word_letter",
]
