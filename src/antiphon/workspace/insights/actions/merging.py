"""Taking one insight into another that says the same, and giving it back as it was."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from antiphon.platform import clock
from antiphon.platform.audit.trail import record
from antiphon.platform.errors import NotNow, NotValid, check_allowed, check_now
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.insights import permissions, queries, rules
from antiphon.workspace.insights.actions import checking
from antiphon.workspace.insights.models import Insight, InsightCode, Merge, Support
from antiphon.workspace.insights.rules import State

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class GivenBack:
    """An insight of its own again; the one it had gone into may be a draft now."""

    insight: Insight
    kept: Insight
    kept_is_draft: bool


@transaction.atomic
def merge(*, by: Member, kept: Insight, absorbed: Insight, reason: str, strength: str, dissent: str) -> Merge:
    """Take an insight into another that says the same; strength and dissent are a person's judgement of both."""
    check_may_merge(by)
    kept, absorbed = _both_locked(by, kept.pk, absorbed.pk)
    _check_can_merge(by, kept, absorbed)
    checking.check_merge_words(reason, strength)
    merged = Merge.objects.create(
        workspace_id=by.workspace_id,
        kept=kept,
        absorbed=absorbed,
        reason=reason.strip(),
        was=absorbed.state,
        merged_at=clock.now(),
        merged_by=by,
    )
    brought = _bring_over(by, merged)
    judged = _judge(merged, {"strength": strength, "dissent": dissent.strip()})
    _check_still_holds(kept)
    absorbed.state = State.MERGED
    absorbed.save(update_fields=["state"])
    facts = {"merge": merged.pk, "absorbed": absorbed.pk, "version": kept.version, **brought}
    record("insight.absorbed", kept, by=by, changes=judged, facts=facts)
    facts = {"merge": merged.pk, "kept": kept.pk, "was": merged.was}
    record("insight.merged", absorbed, by=by, reason=merged.reason, facts=facts)
    return merged


@transaction.atomic
def unmerge(*, by: Member, insight: Insight) -> GivenBack:
    """Give an insight back as it was; what people added by hand to the one it went into stays there."""
    check_may_merge(by)
    found = queries.open_merge(by, insight)
    check_now(found is not None, _("This insight is not merged with another."))
    kept, absorbed = _both_locked(by, found.kept_id, found.absorbed_id)
    merged = queries.open_merge(by, absorbed)
    check_now(merged is not None and merged.pk == found.pk, _("Somebody unmerged this insight just now."))
    merged.undone_at, merged.undone_by = clock.now(), by
    merged.save(update_fields=["undone_at", "undone_by"])
    absorbed.state = State(merged.was)
    absorbed.save(update_fields=["state"])
    taken = _take_away(merged)
    judged = _judge_back(merged, kept)
    was, lacks = kept.state, _lacks(kept)
    facts = {"merge": merged.pk, "absorbed": absorbed.pk, "version": kept.version, "lacks": lacks, **taken}
    record("insight.gave_back", kept, by=by, changes=judged, facts=facts | {"state": kept.state})
    record("insight.unmerged", absorbed, by=by, facts={"merge": merged.pk, "kept": kept.pk, "is": absorbed.state})
    return GivenBack(absorbed, kept, was != kept.state)


def check_may_merge(by: Member) -> None:
    """Refuse members whose role leaves insights as they are."""
    check_allowed(permissions.may_merge(by), _("Only patient engagement leads merge insights and unmerge them."))


def _both_locked(by: Member, kept_id: UUID, absorbed_id: UUID) -> tuple[Insight, Insight]:
    """Both as they are now, held in one order, so that two people never wait for each other."""
    if kept_id == absorbed_id:
        raise NotValid(_("Choose another insight to merge with."))
    rows = Insight.objects.visible_to(by).select_for_update().filter(pk__in=[kept_id, absorbed_id]).order_by("pk")
    found = {insight.pk: insight for insight in rows}
    for wanted in (kept_id, absorbed_id):
        if wanted not in found:
            raise queries.NoSuchInsight(wanted)
    return found[kept_id], found[absorbed_id]


def _check_can_merge(by: Member, kept: Insight, absorbed: Insight) -> None:
    if kept.programme_id != absorbed.programme_id:
        raise NotNow(_("Insights of one programme are merged. These belong to two."))
    for each in (kept, absorbed):
        check_now(State(each.state) not in rules.RESTS, _("What is set aside or merged already is not merged."))
    sentence = _("People agreed on the one that would go. Keep that one, or agree on the other first.")
    check_now(rules.can_absorb(State(kept.state), State(absorbed.state)), sentence)
    _into, took_in = queries.merges_of(by, absorbed)
    check_now(not took_in, _("Others were merged into the one that would go. Keep that one, or unmerge them first."))


