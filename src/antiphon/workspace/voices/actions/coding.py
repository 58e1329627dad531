"""Coding passages: a person says what they hear, and decides on what was suggested."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from antiphon.platform import clock
from antiphon.platform.audit.trail import record
from antiphon.platform.errors import NoSuch, NotValid, check_allowed, check_now
from antiphon.platform.vocabulary.queries import vocabulary
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.voices import permissions
from antiphon.workspace.voices.actions.locking import locked_voice
from antiphon.workspace.voices.models import Coding, Suggestion, Voice
from antiphon.workspace.voices.rules import Verdict, span_is_inside


class NoSuchCoding(NoSuch):
    """No coding of this workspace has this id."""


class NoSuchSuggestion(NoSuch):
    """No suggestion of this workspace has this id."""


@transaction.atomic
def code(*, by: Member, voice_id: UUID, need: str, start: int | None = None, end: int | None = None) -> Coding:
    """Say that a passage, or a part of it, speaks of a need."""
    voice = locked_voice(by, voice_id)
    check_coder(by)
    check_needs(by, {need})
    return _code(by, voice, need, start, end, None)


@transaction.atomic
def uncode(*, by: Member, coding_id: UUID) -> Coding:
    """Take a coding back; it stays in the history. A suggestion it came from is open again."""
    coding = Coding.objects.visible_to(by).filter(pk=coding_id).select_for_update().first()
    if coding is None:
        raise NoSuchCoding(coding_id)
    allowed = permissions.may_withdraw(by, coding)
    check_allowed(allowed, _("Only the person who coded this, or a patient engagement lead, takes it back."))
    check_now(coding.withdrawn_at is None, _("This coding was taken back already."))
    if coding.suggestion_id:
        _open_again(Suggestion.objects.select_for_update().get(pk=coding.suggestion_id))
    _withdraw(by, coding)
    return coding


@transaction.atomic
def accept(*, by: Member, suggestion_id: UUID, start: int | None = None, end: int | None = None) -> Coding:
    """Agree with a suggestion: the coding is the person's own."""
    suggestion = _open(by, suggestion_id)
    _decide(by, suggestion, Verdict.ACCEPTED)
    return _code(by, suggestion.voice, suggestion.code, start, end, suggestion)


@transaction.atomic
def change(*, by: Member, suggestion_id: UUID, need: str, start: int | None = None, end: int | None = None) -> Coding:
    """Hear another need than the one suggested."""
    suggestion = _open(by, suggestion_id)
    check_needs(by, {need})
    _decide(by, suggestion, Verdict.ACCEPTED if need == suggestion.code else Verdict.CHANGED)
    return _code(by, suggestion.voice, need, start, end, suggestion)


@transaction.atomic
def reject(*, by: Member, suggestion_id: UUID) -> Suggestion:
    """Say that a passage does not speak of what was suggested."""
    suggestion = _open(by, suggestion_id)
    _decide(by, suggestion, Verdict.REJECTED)
    return suggestion


@transaction.atomic
def reopen(*, by: Member, suggestion_id: UUID) -> Suggestion:
    """Take a verdict back, and the coding that came of it."""
    suggestion = _locked(by, suggestion_id)
    allowed = permissions.may_reopen(by, suggestion)
    check_now(suggestion.verdict != Verdict.OPEN, _("Nobody has decided on this suggestion yet."))
    check_allowed(allowed, _("Only the person who decided this, or a patient engagement lead, takes it back."))
    for coding in suggestion.codings.filter(withdrawn_at=None).select_for_update():
        _withdraw(by, coding)
    before = suggestion.verdict
    _open_again(suggestion)
    facts = {"voice": str(suggestion.voice_id), "need": suggestion.code, "was": before}
    record("suggestion.reopened", suggestion, by=by, facts=facts)
    return suggestion


def _locked(by: Member, suggestion_id: UUID) -> Suggestion:
    found = Suggestion.objects.visible_to(by).filter(pk=suggestion_id).select_related("voice")
    suggestion = found.select_for_update(of=("self",)).first()
    if suggestion is None:
        raise NoSuchSuggestion(suggestion_id)
    return suggestion


def _open(by: Member, suggestion_id: UUID) -> Suggestion:
    suggestion = _locked(by, suggestion_id)
    check_coder(by)
    check_now(
        suggestion.verdict == Verdict.OPEN,
        _("Someone has decided on this suggestion already. Reload to see it."),
    )
    return suggestion


def check_coder(by: Member) -> None:
    """Refuse members whose role reads passages."""
    check_allowed(permissions.may_code(by), _("Your role reads passages; it does not code them."))


def check_needs(by: Member, needs: set[str]) -> None:
    """Needs are chosen from those that are offered."""
    pack = vocabulary(by).needs
    if not all(pack.offers(need) for need in needs):
        raise NotValid(_("Choose a need from the list."), {"need": _("There is no need of this name.")})


def _decide(by: Member, suggestion: Suggestion, verdict: Verdict) -> None:
    suggestion.verdict, suggestion.decided_at, suggestion.decided_by = verdict, clock.now(), by
    suggestion.save(update_fields=["verdict", "decided_at", "decided_by"])
    facts = {
        "voice": str(suggestion.voice_id),
        "need": suggestion.code,
        "score": round(suggestion.score * 100),
    }
    record(f"suggestion.{verdict.lower()}", suggestion, by=by, facts=facts)


def _open_again(suggestion: Suggestion) -> None:
    suggestion.verdict, suggestion.decided_at, suggestion.decided_by = Verdict.OPEN, None, None
    suggestion.save(update_fields=["verdict", "decided_at", "decided_by"])


def _code(
    by: Member, voice: Voice, need: str, start: int | None, end: int | None, suggestion: Suggestion | None
) -> Coding:
    length = len(voice.redacted)
    place = (0, length) if start is None or end is None else (start, end)
    if not span_is_inside(*place, length):
        raise NotValid(_("The marked part does not lie within the passage. Mark it again."))
    same = {
        "voice": voice,
        "code": need,
        "start": place[0],
        "end": place[1],
        "coded_by": by,
        "withdrawn_at": None,
    }
    coding = Coding.objects.filter(**same).first()
    if coding is not None:
        return coding
    coding = Coding.objects.create(workspace_id=by.workspace_id, suggestion=suggestion, **same)
    facts = {"voice": str(voice.pk), "need": need, "start": place[0], "end": place[1]}
    record("voice.coded", coding, by=by, facts=facts)
    return coding


def _withdraw(by: Member, coding: Coding) -> None:
    coding.withdrawn_at, coding.withdrawn_by = clock.now(), by
    coding.save(update_fields=["withdrawn_at", "withdrawn_by"])
    record("voice.uncoded", coding, by=by, facts={"voice": str(coding.voice_id), "need": coding.code})
