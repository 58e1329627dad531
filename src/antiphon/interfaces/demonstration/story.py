"""Tells the story of the demonstration with the product's own actions, each at its moment."""

import datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction

from antiphon.interfaces.demonstration import script
from antiphon.platform import clock
from antiphon.platform.workspaces import actions as workspaces
from antiphon.platform.workspaces import queries as members
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.answers import actions as answers
from antiphon.workspace.answers import queries as answer_queries
from antiphon.workspace.answers.rules import Heard
from antiphon.workspace.decisions import actions as decisions
from antiphon.workspace.decisions import queries as decision_queries
from antiphon.workspace.engagements import actions as engagements
from antiphon.workspace.insights import actions as insights
from antiphon.workspace.programmes import actions as programmes
from antiphon.workspace.programmes import queries as programme_queries
from antiphon.workspace.programmes.rules import Kind
from antiphon.workspace.voices import actions as voices
from antiphon.workspace.voices import queries as voice_queries
from antiphon.workspace.voices.rules import Safety

HERE = Path(__file__).parent
COMMENT_COLUMNS = {"comment": "text", "service": "group", "date": "date", "id": "id"}
REPORT_COLUMNS = {"report": "text", "id": "id"}
ACCEPTED = 40


def is_empty() -> bool:
    """Whether nobody has used this instance yet."""
    return not members.any_workspace()


def is_told() -> bool:
    """Whether this instance is a demonstration."""
    return bool(members.demonstration_members())


def days(count: int, hour: int = 10) -> datetime.datetime:
    """A moment so many days from today, in working hours."""
    moment = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=count)
    return moment.replace(hour=hour, minute=0, second=0, microsecond=0) if count else moment


@transaction.atomic
def tell() -> None:
    """From an empty instance to a workspace in the middle of its work; all of it or nothing."""
    with clock.at(days(-90)):
        ana, ben, sofia = _people()[:3]
        care = _programmes(ana, ben)
    survey = _survey(ana, care)
    stated = _insights(ana, ben, care, survey)
    _reports(ana, care)
    for told in script.DECISIONS:
        _decision(ben, care, told, stated)
    _answer(ana, ben)
    _read(ben)
    _look_after_safety(sofia, survey)


def _people() -> list[Member]:
    workspace = workspaces.open_workspace(name=script.WORKSPACE, is_demonstration=True)
    return [
        workspaces.add_member(workspace=workspace, name=name, email=email, role=role, function=function)
        for name, email, role, function in script.PEOPLE
    ]


def _programmes(ana: Member, ben: Member):
    care = programmes.open_programme(
        by=ana,
        name="Getting to care",
        kind=Kind.DISEASE_AREA,
        indication="People who live with long-term conditions",
        stage="design_planning",
        function="F_RD",
        sharing=["F_MED", "F_REG"],
    )
    programmes.open_programme(
        by=ana,
        name="HSP-204",
        kind=Kind.ASSET,
        indication="Heart failure, once-weekly treatment",
        stage="conduct_operations",
        function="F_RD",
        sharing=["F_HEOR"],
    )
    for text, point, function, need in script.QUESTIONS:
        programmes.ask(by=ben, programme=care, text=text, decision_point=point, function=function, need=need)
    return care


def _survey(ana: Member, care) -> UUID:
    asked = programme_queries.questions(ana, programme_id=care.pk)
    with clock.at(days(-80)):
        survey = engagements.plan(
            by=ana,
            programme=care,
            name="On the way to care: what people told us",
            kind="survey",
            purpose="To learn what makes getting to a visit hard, before the visit plan of the study is fixed.",
            starts_date=clock.today(),
            functions=["F_RD", "F_MED"],
            questions=[question.id for question in asked[:2]],
        )
    with clock.at(days(-60)):
        engagements.hold(by=ana, engagement=survey, ends_date=clock.today(), groups=["patient", "carer"], people=260)
        _bring(ana, "comments.csv", COMMENT_COLUMNS, "Friends and Family Test", survey.pk)
    for courtesy_days, kind in ((-59, "THANKS"), (-50, "HOLDING_REPLY")):
        with clock.at(days(courtesy_days)):
            engagements.do_courtesy(by=ana, courtesy=survey.courtesies.get(kind=kind))
    with clock.at(days(-1)):
        engagements.plan(
            by=ana,
            programme=care,
            name="Patient advisory board, winter",
            kind="patient_advisory_board",
            purpose="To go through the visit plan with eight people before it is final.",
            starts_date=clock.today() + datetime.timedelta(days=12),
            functions=["F_RD"],
            questions=[asked[2].id],
        )
    return survey.pk


def _reports(ana: Member, care) -> None:
    with clock.at(days(-3)):
        calls = engagements.plan(
            by=ana,
            programme=care,
            name="Calls after vaccination",
            kind="individual_interview",
            purpose="To hear how people felt in the days after, and who helped them.",
            starts_date=clock.today(),
            functions=["F_MED"],
        )
        engagements.hold(by=ana, engagement=calls, ends_date=clock.today(), groups=["patient"], people=6)
        _bring(ana, "reports.csv", REPORT_COLUMNS, "Follow-up calls", calls.pk)


