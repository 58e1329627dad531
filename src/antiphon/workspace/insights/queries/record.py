"""One insight with the voices it rests on and what it still lacks."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import prefetch_related_objects

from antiphon.platform.database.searching import holding
from antiphon.platform.vocabulary.queries import vocabulary
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.insights import permissions, rules
from antiphon.workspace.insights.models import Insight
from antiphon.workspace.insights.queries.merging import MergeRow, merges_of
from antiphon.workspace.insights.queries.register import as_id, get, labels
from antiphon.workspace.insights.queries.words import STRENGTHS
from antiphon.workspace.insights.rules import Stance, State, Strength
from antiphon.workspace.voices import queries as voices
from antiphon.workspace.voices.models import Voice
from antiphon.workspace.voices.queries import VoiceRow

# How many passages are offered: a few to start from, more for somebody who looks for words.
FEW, MORE = 4, 10


@dataclass(frozen=True, slots=True)
class InsightRecord:
    """Everything an insight's page shows; `checks` says for each thing it needs whether it is there."""

    id: UUID
    statement: str
    programme_id: UUID
    programme_name: str
    state: str
    strength: str
    strength_label: str
    strength_sentence: str
    dissent: str
    owner_name: str
    stated_by: str
    created_at: datetime.datetime
    agreed_at: datetime.datetime | None
    agreed_by: str
    set_aside_reason: str
    version: int
    supports: tuple[VoiceRow, ...]
    dissents: tuple[VoiceRow, ...]
    needs: dict[str, str]
    decision_points: dict[str, str]
    groups: dict[str, str]
    checks: dict[str, bool]
    can_edit: bool
    can_agree: bool
    may_agree: bool
    can_set_aside: bool
    can_reopen: bool
    can_merge: bool
    may_merge: bool
    merged_into: MergeRow | None
    took_in: tuple[MergeRow, ...]

    @property
    def lacks(self) -> tuple[str, ...]:
        """What is missing before people can agree on it, as codes."""
        return tuple(code for code, done in self.checks.items() if not done)


def record(member: Member, insight_id: UUID | str) -> InsightRecord:
    """An insight as its page shows it."""
    insight = get(member, insight_id)
    prefetch_related_objects([insight], "codes", "supports")
    supports, dissents = _voices(member, insight)
    state, strength = State(insight.state), Strength(insight.strength)
    words, checks = STRENGTHS[strength], checks_of(insight)
    agrees = permissions.may_agree(member) and state == State.DRAFT
    sets_aside, merges = permissions.may_set_aside(member), permissions.may_merge(member)
    merged_into, took_in = merges_of(member, insight)
    return InsightRecord(
        id=insight.pk,
        statement=insight.statement,
        programme_id=insight.programme_id,
        programme_name=insight.programme.name,
        state=insight.state,
        strength=insight.strength,
        strength_label=str(words.label),
        strength_sentence=str(words.sentence),
        dissent=insight.dissent,
        owner_name=insight.owner.name,
        stated_by=insight.stated_by.name,
        created_at=insight.created_at,
        agreed_at=insight.agreed_at,
        agreed_by=insight.agreed_by.name if insight.agreed_by else "",
        set_aside_reason=insight.set_aside_reason,
        version=insight.version,
        supports=supports,
        dissents=dissents,
        needs=labels(member, insight, "needs"),
        decision_points=labels(member, insight, "decision_points"),
        groups=labels(member, insight, "stakeholder_types"),
        checks=checks,
        can_edit=permissions.may_state(member) and state not in rules.RESTS,
        can_agree=agrees and all(checks.values()),
        may_agree=agrees,
        can_set_aside=sets_aside and rules.can_become(state, State.SET_ASIDE),
        can_reopen=sets_aside and rules.can_become(state, State.DRAFT) and state != State.MERGED,
        can_merge=merges and rules.can_become(state, State.MERGED),
        may_merge=merges,
        merged_into=merged_into,
        took_in=took_in,
    )


def checks_of(insight: Insight) -> dict[str, bool]:
    """What an insight needs before people agree on it, and whether it is there."""
    stances = [support.stance for support in insight.supports.all()]
    return rules.checks(
        Strength(insight.strength),
        supporting=stances.count(Stance.SUPPORTS),
        dissenting=stances.count(Stance.DISSENTS),
        needs=sum(each.pack == "needs" for each in insight.codes.all()),
        dissent=insight.dissent,
    )


def codes_of(insight: Insight) -> dict[str, set[str]]:
    """The codes an insight speaks of, by pack."""
    held: dict[str, set[str]] = {}
    for pack, code in insight.codes.values_list("pack", "code"):
        held.setdefault(pack, set()).add(code)
    return held


def initial(insight: Insight) -> dict[str, object]:
    """What a form about this insight starts from."""
    held = codes_of(insight)
    return {
        "statement": insight.statement,
        "strength": insight.strength,
        "dissent": insight.dissent,
        "owner": str(insight.owner_id),
        "version": insight.version,
        "needs": sorted(held.get("needs", ())),
        "decision_points": sorted(held.get("decision_points", ())),
        "groups": sorted(held.get("stakeholder_types", ())),
    }


def passages(member: Member, texts: Iterable[str]) -> list[VoiceRow]:
    """The passages of ids that stand in an address; what is none of this workspace is left out."""
    return voices.chosen(member, [known for known in map(as_id, texts) if known])


def needs_of(member: Member, rows: Iterable[VoiceRow]) -> list[str]:
    """The needs that passages were coded with, as an insight offers them: at most one storey deep."""
    pack = vocabulary(member).needs
    paths = [pack.path(code) for row in rows for code in row.need_codes if code in pack]
    return list(dict.fromkeys(path[1].id for path in paths if len(path) > 1))


def candidates(member: Member, insight: Insight, search: str = "") -> list[VoiceRow]:
    """Passages of the insight's programme that it does not rest on yet."""
    found = Voice.objects.visible_to(member).filter(engagement__programme_id=insight.programme_id)
    if search:
        found = holding(found, "redacted", search)
    beyond = found.exclude(pk__in=insight.supports.values("voice_id")).order_by("-created_at", "pk")
    return voices.chosen(member, beyond.values_list("pk", flat=True)[: MORE if search else FEW])


def _voices(member: Member, insight: Insight) -> tuple[tuple[VoiceRow, ...], tuple[VoiceRow, ...]]:
    """Those that support it and those that dissent, each in the order they came."""
    supports = sorted(insight.supports.all(), key=lambda support: (support.created_at, support.pk))
    against = {support.voice_id for support in supports if support.stance == Stance.DISSENTS}
    heard = voices.chosen(member, [support.voice_id for support in supports])
    return (
        tuple(row for row in heard if row.id not in against),
        tuple(row for row in heard if row.id in against),
    )
