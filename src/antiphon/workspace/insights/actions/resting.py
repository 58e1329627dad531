"""The voices an insight rests on, and those that speak against it."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from antiphon.platform.audit.trail import record
from antiphon.platform.errors import NotValid, check_now
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.insights import queries
from antiphon.workspace.insights.actions import checking
from antiphon.workspace.insights.models import Insight, Support
from antiphon.workspace.insights.rules import Stance
from antiphon.workspace.voices.queries import NoSuchVoice


@transaction.atomic
def add_voice(*, by: Member, insight: Insight, voice_id: UUID | str, stance: str) -> Support:
    """Let an insight rest on a passage, or put a passage against it."""
    insight = checking.open_for_change(by, insight)
    if stance not in set(Stance):
        raise NotValid(_("Say whether the passage speaks for it or against it."))
    (voice,) = checking.passages(by, [voice_id], insight.programme_id)
    known = insight.supports.filter(voice=voice).exists()
    check_now(not known, _("This passage is there already. Take it away first to change how it stands."))
    before = queries.checks_of(insight)
    support = Support.objects.create(
        workspace_id=by.workspace_id, insight=insight, voice=voice, stance=stance, added_by=by
    )
    checking.check_still_fits(insight, before)
    record("insight.voice_added", insight, by=by, facts={"voice": voice.pk, "stance": stance})
    return support


@transaction.atomic
def remove_voice(*, by: Member, insight: Insight, voice_id: UUID | str) -> Insight:
    """Take a passage away from an insight; the passage itself stays."""
    insight = checking.open_for_change(by, insight)
    support = insight.supports.filter(voice_id=voice_id).first()
    if support is None:
        raise NoSuchVoice(voice_id)
    before = queries.checks_of(insight)
    facts = {"voice": support.voice_id, "stance": support.stance}
    support.delete()
    checking.check_still_fits(insight, before)
    record("insight.voice_removed", insight, by=by, facts=facts)
    return insight
