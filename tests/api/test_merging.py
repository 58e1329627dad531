"""A program merges insights and unmerges them, with a person's judgement and reason."""

import pytest

from antiphon.workspace.insights.models import Insight
from tests.cast import engagement, insight, programme, told, voice

REASON = "Both speak of the same way to the clinic."


@pytest.fixture
def two(ana):
    about = programme(ana)
    where = engagement(ana, programme=about)
    voices = [voice(ana, engagement=where) for _n in range(2)]
    return insight(ana, programme=about, voices=voices), insight(ana, programme=about, agreed=False)


def merge(program, kept, absorbed, **changes):
    body = {"absorbed_id": str(absorbed.pk), "reason": REASON, "strength": "SEVERAL"} | changes
    return program.post(f"/insights/{kept.pk}/merge", body)


def test_two_that_say_the_same_are_compared_merged_and_unmerged(ana, program_of, two):
    kept, absorbed = two
    program = program_of(ana)
    offered = program.get(f"/insights/{kept.pk}/to-merge-with?search={absorbed.statement[:20]}").json()
    assert str(absorbed.pk) in [row["id"] for row in offered]
    both = program.get(f"/insights/{kept.pk}/compare?other_id={absorbed.pk}").json()
    assert both["keepable"] == [str(kept.pk)], "people agreed on this one"
    assert (both["one"]["id"], both["other"]["id"]) == (str(kept.pk), str(absorbed.pk))
    supports = both["supporting_count"]
    merged = merge(program, kept, absorbed, strength=both["strength"], dissent=both["dissent"])
    assert merged.status_code == 200, merged.content
    assert len(merged.json()["supports"]) == supports
    assert program.get(f"/insights/{absorbed.pk}").json()["state"] == "MERGED"
    assert told("insight.merged")["facts"]["kept"] == str(kept.pk)
    back = program.post(f"/insights/{absorbed.pk}/unmerge").json()
    assert (back["insight"]["state"], back["kept"]["state"], back["kept_is_draft"]) == ("DRAFT", "AGREED", False)
    assert len(back["kept"]["supports"]) == 2
    assert program.post(f"/insights/{absorbed.pk}/unmerge").status_code == 409


def test_what_cannot_be_merged_is_refused_with_a_sentence(ana, program_of, two):
    kept, absorbed = two
    program = program_of(ana)
    assert merge(program, kept, kept).status_code == 422
    assert merge(program, absorbed, kept).status_code == 409
    assert merge(program, kept, absorbed, reason="no").status_code == 422
    assert merge(program, kept, insight(ana, programme=programme(ana), agreed=False)).status_code == 409
    assert not Insight.objects.filter(state="MERGED").exists()


@pytest.mark.parametrize("who", ["ben", "sam", "eve"])
def test_only_who_may_on_the_pages_merges(cast, program_of, two, who):
    kept, absorbed = two
    program = program_of(getattr(cast, who))
    assert merge(program, kept, absorbed).status_code == 403
    assert program.get(f"/insights/{kept.pk}/compare?other_id={absorbed.pk}").status_code == 403
    assert program.get(f"/insights/{kept.pk}/to-merge-with").status_code == 403
    merge(program_of(cast.ana), kept, absorbed)
    assert program.post(f"/insights/{absorbed.pk}/unmerge").status_code == 403


def test_another_workspaces_insight_is_not_there(cast, program_of, two):
    kept, _absorbed = two
    theirs = insight(cast.cleo, programme=programme(cast.cleo), agreed=False)
    assert merge(program_of(cast.ana), kept, theirs).status_code == 404
    assert program_of(cast.ana).get(f"/insights/{kept.pk}/compare?other_id={theirs.pk}").status_code == 404
