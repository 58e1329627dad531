"""Passages nobody has read get what was learned: suggestions, and how much a person's word on them would teach."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from antiphon.platform import clock
from antiphon.platform.audit.trail import record
from antiphon.platform.files import store
from antiphon.platform.tasks.queue import queue
from antiphon.platform.vocabulary.queries import vocabulary
from antiphon.platform.workspaces.models import Workspace
from antiphon.workspace.voices import compute
from antiphon.workspace.voices.models import Coding, LearnedModel, Sitting, Suggestion, Voice
from antiphon.workspace.voices.queries.learning import fits, weighed_by
from antiphon.workspace.voices.queries.sittings import HOLDS
from antiphon.workspace.voices.rules import Verdict

WEIGH = "voices.weigh"
SECONDS_A_TASK = 20.0
PASSAGES_A_CHUNK = 500
WRITTEN = ("teaches", "teaches_code", "weighed_by")


@dataclass(frozen=True, slots=True)
class Scales:
    """By what passages are weighed: a workspace's own model, else the engine alone; `mark` names it."""

    mark: str
    model: LearnedModel | None


def weigh_later(workspace_id: UUID) -> None:
    """Weigh what is not weighed yet, once this change is safe."""
    queue(WEIGH, str(workspace_id))


def scales(workspace_id: UUID | str) -> Scales:
    """What a workspace weighs by now. A model that a later engine cannot read is left alone until it learns anew."""
    found = LearnedModel.objects.filter(workspace_id=workspace_id).exclude(used_at=None)
    model = found.select_related("file", "made_by").first()
    if model is None or model.made_with != compute.learned_with():
        return Scales(compute.heard_by("needs"), None)
    return Scales(weighed_by(model), model)


def unweighed(workspace_id: UUID | str, by: Scales) -> bool:
    """Whether passages wait to be weighed."""
    return Voice.objects.filter(workspace_id=workspace_id).unread().exclude(weighed_by=by.mark).exists()


def weigh(workspace_id: UUID | str, after: str = "", seconds: float = SECONDS_A_TASK) -> None:
    """Weigh as much as fits into one task, and ask for the next; may be delivered twice, and stop anywhere."""
    deadline = time.monotonic() + seconds
    by = scales(workspace_id)
    while chunk := _chunk(workspace_id, by, after):
        if not _keep(workspace_id, by, _weighed(by, chunk)):
            return
        after = str(chunk[-1].pk)
        if time.monotonic() > deadline:
            queue(WEIGH, str(workspace_id), after)
            return


def _chunk(workspace_id: UUID | str, by: Scales, after: str) -> list[Voice]:
    found = Voice.objects.filter(workspace_id=workspace_id).unread().exclude(weighed_by=by.mark)
    if after:
        found = found.filter(pk__gt=after)
    return list(found.order_by("pk")[:PASSAGES_A_CHUNK])


def _weighed(by: Scales, chunk: list[Voice]) -> dict[UUID, compute.Weighed]:
    if by.model is None:
        heard = compute.hear([voice.original for voice in chunk])
        found = [compute.Weighed((), each.teaches, each.teaches_code) for each in heard]
    else:
        unread = [compute.Unread(voice.redacted, voice.column, voice.spans) for voice in chunk]
        found = compute.weigh(unread, store.path_of(by.model.file))
    return {voice.pk: each for voice, each in zip(chunk, found, strict=True)}


@transaction.atomic
def _keep(workspace_id: UUID | str, by: Scales, found: Mapping[UUID, compute.Weighed]) -> bool:
    """Keep a chunk, unless something else is in use meanwhile. What somebody has open stays as they see it."""
    workspace = Workspace.objects.select_for_update(no_key=True).get(pk=workspace_id)
    if scales(workspace_id) != by:
        return False
    opened = Sitting.objects.filter(workspace=workspace, since_at__gt=clock.now() - HOLDS).values("voice")
    waiting = Voice.objects.filter(pk__in=list(found)).unread().exclude(weighed_by=by.mark).exclude(pk__in=opened)
    voices = list(waiting.order_by("pk").select_for_update(of=("self",)))
    for voice in voices:
        told = found[voice.pk]
        voice.teaches, voice.teaches_code, voice.weighed_by = told.teaches, told.teaches_code, by.mark
    Voice.objects.bulk_update(voices, WRITTEN)
    withdrawn, made = _suggest(by, voices, found)
    facts = {"passages": len(voices), "weighed_by": by.mark, "suggested": made, "withdrawn": withdrawn}
    record("voices.weighed", by.model or workspace, by=None, workspace_id=workspace.pk, facts=facts)
    return True


def _suggest(by: Scales, voices: list[Voice], found: Mapping[UUID, compute.Weighed]) -> tuple[int, int]:
    """Take back what an earlier model suggested and nobody decided; suggest what this one hears."""
    beside = Suggestion.objects.filter(voice__in=voices)
    # Held, so that nobody decides on one while it goes. What somebody decided once keeps its trace, and stays.
    undecided = beside.filter(verdict=Verdict.OPEN).exclude(model=None).exclude(Exists(_codings()))
    outdated = list(undecided.order_by("pk").select_for_update().values_list("pk", flat=True))
    withdrawn = Suggestion.objects.filter(pk__in=outdated).delete()[0]
    if by.model is None:
        return withdrawn, 0
    taken = set(beside.values_list("voice_id", "code"))
    may_be_said = {fit.code for fit in fits(by.model.made_by, by.model) if fit.is_suggested}
    above = _above(by.model)
    new = [
        Suggestion(
            workspace_id=voice.workspace_id,
            voice=voice,
            code=each.code,
            score=each.score,
            why=each.why,
            made_by=by.mark,
            model=by.model,
        )
        for voice in voices
        for each in _finest(found[voice.pk].suggested, may_be_said, above)
        if (voice.pk, each.code) not in taken
    ]
    Suggestion.objects.bulk_create(new)
    return withdrawn, len(new)


def _codings() -> QuerySet[Coding]:
    return Coding.objects.filter(suggestion=OuterRef("pk"))


def _finest(
    suggested: Iterable[compute.Suggested], may_be_said: set[str], above: Mapping[str, set[str]]
) -> list[compute.Suggested]:
    """Those that may be said, without what another of them stands under."""
    said = [each for each in suggested if each.code in may_be_said]
    covered = set().union(*(above.get(each.code, set()) for each in said))
    return [each for each in said if each.code not in covered]


def _above(model: LearnedModel) -> dict[str, set[str]]:
    """What each code that was learned stands under."""
    pack = vocabulary(model.made_by).needs
    known = [code for code in model.quality.get("codes", {}) if code in pack]
    return {code: {entry.id for entry in pack.path(code)} - {code} for code in known}
