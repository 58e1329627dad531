"""Stating an insight and wording it anew."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from antiphon.platform.audit.meanwhile import check_unchanged
from antiphon.platform.audit.trail import record
from antiphon.platform.errors import check_now
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.insights import queries
from antiphon.workspace.insights.actions import checking
from antiphon.workspace.insights.models import Insight, InsightCode, Support
from antiphon.workspace.insights.rules import Stance, State
from antiphon.workspace.programmes.models import Programme
from antiphon.workspace.voices.models import Voice

Codes = Mapping[str, set[str]]
# What makes a new version of an insight.
DEEDS = ("insight.edited", "insight.absorbed", "insight.gave_back")


@transaction.atomic
def state(
    *,
    by: Member,
    programme: Programme,
    statement: str,
    strength: str,
    owner: Member,
    needs: Iterable[str] = (),
    decision_points: Iterable[str] = (),
    groups: Iterable[str] = (),
    voices: Iterable[UUID | str] = (),
    dissent: str = "",
) -> Insight:
    """State an insight: a sentence that rests on passages."""
    checking.check_may_state(by)
    checking.check_words(statement, strength)
    codes = _codes(needs, decision_points, groups)
    checking.check_codes(by, codes, {})
    checking.hold_programme(by, programme.pk)
    checking.check_said_once(by, programme.pk, statement)
    passages = checking.passages(by, voices, programme.pk)
    insight = Insight.objects.create(
        workspace_id=by.workspace_id,
        programme=programme,
        statement=statement.strip(),
        strength=strength,
        dissent=dissent.strip(),
        owner=owner,
        stated_by=by,
    )
    _set_codes(insight, codes, {})
    _rest_on(by, insight, passages)
    changes = {"statement": ("", insight.statement), "dissent": ("", insight.dissent)}
    facts = _facts(insight, codes) | {"programme": programme.pk, "voices": [voice.pk for voice in passages]}
    record("insight.stated", insight, by=by, changes=changes, facts=facts)
    return insight


@transaction.atomic
def edit(
    *,
    by: Member,
    insight: Insight,
    version: int,
    statement: str,
    strength: str,
    owner: Member,
    needs: Iterable[str] = (),
    decision_points: Iterable[str] = (),
    groups: Iterable[str] = (),
    dissent: str = "",
) -> Insight:
    """Word an insight anew, unless somebody else changed it since this member began."""
    insight = checking.open_for_change(by, insight)
    check_unchanged(insight, version, DEEDS)
    checking.check_words(statement, strength)
    codes, held = _codes(needs, decision_points, groups), queries.codes_of(insight)
    checking.check_codes(by, codes, held)
    new = {
        "statement": statement.strip(),
        "strength": strength,
        "dissent": dissent.strip(),
        "owner_id": owner.pk,
    }
    changed = {field: (getattr(insight, field), value) for field, value in new.items()}
    changed = {field: pair for field, pair in changed.items() if pair[0] != pair[1]}
    if "statement" in changed:
        sentence = _("People agreed on this sentence. Open the insight again to word it anew.")
        check_now(insight.state != State.AGREED, sentence)
        checking.hold_programme(by, insight.programme_id)
        checking.check_said_once(by, insight.programme_id, statement, insight.pk)
    if not changed and all(held.get(pack, set()) == wanted for pack, wanted in codes.items()):
        return insight
    return _keep(by, insight, changed, codes, held)


def _keep(by: Member, insight: Insight, changed: dict[str, tuple], codes: Codes, held: Codes) -> Insight:
    before = queries.checks_of(insight)
    for field, (_before, after) in changed.items():
        setattr(insight, field, after)
    insight.version += 1
    insight.save(update_fields=[*changed, "version"])
    _set_codes(insight, codes, held)
    checking.check_still_fits(insight, before)
    record("insight.edited", insight, by=by, changes=changed, facts=_facts(insight, codes))
    return insight


def _rest_on(by: Member, insight: Insight, voices: Iterable[Voice]) -> None:
    common = {"workspace_id": by.workspace_id, "insight": insight, "added_by": by}
    Support.objects.bulk_create(Support(voice=voice, stance=Stance.SUPPORTS, **common) for voice in voices)


def _codes(needs: Iterable[str], decision_points: Iterable[str], groups: Iterable[str]) -> dict[str, set[str]]:
    return {"needs": set(needs), "decision_points": set(decision_points), "stakeholder_types": set(groups)}


def _set_codes(insight: Insight, codes: Codes, held: Codes) -> None:
    for pack, wanted in codes.items():
        known = held.get(pack, set())
        insight.codes.filter(pack=pack, code__in=known - wanted).delete()
        InsightCode.objects.bulk_create(
            InsightCode(workspace_id=insight.workspace_id, insight=insight, pack=pack, code=code)
            for code in sorted(wanted - known)
        )


def _facts(insight: Insight, codes: Codes) -> dict[str, object]:
    spoken_of = {pack: sorted(wanted) for pack, wanted in codes.items()}
    return {"strength": insight.strength, "owner": insight.owner_id, "version": insight.version, **spoken_of}
