"""Audit events, the values they speak of, and the keys that seal them."""

from django.db import models

from antiphon.platform import clock
from antiphon.platform.database.guards import AppendOnly, Frozen, Kept
from antiphon.platform.ids import new_id


class AuditHead(models.Model):
    """How far a workspace's chain has come; the row that writers lock."""

    workspace_id = models.UUIDField(primary_key=True)
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    database_rules = (Kept(),)


class AuditEvent(models.Model):
    """One thing done, linked to the one before it in its workspace."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    workspace_id = models.UUIDField()
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField(default=clock.now)
    action = models.CharField(max_length=60)
    actor_id = models.UUIDField(null=True)
    object_type = models.CharField(max_length=40)
    object_id = models.CharField(max_length=40)
    body = models.TextField()
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    database_rules = (AppendOnly(),)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace_id", "seq"], name="audit_event_has_one_place"),
        ]
        indexes = [models.Index(fields=["workspace_id", "object_type", "object_id"], name="audit_event_by_object")]


class AuditKey(models.Model):
    """The key of one data subject in one workspace; destroying it erases what it sealed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    workspace_id = models.UUIDField()
    subject = models.CharField(max_length=60)
    wrapped = models.BinaryField()
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace_id", "subject"], name="audit_key_is_one_a_subject"),
        ]


class AuditValue(models.Model):
    """What an event's commitments stand for, sealed under the data subject's key."""

    event = models.OneToOneField(AuditEvent, on_delete=models.PROTECT, primary_key=True, related_name="value")
    subject = models.CharField(max_length=60)
    sealed = models.BinaryField()

    database_rules = (Frozen(("event",)), Kept())
