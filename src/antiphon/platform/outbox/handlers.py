"""Background work of the outbox."""

from antiphon.platform.outbox import actions
from antiphon.platform.tasks.queue import every, task


@task(actions.DELIVER)
def deliver(letter_id: str) -> None:
    """Hand one letter to the mail server."""
    actions.deliver(letter_id=letter_id)


@every(1, "outbox.sweep")
def sweep() -> None:
    """Deliver what is due: tried in vain before, or left behind by a process that ended."""
    actions.sweep()
