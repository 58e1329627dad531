"""What is done by the clock, for every workspace."""

from antiphon.platform.audit.heads import sign_heads
from antiphon.platform.database import statistics
from antiphon.platform.tasks.queue import every
from antiphon.platform.workspaces.actions import remembering


@every(15, "audit.sign_heads")
def sign() -> None:
    """Sign how far each workspace's chain has come: what was done before cannot be rewritten unseen from here on."""
    sign_heads()


@every(15, "workspaces.forget_attempts")
def forget_attempts() -> None:
    """Forget tries to sign in that no longer count."""
    remembering.forget_old()


@every(30, "database.renew_statistics")
def renew_statistics() -> None:
    """Keep what the database knows of its tables up with what was brought in."""
    statistics.renew()
