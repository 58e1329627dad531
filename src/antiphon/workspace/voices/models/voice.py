"""A passage in a person's own words."""

from typing import Self

from django.db import models
from django.db.models import Q

from antiphon.platform.database.guards import Frozen, Kept
from antiphon.platform.scoped import Scoped, ScopedQuerySet
from antiphon.workspace.engagements.models import Engagement
from antiphon.workspace.voices.models.intake import Intake, Source
from antiphon.workspace.voices.rules import Safety


class VoiceQuerySet(ScopedQuerySet):
    """Voices, in sentences."""

    def unread(self) -> Self:
        """Nobody has finished reading these."""
        return self.filter(read_at=None)

    def possibly_unsafe(self) -> Self:
        """A person must say whether these report a safety event."""
        return self.filter(safety=Safety.POSSIBLE)


class Voice(Scoped):
    """A passage kept as it was said, and the redacted reading of it that people work with."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="voices")
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="voices")
    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="voices", null=True)
    key = models.CharField(max_length=64)
    number = models.PositiveIntegerField()
    place = models.CharField(max_length=120)
    column = models.CharField(max_length=200, blank=True)
    original = models.TextField()
    redacted = models.TextField()
    spans = models.JSONField(default=list)
    language = models.CharField(max_length=8, blank=True)
    group = models.CharField(max_length=120, blank=True)
    said_date = models.DateField(null=True, blank=True)
    consent_scope = models.CharField(max_length=40)
    fingerprint = models.CharField(max_length=64)
    sentiment = models.CharField(max_length=10, blank=True)
    safety = models.CharField(max_length=15, choices=[(s.value, s.value) for s in Safety], default=Safety.NONE)
    safety_kind = models.CharField(max_length=30, blank=True)
    safety_why = models.JSONField(default=list)
    safety_reason = models.CharField(max_length=300, blank=True)
    safety_decided_at = models.DateTimeField(null=True, blank=True)
    safety_decided_by = models.ForeignKey("workspaces.Member", on_delete=models.PROTECT, related_name="+", null=True)
    heard_by_engine = models.CharField(max_length=60, blank=True)
    teaches = models.FloatField(default=0.0)
    teaches_code = models.CharField(max_length=20, blank=True)
    weighed_by = models.CharField(max_length=60, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey("workspaces.Member", on_delete=models.PROTECT, related_name="+", null=True)

    objects = VoiceQuerySet.as_manager()

    searched = ("redacted",)

    database_rules = (
        Frozen(("original", "source", "engagement", "intake", "key", "number", "place", "column")),
        Kept(),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "key"], name="voice_kept_once_a_source"),
            models.CheckConstraint(
                condition=Q(read_at=None, read_by=None) | (~Q(read_at=None) & ~Q(read_by=None)),
                name="voice_read_at_and_by_go_together",
            ),
            models.CheckConstraint(
                condition=Q(safety_decided_at=None, safety_decided_by=None)
                | (~Q(safety_decided_at=None) & ~Q(safety_decided_by=None)),
                name="voice_safety_decided_at_and_by_go_together",
            ),
        ]
        indexes = [
            # Each ends with the order in which it is read: without it the embedded database takes another, and sorts.
            models.Index(fields=["workspace", "safety", "read_at", "created_at"], name="voice_queue"),
            models.Index(fields=["workspace", "read_at", "created_at"], name="voice_unread"),
            models.Index(
                fields=["workspace", "read_at", "-teaches", "created_at", "id"], name="voice_by_what_teaches"
            ),
            models.Index(fields=["workspace", "created_at"], name="voice_as_brought"),
            models.Index(fields=["workspace", "read_by", "-read_at"], name="voice_last_read"),
            models.Index(fields=["workspace", "fingerprint"], name="voice_by_fingerprint"),
            models.Index(fields=["engagement", "number"], name="voice_by_engagement"),
        ]
