"""Who reads what at this moment."""

from django.db import models

from antiphon.platform.scoped import Scoped
from antiphon.workspace.voices.models.voice import Voice


class Sitting(Scoped):
    """The passage that a member has open to read; others are given another one meanwhile."""

    member = models.OneToOneField("workspaces.Member", on_delete=models.PROTECT, related_name="+")
    voice = models.ForeignKey(Voice, on_delete=models.PROTECT, related_name="sittings")
    since_at = models.DateTimeField()
