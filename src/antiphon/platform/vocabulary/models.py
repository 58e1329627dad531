"""Own codebooks, own entries, and shipped entries that are no longer offered."""

from django.db import models
from django.db.models import Q

from antiphon.platform.database.guards import Frozen, Kept, Refuse
from antiphon.platform.scoped import Scoped, Versioned
from antiphon.platform.vocabulary import rules


class Codebook(Versioned):
    """Words of one's own for what patients say, beside the four sections of the framework."""

    code = models.CharField(max_length=rules.LONGEST_CODE)
    name = models.CharField(max_length=rules.LONGEST_LABEL)
    purpose = models.CharField(max_length=rules.LONGEST_MEANING)
    made_by = models.ForeignKey("workspaces.Member", on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey("workspaces.Member", on_delete=models.PROTECT, related_name="+", null=True)

    database_rules = (Frozen(("code", "made_by")), Kept())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "code"], name="codebook_code_is_one"),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None) | (~Q(closed_at=None) & ~Q(closed_by=None)),
                name="codebook_closed_at_and_by_go_together",
            ),
        ]


class CodebookEntry(Versioned):
    """One word of one's own: in a codebook, or added to a shipped pack."""

    codebook = models.ForeignKey(Codebook, on_delete=models.PROTECT, related_name="entries", null=True)
    pack = models.CharField(max_length=30, choices=[(pack, pack) for pack in sorted(rules.EXTENDED)], blank=True)
    code = models.CharField(max_length=rules.LONGEST_CODE)
    label = models.CharField(max_length=rules.LONGEST_LABEL)
    meaning = models.CharField(max_length=rules.LONGEST_MEANING, blank=True)
    example = models.CharField(max_length=rules.LONGEST_EXAMPLE, blank=True)
    parent = models.CharField(max_length=60, blank=True)
    takes_after = models.CharField(max_length=60, blank=True)
    place = models.PositiveIntegerField(default=0)
    added_by = models.ForeignKey("workspaces.Member", on_delete=models.PROTECT, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_by = models.ForeignKey("workspaces.Member", on_delete=models.PROTECT, related_name="+", null=True)
    replaced_by_code = models.CharField(max_length=60, blank=True)

    database_rules = (
        Frozen(("codebook", "pack", "code", "added_by")),
        Refuse(
            "code_is_a_codebooks",
            "INSERT",
            "EXISTS (SELECT 1 FROM vocabulary_codebook b WHERE b.workspace_id = NEW.workspace_id "
            "AND b.code = NEW.code)",
            "this code names a codebook",
        ),
        Kept(),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "code"], name="codebook_entry_code_is_one"),
            models.CheckConstraint(
                condition=Q(codebook=None, pack__gt="") | (~Q(codebook=None) & Q(pack="")),
                name="codebook_entry_stands_in_one_place",
            ),
            models.CheckConstraint(condition=Q(code__startswith="own."), name="codebook_entry_code_is_own"),
            models.CheckConstraint(
                condition=Q(retired_at=None, retired_by=None) | (~Q(retired_at=None) & ~Q(retired_by=None)),
                name="codebook_entry_retired_at_and_by_go_together",
            ),
            models.CheckConstraint(
                condition=Q(replaced_by_code="") | ~Q(retired_at=None),
                name="codebook_entry_replaced_only_when_retired",
            ),
        ]


class HiddenEntry(Scoped):
    """A shipped entry that a workspace no longer offers; where it was chosen it keeps its name."""

    pack = models.CharField(max_length=30, choices=[(pack, pack) for pack in sorted(rules.HIDEABLE)])
    code = models.CharField(max_length=60)
    hidden_at = models.DateTimeField()
    hidden_by = models.ForeignKey("workspaces.Member", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "pack", "code"], name="hidden_entry_once")]
