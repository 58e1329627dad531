"""Planning engagements, saying that they took place, and keeping their courtesies."""

import datetime
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from antiphon.platform import clock
from antiphon.platform.audit.meanwhile import check_unchanged
from antiphon.platform.audit.trail import record
from antiphon.platform.errors import NotValid, check_allowed, check_now
from antiphon.platform.vocabulary.queries import pack
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.engagements import permissions, queries, rules
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
    functions, questions = sorted(set(functions)), sorted({str(pk) for pk in questions})
    name = _checked(by, name, starts_date, ends_date)
    _check_codes(by, {("activity_types", kind), *(("functions", code) for code in functions)})
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
        "functions": functions,
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
    version: int | None = None,
    **new: object,
) -> Engagement:
    """Change the plan of an engagement."""
    check_allowed(permissions.may_plan(by), _("Your role reads engagements; it does not plan them."))
    engagement = _locked(by, engagement)
    check_now(engagement.state != State.CLOSED, _("This engagement is closed."))
    check_unchanged(engagement, version, ["engagement.edited", "engagement.held"])
    functions, questions = sorted(set(functions)), sorted({str(pk) for pk in questions})
    new["name"] = _checked(by, new["name"], new["starts_date"], new["ends_date"], but=engagement)
    _check_held(engagement, new["ends_date"], questions)
    wanted = {("activity_types", new["kind"]), *(("functions", code) for code in functions)}
    _check_codes(by, wanted - _codes_of(engagement))
    changed = {f: (getattr(engagement, f), new[f]) for f in FIELDS if getattr(engagement, f) != new[f]}
    for field, (_before, value) in changed.items():
        setattr(engagement, field, value)
    engagement.version += 1
    engagement.save(update_fields=[*FIELDS, "version"])
    engagement.functions.all().delete()
    engagement.asked.all().delete()
    _relate(by, engagement, functions, questions)
    facts = {"functions": functions, "questions": questions, "version": engagement.version}
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
    groups = sorted(set(groups))
    if not groups or not all(pack(by, "stakeholder_types").offers(group) for group in groups):
        raise NotValid(_("Say which groups took part."), {"groups": _("Choose at least one group of the list.")})
    if not engagement.starts_date <= ends_date <= clock.today():
        sentence = _("Give a day between its start and today.")
        raise NotValid(sentence, {"ends_date": sentence})
    engagement.state, engagement.held_at, engagement.ends_date = State.HELD, clock.now(), ends_date
    engagement.people_count, engagement.version = people, engagement.version + 1
    engagement.save(update_fields=["state", "held_at", "ends_date", "people_count", "version"])
    EngagementGroup.objects.bulk_create(
        EngagementGroup(workspace_id=by.workspace_id, engagement=engagement, stakeholder=group) for group in groups
    )
    _owe(by, engagement)
    facts = {"groups": groups, "people": people, "ended": str(ends_date)}
    record("engagement.held", engagement, by=by, facts=facts)
    return engagement


@transaction.atomic
def close(*, by: Member, engagement: Engagement) -> Engagement:
    """Say that an engagement is over; whoever knows its answers asks for this, and the database looks for them."""
    return _settle(by, engagement, State.CLOSED, "engagement.closed")


@transaction.atomic
def reopen(*, by: Member, engagement: Engagement) -> Engagement:
    """Go on with an engagement that was closed."""
    return _settle(by, engagement, State.HELD, "engagement.reopened")


def _settle(by: Member, engagement: Engagement, wanted: State, event: str) -> Engagement:
    check_allowed(permissions.may_run(by), _("Only patient engagement leads run engagements."))
    engagement = _locked(by, engagement)
    check_now(rules.can_become(State(engagement.state), wanted), _("Its state does not allow this now. Reload it."))
    engagement.state = wanted
    engagement.save(update_fields=["state"])
    record(event, engagement, by=by)
    return engagement


@transaction.atomic
def do_courtesy(*, by: Member, courtesy: Courtesy) -> Courtesy:
    """Say that thanks were said, or a holding reply was sent."""
    check_allowed(permissions.may_run(by), _("Only patient engagement leads run engagements."))
    courtesy = _held_courtesy(by, courtesy)
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
    current = Engagement.objects.visible_to(by).select_for_update().filter(pk=engagement.pk).first()
    if current is None:
        raise queries.NoSuchEngagement(engagement.pk)
    return current


def _held_courtesy(by: Member, courtesy: Courtesy) -> Courtesy:
    current = Courtesy.objects.visible_to(by).select_for_update().filter(pk=courtesy.pk).first()
    if current is None:
        raise queries.NoSuchEngagement(courtesy.pk)
    return current


def _checked(
    by: Member, name: str, starts: datetime.date, ends: datetime.date | None, but: Engagement | None = None
) -> str:
    """A name of its own without spaces around it, and days that follow each other."""
    name = name.strip()
    if not name:
        raise NotValid(_("Give the engagement a name."), {"name": _("Give the engagement a name.")})
    same = Engagement.objects.visible_to(by).filter(name__iexact=name).exclude(pk=but.pk if but else None)
    if same.exists():
        raise NotValid(_("There is an engagement with this name already."), {"name": _("Choose another name.")})
    if not rules.dates_follow(starts, ends):
        sentence = _("It ends before it starts.")
        raise NotValid(sentence, {"ends_date": sentence})
    return name


FIELD_OF = {"activity_types": "kind", "functions": "functions"}


def _codes_of(engagement: Engagement) -> set[tuple[str, str]]:
    """What was chosen when it was offered may stay."""
    asking = engagement.functions.values_list("function", flat=True)
    return {("activity_types", engagement.kind), *(("functions", code) for code in asking)}


def _check_codes(by: Member, codes: set[tuple[str, str]]) -> None:
    """Codes, each with its pack, are ones that the workspace offers."""
    for pack_id, code in sorted(codes):
        if not pack(by, pack_id).offers(code):
            raise NotValid(_("Choose one of the list."), {FIELD_OF[pack_id]: _("Choose one of the list.")})


def _check_held(engagement: Engagement, ends: datetime.date | None, questions: list[str]) -> None:
    """What took place has ended, and what was asked there was asked."""
    if engagement.state == State.PLANNED:
        return
    if ends is None:
        sentence = _("It took place. Say when it ended.")
        raise NotValid(sentence, {"ends_date": sentence})
    asked = {str(pk) for pk in engagement.asked.values_list("question_id", flat=True)}
    check_now(asked <= set(questions), _("Patients were already asked this. It stays, with what they said."))


def _relate(by: Member, engagement: Engagement, functions: list[str], questions: list[str]) -> None:
    EngagementFunction.objects.bulk_create(
        EngagementFunction(workspace_id=by.workspace_id, engagement=engagement, function=function)
        for function in functions
    )
    asked = Question.objects.visible_to(by).filter(pk__in=questions, programme_id=engagement.programme_id)
    if len(asked) < len(questions):
        sentence = _("A question belongs to another programme. Choose among those of this one.")
        raise NotValid(sentence, {"questions": sentence})
    AskedQuestion.objects.bulk_create(
        AskedQuestion(workspace_id=by.workspace_id, engagement=engagement, question=question) for question in asked
    )