def _bring(by: Member, file: str, columns: dict[str, str], source: str, engagement_id: UUID) -> None:
    intake = voices.bring(by=by, name=file, chunks=[(HERE / file).read_bytes()])
    voices.map_columns(by=by, intake_id=intake.pk, roles=columns)
    voices.describe(
        by=by,
        intake_id=intake.pk,
        source=source,
        engagement_id=engagement_id,
        consent_scope="all_programmes",
        consent_note="The survey's first page; published with the organisations' agreement.",
    )
    voices.start(by=by, intake_id=intake.pk)
    voices.go_on(intake_id=intake.pk)


def _insights(ana: Member, ben: Member, care, survey_id: UUID) -> list:
    spoken = {row.place: row.id for row in voice_queries.rows(ana, engagement_id=survey_id, limit=500)}
    stated = []
    for number, told in enumerate(script.INSIGHTS):
        with clock.at(days(-55 + number)):
            insight = insights.state(
                by=ana,
                programme=care,
                statement=told.statement,
                strength=told.strength,
                owner=ben,
                needs=told.needs,
                decision_points=told.points,
                groups=told.groups,
                voices=[spoken[f"row {comment + 1}"] for comment in told.comments],
                dissent=told.dissent,
            )
            for comment in told.against:
                voice_id = spoken[f"row {comment + 1}"]
                insights.add_voice(by=ana, insight=insight, voice_id=voice_id, stance="DISSENTS")
            if told.agreed:
                insights.agree(by=ben, insight=insight)
        stated.append(insight)
    return stated


def _decision(ben: Member, care, told: script.ToldDecision, stated: list) -> None:
    today = datetime.datetime.now(datetime.UTC).date()
    with clock.at(days(-told.opened_days_ago)):
        decision = decisions.open_decision(
            by=ben,
            programme=care,
            question=told.question,
            decision_point=told.point,
            function=told.function,
            owner=ben,
            due_date=today + datetime.timedelta(days=told.due_in_days),
        )
        decisions.weigh(by=ben, decision=decision, insights=[_fresh(stated[number]) for number in told.weighs])
        options = [decisions.add_option(by=ben, decision=decision, text=text) for text in told.options]
    if told.closed_days_ago is None:
        return
    with clock.at(days(-told.closed_days_ago)):
        weighings = decision_queries.record(ben, decision.pk).weighings
        for weighing, (disposition, reason) in zip(weighings, told.settled, strict=True):
            row = decision_queries.get_weighing(ben, weighing.id)
            decisions.weigh_up(by=ben, weighing=row, disposition=disposition, reason=reason)
        decisions.choose_option(by=ben, option=options[-1])
        decisions.edit(by=ben, decision=decision, outcome=told.outcome)
        decisions.close(by=ben, decision=decision)
    with clock.at(days(-told.closed_days_ago + 4)):
        what, evidence = script.CHANGE
        decisions.record_change(
            by=ben, decision=_fresh(decision), what=what, evidence=evidence, happened_date=clock.today()
        )


def _fresh(thing):
    thing.refresh_from_db()
    return thing


def _answer(ana: Member, ben: Member) -> None:
    closed = decision_queries.rows(ana, state="CLOSED")[0]
    with clock.at(days(-27)):
        answer = answers.draft(by=ana, decision=decision_queries.get(ana, closed.id))[0]
        answers.word_letter(
            by=ana,
            answer=answer,
            opening="You told us what the way to a visit is like. Thank you. Here is what we did with it.",
            next_step=script.NEXT_STEP,
            contact="Ana Ribeiro, ana@hesperia.example",
        )
    with clock.at(days(-26)):
        answers.approve(by=ben, answer=answer)
        answers.give(by=ana, answer=answer)
    token = answer_queries.link_address(ana, answer.pk).rstrip("/").rsplit("/", 1)[-1]
    for number, (heard, word) in enumerate(script.REPLIES):
        with clock.at(days(-24 + number)):
            kept = answers.reply(token=token, heard=Heard(heard), word=word)
            answers.hear(reply_id=kept.pk)


def _read(ben: Member) -> None:
    """Ben has begun to read: the surest suggestions are accepted, their passages are read."""
    with clock.at(days(-20)):
        for suggestion_id, voice_id in voice_queries.surest_suggestions(ben, ACCEPTED):
            voices.accept(by=ben, suggestion_id=suggestion_id)
            voices.finish_reading(by=ben, voice_id=voice_id)


def _look_after_safety(sofia: Member, survey_id: UUID) -> None:
    """Sofia has been through the survey: nothing there was caused by a medicine."""
    with clock.at(days(-19)):
        for voice in voice_queries.rows(sofia, engagement_id=survey_id, limit=500):
            if voice.safety == "POSSIBLE":
                reason = "No medicine or device is involved."
                voices.decide_safety(by=sofia, voice_id=voice.id, wanted=Safety.NOT_AN_EVENT, reason=reason)
