"""Learning from a workspace's own coding, and going back to what was learned before."""

import logging
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from antiphon.platform import clock
from antiphon.platform.audit.trail import record
from antiphon.platform.errors import check_allowed, check_now
from antiphon.platform.files import store
from antiphon.platform.files.models import StoredFile
from antiphon.platform.runs.models import Run
from antiphon.platform.tasks.queue import queue
from antiphon.platform.workspaces.models import Member, Workspace
from antiphon.workspace.voices import compute, permissions
from antiphon.workspace.voices.actions.weighing import scales, unweighed, weigh_later
from antiphon.workspace.voices.models import LearnedModel
from antiphon.workspace.voices.queries.learning import (
    GOING,
    LEARN,
    Examples,
    examples,
    get_model,
    is_under_way,
    read_count,
)
from antiphon.workspace.voices.rules import FEWEST_TO_LEARN_FROM, passages_until_it_learns

FILE_NAME = "learned.codebook"
log = logging.getLogger(__name__)


@transaction.atomic
def learn(*, by: Member) -> Run:
    """Begin to learn from the passages that people of the workspace have read."""
    check_allowed(permissions.may_teach(by), _("Only patient engagement leads let Antiphon learn from your coding."))
    _hold(by.workspace_id)
    found = read_count(by)
    enough = _("Read and code at least %(fewest)s passages first; there are %(found)s.")
    check_now(found >= FEWEST_TO_LEARN_FROM, enough % {"fewest": FEWEST_TO_LEARN_FROM, "found": found})
    check_now(_last_run(by.workspace_id) is None, _("It is learning already. Wait until it is done."))
    return _begin(by, found, is_automatic=False)


def go_on_learning(*, run_id: UUID | str) -> None:
    """Learn, and take what was learned into use; may be delivered twice."""
    run = Run.objects.select_related("started_by__workspace").get(pk=run_id)
    if run.state not in GOING:
        return
    try:
        found = examples(run.started_by)
        learned = compute.learn(found.rows)
    except compute.TooFewExamples:
        fail_learning(run_id=run.pk, trouble=_("No code was given three times yet. Code more passages."))
    except Exception:
        # Whatever stopped it, the person who waits is told, and what was learned before stays in use.
        log.exception("Learning %s stopped.", run.pk)
        fail_learning(run_id=run.pk, trouble=_("Something went wrong on our side."))
    else:
        file = store.keep(by=run.started_by, name=FILE_NAME, chunks=[learned.content])
        _take_into_use(run, file, learned, found)


@transaction.atomic
def fail_learning(*, run_id: UUID | str, trouble: str) -> None:
    """Say that learning stopped and why."""
    run = Run.objects.select_for_update().get(pk=run_id)
    if run.state not in GOING:
        return
    run.state, run.trouble, run.finished_at = Run.State.FAILED, trouble, clock.now()
    run.save(update_fields=["state", "trouble", "finished_at"])
    record("learning.failed", run, by=None, reason=trouble)


@transaction.atomic
def use_model(*, by: Member, model_id: UUID | str) -> LearnedModel:
    """Put back what was learned before; what was suggested by another model, and is undecided, goes."""
    model = get_model(by, model_id)
    check_allowed(permissions.may_teach(by), _("Only patient engagement leads choose what Antiphon learned from."))
    _hold(by.workspace_id)
    check_now(
        model.made_with == compute.learned_with(),
        _("An earlier version of Antiphon learned this, and it cannot be read any longer. Let it learn anew."),
    )
    _only(model, by)
    record("learned_model.put_back", model, by=by, facts={"number": model.number})
    weigh_later(by.workspace_id)
    return model


@transaction.atomic
def lay_aside(*, by: Member) -> None:
    """Do without what was learned here; the engine that ships goes on suggesting."""
    check_allowed(permissions.may_teach(by), _("Only patient engagement leads choose what Antiphon learned from."))
    _hold(by.workspace_id)
    used = LearnedModel.objects.visible_to(by).exclude(used_at=None).first()
    check_now(used is not None, _("Nothing that was learned here is in use."))
    _none_in_use(by.workspace_id)
    record("learned_model.laid_aside", used, by=by, facts={"number": used.number})
    weigh_later(by.workspace_id)


