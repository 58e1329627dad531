"""A trail as W3C PROV: whole, well-formed by the submission's structure, and nobody who spoke is named."""

import datetime
import json

import pytest

from antiphon.platform.errors import NoSuch
from antiphon.workspace.insights.models import Support
from antiphon.workspace.measures import queries
from antiphon.workspace.measures.queries import trail as trails
from antiphon.workspace.voices import actions as voices
from antiphon.workspace.voices.models import Coding
from tests.cast import engagement, insight, suggestion, voice

# What may stand in a document and what each relation joins: PROV-JSON member submission, section 3.
JOINS = {
    "wasGeneratedBy": ({"prov:entity": "entity"}, {"prov:activity": "activity", "prov:time": None}),
    "used": ({"prov:activity": "activity"}, {"prov:entity": "entity", "prov:time": None}),
    "wasInformedBy": ({"prov:informed": "activity", "prov:informant": "activity"}, {}),
    "wasDerivedFrom": (
        {"prov:generatedEntity": "entity", "prov:usedEntity": "entity"},
        {"prov:activity": "activity", "prov:generation": None, "prov:usage": None},
    ),
    "wasAttributedTo": ({"prov:entity": "entity", "prov:agent": "agent"}, {}),
    "wasAssociatedWith": ({"prov:activity": "activity"}, {"prov:agent": "agent", "prov:plan": "entity"}),
    "actedOnBehalfOf": ({"prov:delegate": "agent", "prov:responsible": "agent"}, {"prov:activity": "activity"}),
    "wasInfluencedBy": ({"prov:influencee": "entity", "prov:influencer": "entity"}, {}),
    "alternateOf": ({"prov:alternate1": "entity", "prov:alternate2": "entity"}, {}),
}
NODES = {"entity": set(), "activity": {"prov:startTime", "prov:endTime"}, "agent": set()}
COMMON = {"prov:type", "prov:label", "prov:value", "prov:location", "prov:role"}


def faults_of(document: dict) -> list[str]:
    """What the structure of PROV-JSON does not allow."""
    found = [f"unknown part {part}" for part in document.keys() - JOINS.keys() - NODES.keys() - {"prefix"}]
    prefixes = set(document["prefix"]) | {"prov", "_"}
    for part in document.keys() - {"prefix"}:
        for name, attributes in document[part].items():
            found += [f"{name}: no such prefix" for _ in [0] if name.partition(":")[0] not in prefixes]
            found += _wrong_attributes(part, name, attributes, prefixes)
            found += _wrong_joins(document, part, name, attributes)
    return found


def _wrong_attributes(part, name, attributes, prefixes):
    required, optional = JOINS.get(part, ({}, {}))
    allowed = COMMON | NODES.get(part, set()) | required.keys() | optional.keys()
    for key, value in attributes.items():
        if key.partition(":")[0] == "prov" and key not in allowed:
            yield f"{name}: {key} is not of {part}"
        if key.partition(":")[0] not in prefixes:
            yield f"{name}: {key} has no prefix"
        if isinstance(value, dict) and set(value) != {"$", "type"}:
            yield f"{name}: {key} is no typed value"
        if not isinstance(value, (str, int, float, bool, dict)):
            yield f"{name}: {key} is {type(value)}"
        if key in {"prov:startTime", "prov:endTime", "prov:time"}:
            datetime.datetime.fromisoformat(value)


def _wrong_joins(document, part, name, attributes):
    required, optional = JOINS.get(part, ({}, {}))
    for role, of in (required | optional).items():
        if role in required and role not in attributes:
            yield f"{name}: {role} is missing"
        if of and role in attributes and attributes[role] not in document.get(of, {}):
            yield f"{name}: {role} leads to no {of}"


def disorders_of(document: dict) -> list[str]:
    """What the constraints of PROV forbid: two makings of one thing, and what came from what was not there yet."""
    found, born = [], {}
    for relation in document["wasGeneratedBy"].values():
        entity = relation["prov:entity"]
        found += [f"{entity} is generated twice"] if entity in born else []
        born[entity] = relation.get("prov:time")
    for relation in document["wasDerivedFrom"].values():
        later, earlier = relation["prov:generatedEntity"], relation["prov:usedEntity"]
        if born.get(later) and born.get(earlier) and born[later] < born[earlier]:
            found.append(f"{later} is older than {earlier}")
    return found


def document_of(member, line, kind):
    thing = {"voice": "voice", "insight": "told", "decision": "decision"}[kind]
    return queries.provenance(member, kind, line[thing].pk)


