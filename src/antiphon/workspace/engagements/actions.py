"""Planning engagements, saying that they took place, and keeping their courtesies."""

import datetime
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from antiphon.platform import clock
from antiphon.platform.audit.trail import record
from antiphon.platform.errors import NotValid, check_allowed, check_now
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.engagements import permissions, rules
from antiphon.workspace.engagements.models import (
    AskedQuestion,
    Courtesy,
    Engagement,
    EngagementFunction,
    EngagementGroup,
)
from antiphon.workspace.engagements.rules import Courtesy as Kind
from antiphon.workspace.engagements.rules import State
from antiphon.workspace.programmes.models import Programme, Question

FIELDS = ("name", "kind", "purpose", "starts_date", "ends_date")


@transaction.atomic
def plan(
    *,
    by: Member,
    programme: Programme,
    name: str,
    kind: str,
    purpose: str,
    starts_date: datetime.date,
    ends_date: datetime.date | None = None,
    functions: Iterable[str] = (),
    questions: Iterable[UUID | str] = (),
) -> Engagement:
    """Plan an engagement: with whom and what for is asked before anybody is."""
    check_allowed(permissions.may_plan(by), _("Your role reads engagements; it does not plan them."))
    _check(by, name, starts_date, ends_date)
    engagement = Engagement.objects.create(
        workspace_id=by.workspace_id,
        programme=programme,
        name=name,
        kind=kind,
        purpose=purpose,
        starts_date=starts_date,
        ends_date=ends_date,
        lead=by,
    )
    _relate(by, engagement, functions, questions)
    facts = {
        "kind": kind,
        "programme": programme.pk,
        "functions": sorted(functions),
        "starts": str(starts_date),
    }
    changes = {"name": ("", name), "purpose": ("", purpose)}
    record("engagement.planned", engagement, by=by, changes=changes, facts=facts)
    return engagement


@transaction.atomic
def edit(
    *,
    by: Member,
    engagement: Engagement,
    functions: Iterable[str] = (),
    questions: Iterable[UUID | str] = (),
    **new: object,
) -> Engagement:
    """Change the plan of an engagement."""
    check_allowed(permissions.may_plan(by), _("Your role reads engagements; it does not plan them."))
    engagement = _locked(by, engagement)
    check_now(engagement.state != State.CLOSED, _("This engagement is closed."))
    _check(by, new["name"], new["starts_date"], new["ends_date"], but=engagement)
    changed = {f: (getattr(engagement, f), new[f]) for f in FIELDS if getattr(engagement, f) != new[f]}
    for field, (_before, value) in changed.items():
        setattr(engagement, field, value)
    engagement.save(update_fields=list(FIELDS))
    engagement.functions.all().delete()
    engagement.asked.all().delete()
    _relate(by, engagement, functions, questions)
    facts = {"functions": sorted(functions), "questions": sorted(str(pk) for pk in questions)}
    record("engagement.edited", engagement, by=by, changes=changed, facts=facts)
    return engagement


@transaction.atomic
def hold(
    *,
    by: Member,
    engagement: Engagement,
    ends_date: datetime.date,
    groups: Iterable[str],
    people: int | None = None,
) -> Engagement:
    """Say that an engagement took place, and with whom; from now on its clocks run."""
    check_allowed(permissions.may_run(by), _("Only patient engagement leads run engagements."))
    engagement = _locked(by, engagement)
    check_now(rules.can_become(State(engagement.state), State.HELD), _("It took place already."))
    if not groups:
        raise NotValid(_("Say which groups took part."), {"groups": _("Choose at least one group.")})
    if not engagement.starts_date <= ends_date <= clock.today():
        sentence = _("Give a day between its start and today.")
        raise NotValid(sentence, {"ends_date": sentence})
    engagement.state, engagement.held_at, engagement.ends_date = State.HELD, clock.now(), ends_date
    engagement.people_count = people
    engagement.save(update_fields=["state", "held_at", "ends_date", "people_count"])
    EngagementGroup.objects.bulk_create(
        EngagementGroup(workspace_id=by.workspace_id, engagement=engagement, stakeholder=group)
        for group in dict.fromkeys(groups)
    )
    _owe(by, engagement)
    facts = {"groups": sorted(groups), "people": people, "ended": str(ends_date)}
    record("engagement.held", engagement, by=by, facts=facts)
    return engagement


@transaction.atomic
def do_courtesy(*, by: Member, courtesy: Courtesy) -> Courtesy:
    """Say that thanks were said, or a holding reply was sent."""
    check_allowed(permissions.may_run(by), _("Only patient engagement leads run engagements."))
    courtesy = Courtesy.objects.visible_to(by).select_for_update().get(pk=courtesy.pk)
    check_now(courtesy.done_at is None, _("This was done already."))
    courtesy.done_at, courtesy.done_by = clock.now(), by
    courtesy.save(update_fields=["done_at", "done_by"])
    facts = {"engagement": courtesy.engagement_id, "kind": courtesy.kind, "due": str(courtesy.due_date)}
    record("courtesy.done", courtesy, by=by, facts=facts)
    return courtesy


def _owe(by: Member, engagement: Engagement) -> None:
    """Thanks soon, a holding reply within the organisation's working days."""
    due = {
        Kind.THANKS: engagement.ends_date + datetime.timedelta(days=by.workspace.thanks_days),
        Kind.HOLDING_REPLY: clock.add_working_days(engagement.ends_date, by.workspace.holding_working_days),
    }
    Courtesy.objects.bulk_create(
        Courtesy(workspace_id=by.workspace_id, engagement=engagement, kind=kind, due_date=date)
        for kind, date in due.items()
    )


def _locked(by: Member, engagement: Engagement) -> Engagement:
    return Engagement.objects.visible_to(by).select_for_update().get(pk=engagement.pk)


def _check(
    by: Member, name: str, starts: datetime.date, ends: datetime.date | None, but: Engagement | None = None
) -> None:
    same = (
        Engagement.objects.visible_to(by)
        .filter(name__iexact=name.strip())
        .exclude(pk=but.pk if but else None)
    )
    if same.exists():
        raise NotValid(
            _("There is an engagement with this name already."), {"name": _("Choose another name.")}
        )
    if not rules.dates_follow(starts, ends):
        sentence = _("It ends before it starts.")
        raise NotValid(sentence, {"ends_date": sentence})


def _relate(
    by: Member, engagement: Engagement, functions: Iterable[str], questions: Iterable[UUID | str]
) -> None:
    EngagementFunction.objects.bulk_create(
        EngagementFunction(workspace_id=by.workspace_id, engagement=engagement, function=function)
        for function in sorted(set(functions))
    )
    asked = Question.objects.visible_to(by).filter(
        pk__in=list(questions), programme_id=engagement.programme_id
    )
    AskedQuestion.objects.bulk_create(
        AskedQuestion(workspace_id=by.workspace_id, engagement=engagement, question=question)
        for question in asked
    )
