"""Background work of voices."""

from antiphon.platform.tasks.queue import every, task
from antiphon.workspace.voices import actions


@task(actions.TASK)
def take_in(intake_id: str) -> None:
    """Go on with an import where it stands."""
    actions.go_on(intake_id=intake_id)


@task(actions.LEARN)
def learn(run_id: str) -> None:
    """Learn from what people coded."""
    actions.go_on_learning(run_id=run_id)


@task(actions.WEIGH)
def weigh(workspace_id: str, after: str = "") -> None:
    """Go on with suggesting what was learned, behind a passage."""
    actions.weigh(workspace_id, after)


@every(10, "voices.look_after_learning")
def look_after_learning() -> None:
    """Learn anew where people have read enough, and weigh what came in by another way."""
    actions.look_after_learning()
