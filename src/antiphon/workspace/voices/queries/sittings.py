"""Who has a passage open, so that two readers do not read the same."""

import datetime

from django.db.models import QuerySet

from antiphon.platform import clock
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.voices.models import Sitting, Voice

# Longer than one reads a passage; who left without a word keeps it from others no longer than this.
HOLDS = datetime.timedelta(minutes=10)


def sittings(member: Member) -> QuerySet[Sitting]:
    """The passages that people of the workspace have open just now."""
    return Sitting.objects.visible_to(member).filter(since_at__gt=clock.now() - HOLDS)


def open_elsewhere(member: Member) -> QuerySet[Sitting]:
    """Those that others have open."""
    return sittings(member).exclude(member=member)


def readers_of(member: Member, voice: Voice) -> tuple[bool, list[str]]:
    """Whether the member sits at a passage, and who else does."""
    found = sittings(member).filter(voice=voice).order_by("since_at").values_list("member", "member__user__name")
    return any(pk == member.pk for pk, _name in found), [name for pk, name in found if pk != member.pk]
