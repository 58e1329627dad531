"""What every change of an insight is held against."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from antiphon.content import allowed_by, consent_scopes
from antiphon.platform.errors import NotNow, NotValid, check_allowed, check_now
from antiphon.platform.vocabulary.queries import vocabulary
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.insights import permissions, queries, rules
from antiphon.workspace.insights.models import Insight
from antiphon.workspace.insights.rules import State, Strength
from antiphon.workspace.programmes.models import Programme
from antiphon.workspace.voices.models import Voice
from antiphon.workspace.voices.queries import NoSuchVoice

FIELDS = {"needs": "needs", "decision_points": "decision_points", "stakeholder_types": "groups"}


class AlreadySaid(NotValid):
    """An insight of the programme says the very same; `insight_id` leads to it."""

    def __init__(self, insight_id: UUID) -> None:
        sentence = _("This programme has an insight that says the same. Add your passages to that one.")
        super().__init__(sentence, {"statement": sentence})
        self.insight_id = insight_id


def check_may_state(by: Member) -> None:
    """Refuse members whose role reads insights."""
    check_allowed(permissions.may_state(by), _("Your role reads insights; it does not state them."))


def locked(by: Member, insight: Insight) -> Insight:
    """The insight as it is now, held until this change is made."""
    return Insight.objects.visible_to(by).select_for_update().get(pk=insight.pk)


def open_for_change(by: Member, insight: Insight) -> Insight:
    """The insight as it is now, unless it was set aside or the member may not."""
    check_may_state(by)
    current = locked(by, insight)
    check_now(current.state != State.SET_ASIDE, _("This insight is set aside. Open it again to change it."))
    check_now(current.state != State.MERGED, _("This insight is merged. Change the one it went into, or unmerge it."))
    return current


def hold_programme(by: Member, programme_id: UUID) -> None:
    """Let nobody else state an insight of this programme until this one is written."""
    Programme.objects.visible_to(by).select_for_update().get(pk=programme_id)


def check_words(statement: str, strength: str) -> None:
    """A sentence, and one of the strengths."""
    if not rules.is_a_sentence(statement):
        limits = {"shortest": rules.SHORTEST_STATEMENT, "longest": rules.LONGEST_STATEMENT}
        field = _("Write %(shortest)s to %(longest)s letters.") % limits
        raise NotValid(_("Say the insight in one sentence."), {"statement": field})
    if strength not in set(Strength):
        sentence = _("Choose how strong it is.")
        raise NotValid(sentence, {"strength": sentence})


def check_merge_words(reason: str, strength: str) -> None:
    """Why two insights say the same, and how strong they are together."""
    if not rules.is_a_reason(reason):
        sentence = _("Say in %(shortest)s to %(longest)s letters why they say the same.")
        sentence %= {"shortest": rules.SHORTEST_REASON, "longest": rules.LONGEST_REASON}
        raise NotValid(sentence, {"reason": sentence})
    if strength not in set(Strength):
        sentence = _("Choose how strong it is.")
        raise NotValid(sentence, {"strength": sentence})


def check_said_once(by: Member, programme_id: UUID, statement: str, but: UUID | None = None) -> None:
    """Nothing is said twice in a programme."""
    known = queries.same_statement(by, programme_id, statement, but)
    if known:
        raise AlreadySaid(known)


def check_codes(by: Member, wanted: Mapping[str, set[str]], held: Mapping[str, set[str]]) -> None:
    """Codes are offered by their packs; one that was offered when it was chosen may stay."""
    for pack_id, codes in wanted.items():
        pack = vocabulary(by).pack(pack_id)
        if any(not pack.offers(code) for code in codes - held.get(pack_id, set())):
            sentence = _("Choose from the list.")
            raise NotValid(sentence, {FIELDS[pack_id]: sentence})


def passages(by: Member, ids: Iterable[UUID | str], programme_id: UUID) -> list[Voice]:
    """The voices of these ids, unless one is not there or was not given for this programme."""
    wanted = {queries.as_id(each): each for each in ids}
    among = Voice.objects.visible_to(by).select_related("engagement__programme")
    found = among.in_bulk([known for known in wanted if known])
    for known, each in wanted.items():
        if known not in found:
            raise NoSuchVoice(each)
        _check_consent(found[known], programme_id)
    return [found[known] for known in wanted]


def check_still_fits(insight: Insight, before: Mapping[str, bool]) -> None:
    """What people agreed on keeps all that they agreed on."""
    lost = [code for code, done in queries.checks_of(insight).items() if not done and before.get(code, True)]
    if insight.state == State.AGREED and lost:
        label = queries.CHECKS[lost[0]].label
        raise NotNow(
            _("People agreed on this insight; it would lose: %(what)s. Open it again first.") % {"what": label}
        )


def _check_consent(voice: Voice, programme_id: UUID) -> None:
    scopes, given = consent_scopes(), voice.consent_scope
    allowed = allowed_by([given]) if given in scopes else frozenset()
    if not rules.may_rest_on(allowed, same_programme=voice.engagement.programme_id == programme_id):
        label = scopes.label(given) if given in scopes else given
        sentence = _("The consent “%(consent)s” was given for %(programme)s. It does not cover another programme.")
        raise NotValid(sentence % {"consent": label, "programme": voice.engagement.programme.name})
