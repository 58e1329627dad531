"""Files brought in: from which source, on which consent, with which result."""

from django.db import models

from antiphon.platform.database.guards import AppendOnly, Frozen
from antiphon.platform.files.models import StoredFile
from antiphon.platform.runs.models import Run
from antiphon.platform.scoped import Scoped
from antiphon.workspace.engagements.models import Engagement
from antiphon.workspace.voices.rules import IntakeState


class Source(Scoped):
    """Where files keep coming from; remembers what their columns hold."""

    name = models.CharField(max_length=120)
    columns = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "name"], name="source_name_once")]


class Intake(Scoped):
    """One file of what patients said, brought in for one engagement on one consent."""

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="intakes", null=True)
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="intakes", null=True)
    run = models.OneToOneField(Run, on_delete=models.PROTECT, related_name="intake", null=True)
    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in IntakeState], default=IntakeState.DRAFT
    )
    shape = models.JSONField(default=dict)
    columns = models.JSONField(default=dict)
    consent_scope = models.CharField(max_length=40, blank=True)
    consent_note = models.CharField(max_length=300, blank=True)
    brought_by = models.ForeignKey("workspaces.Member", on_delete=models.PROTECT, related_name="+")
    voice_count = models.PositiveIntegerField(default=0)
    known_count = models.PositiveIntegerField(default=0)
    bad_count = models.PositiveIntegerField(default=0)

    database_rules = (Frozen(("file", "brought_by")),)


class BadRow(Scoped):
    """A row that could not be read, with the reason and what it held."""

    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="bad_rows")
    number = models.PositiveIntegerField()
    place = models.CharField(max_length=120)
    code = models.CharField(max_length=40)
    params = models.JSONField(default=dict)
    raw = models.TextField(blank=True)

    database_rules = (AppendOnly(),)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["intake", "number"], name="bad_row_listed_once")]
