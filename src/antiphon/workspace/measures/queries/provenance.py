"""A trail as W3C PROV: what it is made of, who made it in which role, and from what; in its JSON serialisation."""

# The structure follows the PROV-JSON member submission of 24 April 2013, https://www.w3.org/submissions/prov-json/

from collections.abc import Mapping

from django.conf import settings

from antiphon.platform.workspaces.models import Member
from antiphon.workspace.answers.models import Answer
from antiphon.workspace.decisions.models import Change, Decision, Weighing
from antiphon.workspace.insights.models import Insight, Merge, Support
from antiphon.workspace.measures.queries.told import Told, moment, told
from antiphon.workspace.voices.models import Coding, Voice

Attributes = Mapping[str, object]
PERSON, SOFTWARE, ORGANISATION = "prov:Person", "prov:SoftwareAgent", "prov:Organization"


def provenance(member: Member, kind: str, thing_id: object) -> dict:
    """The trail of one voice, insight or decision as a PROV-JSON document. Nobody who spoke is named in it."""
    read = told(member, kind, thing_id)
    made = _Document(member)
    for step, rows in (
        (_voice, read.voices),
        (_insight, read.insights),
        (_support, read.supports),
        (_merge, read.merges),
        (_decision, read.decisions),
        (_weighing, read.weighings),
        (_change, read.changes),
        (_answer, read.answers),
    ):
        for row in rows:
            step(made, row)
    _join_revisions(made, read)
    return made.document()