def look_after_learning() -> None:
    """By the clock: learn anew where people have read enough since, and weigh what was not weighed yet."""
    for workspace_id in LearnedModel.objects.order_by().values_list("workspace_id", flat=True).distinct():
        learn_anew_where_due(workspace_id=workspace_id)
    for workspace_id in Workspace.objects.values_list("pk", flat=True):
        if unweighed(workspace_id, scales(workspace_id)):
            weigh_later(workspace_id)


@transaction.atomic
def learn_anew_where_due(*, workspace_id: UUID) -> None:
    """Learn anew in the name of who let it learn last. Where somebody went back to an older model, it waits."""
    _hold(workspace_id)
    latest = LearnedModel.objects.filter(workspace_id=workspace_id).order_by("-number").first()
    if latest is None or latest.used_at is None or _last_run(workspace_id) is not None:
        return
    found = read_count(latest.made_by)
    is_outdated = latest.made_with != compute.learned_with()
    if is_outdated or not passages_until_it_learns(latest.passage_count, found):
        _begin(latest.made_by, found, is_automatic=True)


def _hold(workspace_id: UUID) -> None:
    """One at a time decides what a workspace learns and uses."""
    Workspace.objects.select_for_update(no_key=True).get(pk=workspace_id)


def _last_run(workspace_id: UUID) -> Run | None:
    """The learning that is under way."""
    found = Run.objects.filter(workspace_id=workspace_id, kind=LEARN, state__in=GOING).order_by("-created_at").first()
    return found if found and is_under_way(found) else None


def _begin(by: Member, found: int, *, is_automatic: bool) -> Run:
    run = Run.objects.create(
        workspace_id=by.workspace_id,
        kind=LEARN,
        settings={"is_automatic": is_automatic},
        total_count=found,
        started_by=by,
    )
    person = None if is_automatic else by
    record("learning.started", run, by=person, workspace_id=by.workspace_id, facts={"passages": found})
    queue(LEARN, str(run.pk))
    return run


@transaction.atomic
def _take_into_use(run: Run, file: StoredFile, learned: compute.Learned, found: Examples) -> None:
    _hold(run.workspace_id)
    kept = Run.objects.select_for_update().get(pk=run.pk)
    if kept.state not in GOING:
        return
    of_workspace = LearnedModel.objects.filter(workspace_id=run.workspace_id)
    is_automatic = run.settings["is_automatic"]
    model = LearnedModel.objects.create(
        workspace_id=run.workspace_id,
        number=(of_workspace.aggregate(Max("number"))["number__max"] or 0) + 1,
        file=file,
        learned_in=kept,
        made_with=compute.learned_with(),
        made_at=clock.now(),
        made_by=run.started_by,
        is_automatic=is_automatic,
        passage_count=len(found.rows),
        speaker_count=found.speaker_count,
        coder_count=found.coder_count,
        quality=learned.quality,
    )
    _only(model, run.started_by)
    kept.state, kept.finished_at, kept.done_count = Run.State.DONE, clock.now(), len(found.rows)
    kept.save(update_fields=["state", "finished_at", "done_count"])
    facts = {"number": model.number, "passages": len(found.rows), "sha256": file.sha256, "run": str(run.pk)}
    person = None if is_automatic else run.started_by
    record("learned_model.made", model, by=person, workspace_id=run.workspace_id, facts=facts)
    weigh_later(run.workspace_id)


def _only(model: LearnedModel, by: Member) -> None:
    """This model is the one in use."""
    _none_in_use(by.workspace_id)
    model.used_at, model.used_by = clock.now(), by
    model.save(update_fields=["used_at", "used_by"])


def _none_in_use(workspace_id: UUID) -> None:
    LearnedModel.objects.filter(workspace_id=workspace_id).update(used_at=None, used_by=None)
