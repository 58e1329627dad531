"""Programmes, the functions that share them, and their questions."""

from django.db import models

from antiphon.platform.database.guards import Frozen
from antiphon.platform.scoped import Scoped, Versioned
from antiphon.workspace.programmes.rules import Kind


class Programme(Versioned):
    """An asset or a disease area that patients help to decide about."""

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in Kind])
    indication = models.CharField(max_length=200, blank=True)
    stage = models.CharField(max_length=40)
    function = models.CharField(max_length=20)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "name"], name="programme_name_once"),
        ]


class ProgrammeFunction(Scoped):
    """A function that shares a programme with the one that owns it."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="sharing")
    function = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "function"], name="programme_shared_once_a_function"),
        ]


class Question(Scoped):
    """What a function wants to know from patients, at a decision point."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="questions")
    text = models.CharField(max_length=300)
    decision_point = models.CharField(max_length=20)
    function = models.CharField(max_length=20)
    need = models.CharField(max_length=20, blank=True)
    asked_by = models.ForeignKey("workspaces.Member", on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    database_rules = (Frozen(("programme", "asked_by")),)
