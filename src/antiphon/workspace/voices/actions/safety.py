"""Possible safety events: pointed out by anyone who codes, decided by those who answer for it."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from antiphon.platform import clock
from antiphon.platform.audit.trail import record
from antiphon.platform.errors import NotValid, check_allowed, check_now
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.voices import permissions
from antiphon.workspace.voices.actions.locking import locked_voice
from antiphon.workspace.voices.models import Voice
from antiphon.workspace.voices.rules import LONGEST_REASON, Safety, safety_can_become

RAISED_BY_HAND = "raised_by_hand"
EVENTS = {
    Safety.POSSIBLE: "voice.safety_raised",
    Safety.FORWARDED: "voice.safety_forwarded",
    Safety.NOT_AN_EVENT: "voice.safety_dismissed",
}


@transaction.atomic
def decide_safety(*, by: Member, voice_id: UUID, wanted: Safety, reason: str = "") -> Voice:
    """Point out a possible safety event, forward it to the safety team, or say why it is none."""
    voice = locked_voice(by, voice_id)
    if wanted == Safety.POSSIBLE:
        check_allowed(permissions.may_code(by), _("Your role reads passages; it does not point out safety events."))
    else:
        allowed = permissions.may_decide_safety(by)
        check_allowed(allowed, _("Safety officers and patient engagement leads decide about safety events."))
    before = Safety(voice.safety)
    check_now(safety_can_become(before, wanted), _("This was decided already. Reload to see by whom."))
    _check_reason(wanted, reason.strip())
    decides = wanted != Safety.POSSIBLE
    voice.safety, voice.safety_reason = wanted, reason.strip()
    voice.safety_decided_at = clock.now() if decides else None
    voice.safety_decided_by = by if decides else None
    voice.safety_kind = voice.safety_kind or RAISED_BY_HAND
    fields = ["safety", "safety_reason", "safety_decided_at", "safety_decided_by", "safety_kind"]
    voice.save(update_fields=fields)
    facts = {"from": before.value, "to": wanted.value, "kind": voice.safety_kind}
    record(EVENTS[wanted], voice, by=by, reason=reason.strip(), facts=facts)
    return voice


def _check_reason(wanted: Safety, reason: str) -> None:
    if wanted != Safety.POSSIBLE and not reason:
        raise NotValid(
            _("Say why, or under which reference it was forwarded."),
            {"reason": _("A reason or a reference is needed.")},
        )
    if len(reason) > LONGEST_REASON:
        raise NotValid(_("The reason is too long."), {"reason": _("Keep it under 300 letters.")})
