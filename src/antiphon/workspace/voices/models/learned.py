"""What Antiphon learned from a workspace's own coding."""

from django.db import models
from django.db.models import Q

from antiphon.platform.database.guards import Frozen, Kept
from antiphon.platform.files.models import StoredFile
from antiphon.platform.runs.models import Run
from antiphon.platform.scoped import Scoped


class LearnedModel(Scoped):
    """What was learned at one time from the passages people had read, and how good it is on others."""

    number = models.PositiveIntegerField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    learned_in = models.OneToOneField(Run, on_delete=models.PROTECT, related_name="learned_model")
    made_with = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("workspaces.Member", on_delete=models.PROTECT, related_name="+")
    is_automatic = models.BooleanField(default=False)
    passage_count = models.PositiveIntegerField()
    speaker_count = models.PositiveIntegerField()
    coder_count = models.PositiveIntegerField()
    quality = models.JSONField(default=dict)
    used_at = models.DateTimeField(null=True, blank=True)
    used_by = models.ForeignKey("workspaces.Member", on_delete=models.PROTECT, related_name="+", null=True)

    database_rules = (
        Frozen(("number", "file", "learned_in", "made_with", "made_at", "made_by", "is_automatic"), name="origin"),
        Frozen(("passage_count", "speaker_count", "coder_count", "quality"), name="figures"),
        Kept(),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "number"], name="learned_model_numbered_once"),
            models.UniqueConstraint(fields=["workspace"], condition=~Q(used_at=None), name="learned_model_one_in_use"),
            models.CheckConstraint(
                condition=Q(used_at=None, used_by=None) | (~Q(used_at=None) & ~Q(used_by=None)),
                name="learned_model_used_at_and_by_go_together",
            ),
        ]
