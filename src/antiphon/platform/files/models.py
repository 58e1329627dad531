"""Files that people brought."""

from django.db import models

from antiphon.platform.database.guards import AppendOnly
from antiphon.platform.scoped import Scoped


class StoredFile(Scoped):
    """A file as it came, named by its content."""

    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField()

    database_rules = (AppendOnly(),)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "sha256", "name"], name="file_kept_once"),
        ]
