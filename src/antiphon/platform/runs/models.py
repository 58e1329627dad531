"""Long work, one row a run."""

from django.db import models

from antiphon.platform.scoped import Scoped


class Run(Scoped):
    """One piece of long work: started by a member, done in chunks, resumable at its cursor."""

    class State(models.TextChoices):
        WAITING = "WAITING"
        RUNNING = "RUNNING"
        DONE = "DONE"
        FAILED = "FAILED"

    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    settings = models.JSONField(default=dict)
    cursor = models.JSONField(default=dict)
    total_count = models.PositiveIntegerField(default=0)
    done_count = models.PositiveIntegerField(default=0)
    failed_count = models.PositiveIntegerField(default=0)
    started_by = models.ForeignKey("workspaces.Member", on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(null=True)
    trouble = models.TextField(blank=True)
