"""Answering those who spoke."""

from antiphon.workspace.answers.actions.drafting import approve, draft, take_back, word_card, word_letter
from antiphon.workspace.answers.actions.giving import give, renew_link, send, withdraw
from antiphon.workspace.answers.actions.hearing import reply

__all__ = [
    "approve",
    "draft",
    "give",
    "renew_link",
    "reply",
    "send",
    "take_back",
    "withdraw",
    "word_card",
    "word_letter",
]
