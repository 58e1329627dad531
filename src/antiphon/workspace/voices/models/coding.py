"""What the engine suggested and what people coded."""

from django.db import models
from django.db.models import F, Q

from antiphon.platform.database.guards import Frozen, Kept
from antiphon.platform.scoped import Scoped
from antiphon.workspace.voices.models.learned import LearnedModel
from antiphon.workspace.voices.models.voice import Voice
from antiphon.workspace.voices.rules import Verdict


class Suggestion(Scoped):
    """A need the engine thinks it hears, with what that rests on; a person decides."""

    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="suggestions")
    code = models.CharField(max_length=20)
    score = models.FloatField()
    why = models.JSONField(default=list)
    made_by = models.CharField(max_length=60)
    model = models.ForeignKey(LearnedModel, on_delete=models.PROTECT, related_name="suggestions", null=True)
    verdict = models.CharField(max_length=10, choices=[(v.value, v.value) for v in Verdict], default=Verdict.OPEN)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("workspaces.Member", on_delete=models.PROTECT, related_name="+", null=True)

    database_rules = (Frozen(("voice", "code", "score", "why", "made_by", "model")),)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["voice", "code"], name="suggestion_once_a_voice"),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, verdict="OPEN")
                | (~Q(decided_at=None) & ~Q(decided_by=None) & ~Q(verdict="OPEN")),
                name="suggestion_verdict_has_its_person",
            ),
        ]
        indexes = [models.Index(fields=["workspace", "verdict", "-score", "voice"], name="suggestion_open")]


class Coding(Scoped):
    """A person says that a passage, or a part of it, speaks of a need."""

    voice = models.ForeignKey(Voice, on_delete=models.PROTECT, related_name="codings")
    code = models.CharField(max_length=20)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="codings", null=True)
    coded_by = models.ForeignKey("workspaces.Member", on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey("workspaces.Member", on_delete=models.PROTECT, related_name="+", null=True)

    database_rules = (Frozen(("voice", "code", "start", "end", "coded_by")), Kept())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["voice", "code", "start", "end", "coded_by"],
                condition=Q(withdrawn_at=None),
                name="coding_once_a_person",
            ),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="coding_has_a_length"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None) | (~Q(withdrawn_at=None) & ~Q(withdrawn_by=None)),
                name="coding_withdrawn_at_and_by_go_together",
            ),
        ]
        indexes = [models.Index(fields=["workspace", "code"], name="coding_by_code")]
