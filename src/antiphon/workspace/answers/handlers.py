"""Background work of answers."""

from antiphon.platform.tasks.queue import every, task
from antiphon.workspace.answers import actions


@task(actions.HEAR)
def hear(reply_id: str) -> None:
    """Hear the word of one reply."""
    actions.hear(reply_id=reply_id)


@every(5, "answers.hear_left_behind")
def hear_left_behind() -> None:
    """Hear what a process that ended left behind."""
    actions.hear_left_behind()