class _Document:
    """A PROV-JSON document while it is written."""

    def __init__(self, member: Member) -> None:
        self.parts: dict[str, dict[str, dict]] = {}
        self.organisation = f"antiphon:workspace-{member.workspace_id}"
        self.put("agent", self.organisation, {"prov:type": typed(ORGANISATION), "prov:label": member.workspace.name})

    def put(self, part: str, name: str, attributes: Attributes) -> str:
        known = {key: value for key, value in attributes.items() if value not in (None, "")}
        self.parts.setdefault(part, {}).setdefault(name, known)
        return name

    def relate(self, relation: str, **roles: object) -> None:
        """One relation; its name follows from what it joins, so the same trail is the same document."""
        joined = {f"prov:{role}": name for role, name in roles.items() if name and role != "more"}
        more = dict(roles.get("more") or {})
        place = len(self.parts.get(relation, {})) + 1
        self.put(relation, f"_:{relation}-{place}", joined | more)

    def person(self, someone: Member) -> str:
        """A member, by role and an id that says nothing; no name."""
        name = f"antiphon:member-{someone.pk}"
        if name not in self.parts["agent"]:
            self.put("agent", name, {"prov:type": typed(PERSON), "antiphon:role": someone.role})
            self.relate("actedOnBehalfOf", delegate=name, responsible=self.organisation)
        return name

    def did(self, name: str, kind: str, someone: Member | None, at: object, *, goes_on: bool = False) -> str:
        """Something that a person did at a moment, or from then on."""
        when = {"prov:startTime": moment(at), "prov:endTime": None if goes_on else moment(at)}
        if name not in self.parts.get("activity", {}):
            self.put("activity", name, when | {"prov:type": typed(f"antiphon:{kind}")})
            if someone is not None:
                self.relate("wasAssociatedWith", activity=name, agent=self.person(someone))
        return name

    def made(self, entity: str, activity: str, at: object = None) -> None:
        self.relate("wasGeneratedBy", entity=entity, activity=activity, time=moment(at))

    def document(self) -> dict:
        prefix = {
            "antiphon": f"{settings.ANTIPHON_ORIGIN}/provenance#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        }
        return {"prefix": prefix, **self.parts}


def typed(name: str) -> dict[str, str]:
    """A qualified name, as the serialisation writes one."""
    return {"$": name, "type": "prov:QUALIFIED_NAME"}


def _voice(made: _Document, voice: Voice) -> None:
    """The redacted reading; the words as they came are held, and not in this document."""
    original = made.put("entity", f"antiphon:original-{voice.pk}", {"prov:type": typed("antiphon:Original")})
    attributes = {
        "prov:type": typed("antiphon:Voice"),
        "prov:value": voice.redacted,
        "antiphon:engagement": str(voice.engagement_id),
        "antiphon:engagementName": voice.engagement.name,
        "antiphon:place": voice.place,
        "antiphon:consent": voice.consent_scope,
        "antiphon:language": voice.language,
    }
    entity = made.put("entity", f"antiphon:voice-{voice.pk}", attributes)
    speakers = made.put(
        "agent", f"antiphon:contributors-{voice.engagement_id}", {"prov:type": typed("antiphon:Contributors")}
    )
    made.relate("wasAttributedTo", entity=original, agent=speakers)
    activity = _taking_in(made, voice)
    made.relate("used", activity=activity, entity=original)
    made.made(entity, activity, voice.created_at)
    made.relate("wasDerivedFrom", generatedEntity=entity, usedEntity=original, activity=activity)
    for coding in voice.kept_codings:
        _coding(made, coding, entity)


def _taking_in(made: _Document, voice: Voice) -> str:
    intake = voice.intake
    if intake is None:
        return made.did(f"antiphon:reply-{voice.pk}", "Replying", None, voice.created_at)
    activity = made.did(f"antiphon:intake-{intake.pk}", "TakingIn", intake.brought_by, intake.created_at, goes_on=True)
    if voice.heard_by_engine:
        _engine(made, voice.heard_by_engine, activity)
    return activity


def _engine(made: _Document, name: str, activity: str) -> None:
    agent = f"antiphon:engine-{name.replace('/', '-').replace(' ', '-')}"
    if agent not in made.parts["agent"]:
        made.put("agent", agent, {"prov:type": typed(SOFTWARE), "prov:label": name})
    joined = {"prov:activity": activity, "prov:agent": agent}
    if joined not in made.parts.get("wasAssociatedWith", {}).values():
        made.relate("wasAssociatedWith", activity=activity, agent=agent)


def _coding(made: _Document, coding: Coding, voice: str) -> None:
    """A person said it; where the engine had suggested it, that is told apart."""
    attributes = {
        "prov:type": typed("antiphon:Coding"),
        "antiphon:code": coding.code,
        "antiphon:start": coding.start,
        "antiphon:end": coding.end,
    }
    entity = made.put("entity", f"antiphon:coding-{coding.pk}", attributes)
    activity = made.did(f"antiphon:coding-of-{coding.pk}", "Coding", coding.coded_by, coding.created_at)
    made.made(entity, activity, coding.created_at)
    made.relate("wasDerivedFrom", generatedEntity=entity, usedEntity=voice, activity=activity)
    if coding.suggestion is None:
        return
    about = {"prov:type": typed("antiphon:Suggestion"), "antiphon:code": coding.suggestion.code}
    suggestion = made.put("entity", f"antiphon:suggestion-{coding.suggestion_id}", about)
    engine = made.put(
        "agent",
        f"antiphon:engine-{coding.suggestion.made_by.replace('/', '-').replace(' ', '-')}",
        {"prov:type": typed(SOFTWARE), "prov:label": coding.suggestion.made_by},
    )
    made.relate("wasAttributedTo", entity=suggestion, agent=engine)
    made.relate("used", activity=activity, entity=suggestion)


def _insight(made: _Document, insight: Insight) -> None:
    attributes = {
        "prov:type": typed("antiphon:Insight"),
        "prov:value": insight.statement,
        "antiphon:state": insight.state,
        "antiphon:strength": insight.strength,
        "antiphon:dissent": insight.dissent,
    }
    entity = made.put("entity", f"antiphon:insight-{insight.pk}", attributes)
    activity = made.did(f"antiphon:stating-{insight.pk}", "Stating", insight.stated_by, insight.created_at)
    made.made(entity, activity, insight.created_at)
    if insight.agreed_at:
        agreeing = made.did(f"antiphon:agreeing-{insight.pk}", "Agreeing", insight.agreed_by, insight.agreed_at)
        made.relate("used", activity=agreeing, entity=entity)


def _support(made: _Document, support: Support) -> None:
    """Derived from what was there when it was stated; what was added later could only influence it."""
    voice, insight = f"antiphon:voice-{support.voice_id}", f"antiphon:insight-{support.insight_id}"
    stance = {"antiphon:stance": support.stance}
    if support.voice.created_at < support.insight.created_at:
        made.relate("wasDerivedFrom", generatedEntity=insight, usedEntity=voice, more=stance)
    else:
        made.relate("wasInfluencedBy", influencee=insight, influencer=voice, more=stance)


def _merge(made: _Document, merge: Merge) -> None:
    kept, absorbed = f"antiphon:insight-{merge.kept_id}", f"antiphon:insight-{merge.absorbed_id}"
    activity = made.did(f"antiphon:merging-{merge.pk}", "Merging", merge.merged_by, merge.merged_at)
    made.relate("used", activity=activity, entity=absorbed)
    made.relate("alternateOf", alternate1=absorbed, alternate2=kept)


def _decision(made: _Document, decision: Decision) -> None:
    attributes = {
        "prov:type": typed("antiphon:Decision"),
        "prov:label": decision.question,
        "prov:value": decision.outcome,
        "antiphon:state": decision.state,
        "antiphon:function": decision.function,
        "antiphon:decisionPoint": decision.decision_point,
    }
    entity = made.put("entity", f"antiphon:decision-{decision.pk}", attributes)
    made.relate("wasAttributedTo", entity=entity, agent=made.person(decision.owner))
    if decision.closed_at:
        closing = made.did(f"antiphon:closing-{decision.pk}", "Closing", decision.closed_by, decision.closed_at)
        made.made(entity, closing, decision.closed_at)


def _weighing(made: _Document, weighing: Weighing) -> None:
    """What was done with an insight, and why, is told of the way from it to the decision."""
    entity = f"antiphon:decision-{weighing.decision_id}"
    insight = f"antiphon:insight-{weighing.insight_id}"
    activity = made.did(f"antiphon:deciding-{weighing.pk}", "Deciding", weighing.weighed_by, weighing.created_at)
    made.relate("used", activity=activity, entity=insight)
    closing = f"antiphon:closing-{weighing.decision_id}"
    if closing in made.parts["activity"]:
        made.relate("wasInformedBy", informed=closing, informant=activity)
    said = {"antiphon:disposition": weighing.disposition, "antiphon:reason": weighing.reason}
    # Without its activity: an entity is generated by one only, and a decision by its closing.
    made.relate("wasDerivedFrom", generatedEntity=entity, usedEntity=insight, more=said)


def _change(made: _Document, change: Change) -> None:
    attributes = {
        "prov:type": typed("antiphon:Change"),
        "prov:value": change.what,
        "antiphon:evidence": change.evidence,
        "antiphon:happened": {"$": change.happened_date.isoformat(), "type": "xsd:date"},
    }
    entity = made.put("entity", f"antiphon:change-{change.pk}", attributes)
    activity = made.did(f"antiphon:recording-{change.pk}", "Recording", change.recorded_by, change.created_at)
    made.made(entity, activity, change.created_at)
    decision = f"antiphon:decision-{change.decision_id}"
    made.relate("wasDerivedFrom", generatedEntity=entity, usedEntity=decision, activity=activity)


def _answer(made: _Document, answer: Answer) -> None:
    """What one engagement was told; each card says of which insight it tells."""
    attributes = {"prov:type": typed("antiphon:Answer"), "antiphon:state": answer.state}
    attributes |= {"antiphon:engagement": str(answer.engagement_id), "antiphon:engagementName": answer.engagement.name}
    entity = made.put("entity", f"antiphon:answer-{answer.pk}", attributes)
    drafting = made.did(f"antiphon:drafting-{answer.pk}", "Drafting", answer.drafted_by, answer.created_at)
    made.made(entity, drafting, answer.created_at)
    decision = f"antiphon:decision-{answer.decision_id}"
    if decision in made.parts.get("entity", {}):
        made.relate("wasDerivedFrom", generatedEntity=entity, usedEntity=decision, activity=drafting)
    for step, someone, at in (
        ("Approving", answer.approved_by, answer.approved_at),
        ("Giving", answer.given_by, answer.given_at),
    ):
        if at:
            done = made.did(f"antiphon:{step.lower()}-{answer.pk}", step, someone, at)
            made.relate("used", activity=done, entity=entity)
    for card in answer.cards.all():
        insight = f"antiphon:insight-{card.insight_id}"
        if insight in made.parts["entity"]:
            words = {
                "antiphon:youSaid": card.you_said,
                "antiphon:weDid": card.we_did,
                "antiphon:because": card.because,
            }
            made.relate("wasDerivedFrom", generatedEntity=entity, usedEntity=insight, more=words)


def _join_revisions(made: _Document, read: Told) -> None:
    """A decision that decides anew what was decided before."""
    known = {decision.pk for decision in read.decisions}
    for decision in read.decisions:
        if decision.supersedes_id in known:
            made.relate(
                "wasDerivedFrom",
                generatedEntity=f"antiphon:decision-{decision.pk}",
                usedEntity=f"antiphon:decision-{decision.supersedes_id}",
                more={"prov:type": typed("prov:Revision")},
            )
