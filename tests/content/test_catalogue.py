"""The questions the product asks of its content."""

import pytest

from antiphon import content
from antiphon.content import Need


def ids(entries):
    return [entry.id for entry in entries]


def test_the_needs_framework_has_four_sections_with_their_categories():
    assert ids(content.sections()) == ["N1", "N2", "N3", "N4"]
    counts = [len(content.needs().children(section.id)) for section in content.sections()]
    assert counts == [5, 3, 6, 5]
    assert len(content.categories()) == sum(counts)
    assert all(section.goal for section in content.sections())


@pytest.mark.parametrize(
    ("entry", "depth", "level"), [("N1", 0, "section"), ("N1.4", 1, "category"), ("N1.4.5", 2, "detail")]
)
def test_a_need_knows_its_storey(entry, depth, level):
    need = content.needs().get(entry)
    assert (need.depth, need.level) == (depth, level)
    assert len(content.needs().path(entry)) == depth + 1


def test_a_path_reads_from_the_top():
    assert ids(content.needs().path("N1.4.5")) == ["N1", "N1.4", "N1.4.5"]


def test_every_decision_point_belongs_to_one_stage():
    stages = ids(content.load("lifecycle_stages"))
    found = [point for stage in stages for point in ids(content.decision_points_in(stage))]
    assert sorted(found) == [f"DP{number:02}" for number in range(1, 37)]
    assert ids(content.decision_points_in("regulatory")) == [f"DP{number}" for number in range(19, 25)]


def test_the_three_decision_points_of_paradigm_are_marked():
    marked = {point.id: point.paradigm for point in content.decision_points() if point.paradigm}
    assert marked == {
        "DP01": "research_priority_setting",
        "DP06": "trial_design",
        "DP07": "trial_design",
        "DP19": "early_dialogue",
        "DP25": "early_dialogue",
    }


def test_a_stage_or_decision_point_nobody_knows_is_refused():
    with pytest.raises(content.UnknownEntry):
        content.decision_points_in("marketing")
    with pytest.raises(content.UnknownEntry):
        content.functions_at("DP99")


def test_functions_named_by_a_source_come_before_suggested_ones():
    assert ids(content.functions_at("DP13")) == ["F_RD", "F_COM"]
    assert ids(content.functions_at("DP30")) == ["F_PV"]
    assert content.functions_at("DP30", suggested=False) == ()


def test_every_decision_point_has_somebody_who_decides():
    assert [point.id for point in content.decision_points() if not content.functions_at(point.id)] == []


def test_what_is_ours_alone_is_never_ascribed_to_a_source():
    ours = [function for function in content.functions() if function.provenance == ("I",)]
    assert ids(ours) == ["F_REG", "F_HEOR", "F_PV"]
    assert all(function.decision_points == () for function in ours)


def test_only_a_verdict_is_final():
    assert ids(d for d in content.dispositions() if not d.final) == ["under_review"]
    assert ids(d for d in content.dispositions() if d.owes_follow_up) == ["planned", "under_review"]


@pytest.mark.parametrize(
    ("disposition", "answers_as", "opening"),
    [
        ("implemented", "did", "We did this."),
        ("partly_implemented", "did", "We did part of this."),
        ("planned", "will", "We will do this."),
        ("under_review", "will", "We are still looking at this."),
        ("not_feasible", "could_not", "We could not do this."),
        ("out_of_scope", "could_not", "This was not ours to change."),
        ("already_in_place", "did", "This was already in place."),
        ("forwarded_to_safety", "passed_on", "We passed this to our safety team."),
        ("superseded", "could_not", "We could not use this, because plans changed."),
    ],
)
def test_a_disposition_opens_its_answer(disposition, answers_as, opening):
    entry = content.dispositions().get(disposition)
    assert (entry.answers_as, entry.opening) == (answers_as, opening)


def test_the_ladder_of_involvement_goes_down_one_rung_at_a_time():
    assert [role.rung for role in content.load("involvement_roles")] == [6, 5, 4, 3, 2, 1]
    assert not content.load("involvement_roles").get("trial_participant").counts_as_engagement


def test_a_mandated_representative_is_paid_through_the_organisation():
    types = content.load("stakeholder_types")
    assert types.get("po_representative").payee == "organisation"
    assert ids(t for t in types if t.needs_permission) == ["young_person"]
    assert ids(types.children("seldom_heard")) == [
        "recently_diagnosed",
        "potentially_vulnerable",
        "special_needs",
        "minority_group",
    ]


def test_an_adjustment_has_a_moment_and_its_group_has_none():
    adjustments = content.load("adjustments")
    assert {entry.depth for entry in adjustments} == {0, 1}
    assert all((entry.moment is None) == (entry.depth == 0) for entry in adjustments)


def test_a_wide_consent_brings_the_narrower_ones_and_never_the_reverse():
    assert content.allowed_by(["publication"]) == {"publication", "sharing_anonymised"}
    assert content.allowed_by(["named_quotes", "all_programmes"]) == {
        "named_quotes",
        "anonymous_quotes",
        "all_programmes",
        "named_programme",
    }
    assert content.allowed_by(["anonymous_quotes"]) == {"anonymous_quotes"}
    assert content.allowed_by([]) == frozenset()


def test_nothing_that_stays_inside_brings_something_that_leaves():
    scopes = content.consent_scopes()
    for scope in scopes:
        wider = [scopes.get(name) for name in content.allowed_by([scope.id])]
        assert scope.leaves_workspace or not any(each.leaves_workspace for each in wider)
        assert scope.identifies_person or not any(each.identifies_person for each in wider)


def test_the_questions_can_be_asked_of_a_workspaces_own_pack():
    own = Need(id="own.pets", label="Pets", plain="Your animals.", parent="N3", provenance=("W",))
    pack = content.needs().extended([own], hidden=["N2"])
    assert ids(content.sections(pack)) == ["N1", "N3", "N4"]
    assert "own.pets" in ids(content.categories(pack))
    assert "own.pets" not in ids(content.categories())