KINDS = ["voice", "insight", "decision"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_trail_is_a_document_of_the_standards_structure(ana, line, kind):
    document = document_of(ana, line, kind)
    assert faults_of(document) == []
    assert disorders_of(document) == []
    assert json.loads(json.dumps(document)) == document


def test_the_check_finds_what_is_wrong(ana, line):
    """Plant faults, each of another kind."""
    for spoil in (
        lambda d: d.update(wasInvented={"x": {}}),
        lambda d: next(iter(d["wasDerivedFrom"].values())).pop("prov:usedEntity"),
        lambda d: next(iter(d["wasDerivedFrom"].values())).update({"prov:usedEntity": "antiphon:nobody"}),
        lambda d: d["entity"].update({"elsewhere:x": {}}),
        lambda d: next(iter(d["entity"].values())).update({"prov:colour": "red"}),
        lambda d: next(iter(d["entity"].values())).update({"antiphon:list": None}),
    ):
        document = document_of(ana, line, "decision")
        spoil(document)
        assert faults_of(document)
    document = document_of(ana, line, "decision")
    document["wasGeneratedBy"]["again"] = next(iter(document["wasGeneratedBy"].values()))
    assert disorders_of(document)


def test_the_whole_line_is_in_it_with_reason_and_role(ana, line):
    document = document_of(ana, line, "decision")
    kinds = {entity["prov:type"]["$"].partition(":")[2] for entity in document["entity"].values()}
    assert kinds == {"Original", "Voice", "Insight", "Decision", "Change", "Answer"}
    weighed = [r for r in document["wasDerivedFrom"].values() if "antiphon:disposition" in r]
    assert [(r["antiphon:disposition"], r["antiphon:reason"]) for r in weighed] == [
        ("implemented", "People told us so, and it could be done.")
    ]
    done = {activity["prov:type"]["$"].partition(":")[2] for activity in document["activity"].values()}
    assert {"Stating", "Agreeing", "Deciding", "Closing", "Recording", "Drafting", "Approving", "Giving"} <= done
    assert "pe_lead" in {agent.get("antiphon:role") for agent in document["agent"].values()}


def test_nobody_is_named_and_the_words_as_they_came_are_not_told(ana, sam):
    spoken = voice(ana, "Call me on 07700 900123.", redacted="Call me on [phone].")
    stated = insight(ana, voices=[spoken])
    text = json.dumps(queries.provenance(ana, "insight", stated.pk))
    assert "Call me on [phone]." in text
    assert "07700 900" not in text
    assert ana.name not in text
    assert ana.user.email not in text
    assert f"antiphon:member-{ana.pk}" in text
    assert f"antiphon:contributors-{spoken.engagement_id}" in text


def test_what_the_engine_suggested_and_a_person_accepted_is_told_apart(ana):
    spoken = voice(ana)
    voices.accept(by=ana, suggestion_id=suggestion(ana, spoken).pk)
    document = queries.provenance(ana, "voice", spoken.pk)
    assert faults_of(document) == []
    kinds = {agent["prov:type"]["$"] for agent in document["agent"].values()}
    assert "prov:SoftwareAgent" in kinds
    coding = Coding.objects.get()
    used = [r["prov:entity"] for r in document["used"].values() if r["prov:activity"].endswith(str(coding.pk))]
    assert used == [f"antiphon:suggestion-{coding.suggestion_id}"]
    voices.uncode(by=ana, coding_id=coding.pk)
    assert str(coding.pk) not in json.dumps(queries.provenance(ana, "voice", spoken.pk))


def test_a_voice_that_was_added_later_influenced_and_was_no_source(ana):
    stated = insight(ana)
    late = voice(ana, engagement=engagement(ana, programme=stated.programme))
    Support.objects.create(workspace=ana.workspace, insight=stated, voice=late, stance="DISSENTS", added_by=ana)
    document = queries.provenance(ana, "insight", stated.pk)
    assert (faults_of(document), disorders_of(document)) == ([], [])
    [influence] = document["wasInfluencedBy"].values()
    assert influence["antiphon:stance"] == "DISSENTS"


def test_all_voices_are_in_it_also_those_that_a_page_cannot_draw(ana, monkeypatch):
    monkeypatch.setattr(trails, "MOST_VOICES", 2)
    group = engagement(ana)
    stated = insight(ana, programme=group.programme, voices=[voice(ana, engagement=group) for _ in range(5)])
    document = queries.provenance(ana, "insight", stated.pk)
    assert sum(entity["prov:type"]["$"] == "antiphon:Voice" for entity in document["entity"].values()) == 5
    assert sum(step.kind == "voice" for step in queries.steps(ana, "insight", stated.pk)) == 5


def test_the_same_trail_is_the_same_document(ana, line):
    assert document_of(ana, line, "decision") == document_of(ana, line, "decision")


@pytest.mark.parametrize("kind", KINDS)
def test_rows_say_what_each_thing_came_from(ana, line, kind):
    thing = {"voice": "voice", "insight": "told", "decision": "decision"}[kind]
    found = queries.steps(ana, kind, line[thing].pk)
    known = {str(step.id) for step in found}
    by_kind = {step.kind: step for step in found}
    assert set(by_kind) == {"voice", "insight", "decision", "weighing", "change", "answer"}
    assert str(line["told"].pk) in by_kind["weighing"].came_from
    assert by_kind["weighing"].text == "People told us so, and it could be done."
    assert by_kind["change"].came_from == (str(line["decision"].pk),)
    assert all(set(step.came_from) <= known for step in found if step.kind in {"weighing", "change", "answer"})


@pytest.mark.parametrize("kind", KINDS)
def test_another_workspaces_trail_cannot_be_taken_away(cleo, line, kind):
    with pytest.raises(NoSuch):
        document_of(cleo, line, kind)


@pytest.mark.parametrize("kind", KINDS)
def test_the_number_of_queries_is_fixed(ana, line, django_assert_max_num_queries, kind):
    for _ in range(3):
        more = voice(ana, engagement=line["voice"].engagement)
        Support.objects.create(
            workspace=ana.workspace, insight=line["told"], voice=more, stance="SUPPORTS", added_by=ana
        )
        with django_assert_max_num_queries(16):
            document_of(ana, line, kind)