def _bring_over(by: Member, merged: Merge) -> dict[str, object]:
    """The voices and codes that the kept one lacks; each remembers the merge it came with."""
    kept, absorbed = merged.kept, merged.absorbed
    common = {"workspace_id": by.workspace_id, "insight": kept, "came_with": merged}
    known = set(kept.supports.values_list("voice_id", flat=True))
    voices = [each for each in absorbed.supports.order_by("created_at", "pk") if each.voice_id not in known]
    Support.objects.bulk_create(
        Support(voice_id=each.voice_id, stance=each.stance, added_by=by, **common) for each in voices
    )
    spoken = set(kept.codes.values_list("pack", "code"))
    codes = [each for each in absorbed.codes.order_by("pack", "code") if (each.pack, each.code) not in spoken]
    InsightCode.objects.bulk_create(InsightCode(pack=each.pack, code=each.code, **common) for each in codes)
    return {"voices": [each.voice_id for each in voices], "codes": [f"{each.pack}:{each.code}" for each in codes]}


def _take_away(merged: Merge) -> dict[str, object]:
    """What came with a merge goes with it, unless another open merge brings the same."""
    others = Merge.objects.filter(kept_id=merged.kept_id, undone_at=None).order_by("merged_at", "pk")
    taken: dict[str, list] = {"voices": [], "codes": []}
    for row in merged.supports.all():
        own = Support.objects.filter(insight__went_into__in=others, voice_id=row.voice_id)
        if not _goes_on(row, own.order_by("insight__went_into__merged_at"), others, ("stance",)):
            taken["voices"].append(row.voice_id)
    for row in merged.codes.all():
        own = InsightCode.objects.filter(insight__went_into__in=others, pack=row.pack, code=row.code)
        if not _goes_on(row, own, others, ()):
            taken["codes"].append(f"{row.pack}:{row.code}")
    return taken


def _goes_on(row: Support | InsightCode, own: QuerySet, others: QuerySet, fields: tuple[str, ...]) -> bool:
    """Hand a row over to another merge that brings the same; where there is none, take the row away."""
    source = own.first()
    if source is None:
        row.delete()
        return False
    row.came_with = others.get(absorbed_id=source.insight_id)
    for field in fields:
        setattr(row, field, getattr(source, field))
    row.save(update_fields=["came_with", *fields])
    return True


def _judge(merged: Merge, new: Mapping[str, str]) -> dict[str, Pair]:
    """Put a person's judgement of both in place, and remember what stood there."""
    kept = merged.kept
    changed = {field: (getattr(kept, field), value) for field, value in new.items() if getattr(kept, field) != value}
    for field, (_before, after) in changed.items():
        setattr(kept, field, after)
    kept.version += 1
    kept.save(update_fields=[*changed, "version"])
    merged.judged = {field: list(pair) for field, pair in changed.items()}
    merged.save(update_fields=["judged"])
    return changed


def _judge_back(merged: Merge, kept: Insight) -> dict[str, Pair]:
    """What was judged at the merge goes back; what a person wrote since then, or what still has to hold, stays."""
    changed: dict[str, Pair] = {}
    opened = kept.took_in.select_for_update().filter(undone_at=None)
    later = sorted((each for each in opened if _in_time(each) > _in_time(merged)), key=_in_time)
    for field, (before, after) in merged.judged.items():
        if later:
            _hand_on(later, field, before, after)
        elif getattr(kept, field) == after:
            setattr(kept, field, before)
            if queries.checks_of(kept).get(field, True):
                changed[field] = (after, before)
            else:
                setattr(kept, field, after)
    kept.version += 1
    kept.save(update_fields=[*changed, "version"])
    return changed


def _hand_on(later: list[Merge], field: str, before: str, after: str) -> None:
    """A later merge was judged on top of this one: whoever undoes it last gets what stood there first."""
    heir = next((each for each in later if field in each.judged), later[0])
    if heir.judged.setdefault(field, [after, after])[0] == after:
        heir.judged[field][0] = before
        heir.save(update_fields=["judged"])


def _in_time(merged: Merge) -> tuple:
    return merged.merged_at, merged.pk


def _check_still_holds(kept: Insight) -> None:
    """What people agreed on still holds with all that came."""
    lost = [code for code, done in queries.checks_of(kept).items() if not done]
    if kept.state == State.AGREED and lost:
        sentence = queries.CHECKS[lost[0]].sentence
        raise NotValid(sentence, {lost[0]: sentence} if lost[0] in ("strength", "dissent") else {})


def _lacks(kept: Insight) -> list[str]:
    """What the kept one lacks now; what people agreed on and no longer holds is a draft again."""
    lacks = [code for code, done in queries.checks_of(kept).items() if not done]
    if kept.state == State.AGREED and lacks:
        kept.state, kept.agreed_at, kept.agreed_by = State.DRAFT, None, None
        kept.save(update_fields=["state", "agreed_at", "agreed_by"])
    return lacks
