"""Background work of voices."""

from antiphon.platform.tasks.queue import task
from antiphon.workspace.voices import actions


@task(actions.TASK)
def take_in(intake_id: str) -> None:
    """Go on with an import where it stands."""
    actions.go_on(intake_id=intake_id)
