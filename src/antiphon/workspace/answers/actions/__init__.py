"""Answering those who spoke."""

from antiphon.workspace.answers.actions.approving import Read, WordsChanged, approve, take_back
from antiphon.workspace.answers.actions.closing import close_engagement, reopen_engagement
from antiphon.workspace.answers.actions.drafting import draft, word_card, word_letter
from antiphon.workspace.answers.actions.giving import Posted, give, renew_link, send, withdraw
from antiphon.workspace.answers.actions.hearing import reply

__all__ = [
    "Posted",
    "Read",
    "WordsChanged",
    "approve",
    "close_engagement",
    "draft",
    "give",
    "renew_link",
    "reopen_engagement",
    "reply",
    "send",
    "take_back",
    "withdraw",
    "word_card",
    "word_letter",
]
