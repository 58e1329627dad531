"""Posting letters, delivering them, and what becomes of those that cannot be delivered."""

from antiphon.platform.outbox.actions.delivering import DELIVER, deliver, sweep
from antiphon.platform.outbox.actions.posting import CannotBeWritten, forget, post, recall, try_again

__all__ = ["DELIVER", "CannotBeWritten", "deliver", "forget", "post", "recall", "sweep", "try_again"]
