"""The whole line through the API: what a page can do, a program can."""

import datetime

import pytest

from antiphon.platform import clock
from antiphon.workspace.voices.models import Coding
from tests import cast as make


@pytest.fixture
def line(ana, ben, program_of):
    """A programme, a held engagement and three passages; Ana's program and Ben's."""
    about = make.programme(ana)
    engagement = make.engagement(ana, programme=about)
    voices = [make.voice(ana, engagement=engagement) for _n in range(3)]
    return program_of(ana), program_of(ben), about, engagement, voices


def test_from_a_passage_to_an_answer(line):
    ana, ben, about, engagement, voices = line
    ids = [str(voice.pk) for voice in voices]
    coded = ana.post("/codings", {"codings": [{"voice_id": pk, "need": "N3.1"} for pk in ids]})
    assert coded.status_code == 201
    assert [row["voice_id"] for row in ana.get("/codings?code=N3").json()["items"]] == ids

    told = {
        "programme_id": str(about.pk),
        "statement": "The journey to the clinic costs a working day.",
        "strength": "SEVERAL",
        "needs": ["N3.1"],
        "voices": ids,
    }
    insight = ana.post("/insights", told).json()
    assert [row["id"] for row in insight["supports"]] == ids
    assert ana.post(f"/insights/{insight['id']}/agree").json()["state"] == "AGREED"

    due = str(clock.today() + datetime.timedelta(days=9))
    asked = {
        "programme_id": str(about.pk),
        "question": "How often must people come to the clinic?",
        "decision_point": "DP08",
        "function": "F_RD",
        "due_date": due,
        "insights": [insight["id"]],
    }
    decision = ben.post("/decisions", asked).json()
    refused = ben.post(f"/decisions/{decision['id']}/close")
    assert refused.status_code == 409
    assert "disposition" in refused.json()["title"] or "done with it" in refused.json()["title"]
    (weighing,) = decision["weighings"]
    settled = {"disposition": "planned", "reason": "Two visits of five can be calls from the nurse.", "version": 1}
    assert ben.put(f"/weighings/{weighing['id']}", settled).status_code == 200
    decided = {"outcome": "Three visits instead of five.", "version": decision["version"]}
    assert ben.put(f"/decisions/{decision['id']}", decided).status_code == 200
    assert ben.post(f"/decisions/{decision['id']}/close").json()["state"] == "CLOSED"

    (answer,) = ana.post(f"/decisions/{decision['id']}/answers").json()
    assert answer["engagement_id"] == str(engagement.pk)
    read = ana.get(f"/answers/{answer['id']}").json()
    cards = [{"card_id": card["id"], "version": card["version"]} for card in read["cards"]]
    words = {"version": read["version"], "cards": cards}
    assert ana.post(f"/answers/{answer['id']}/approve", words).status_code == 403
    assert ben.post(f"/answers/{answer['id']}/approve", words).json()["row"]["state"] == "APPROVED"
    given = ana.post(f"/answers/{answer['id']}/give").json()
    assert given["address"].startswith("http")
    trail = ana.get(f"/voices/{ids[0]}/trail").json()
    assert [len(trail["columns"][kind]) for kind in ("voice", "insight", "decision", "answer")] == [1, 1, 1, 1]


def test_many_codings_are_all_kept_or_none(line):
    ana, _ben, _about, _engagement, voices = line
    wanted = [{"voice_id": str(voice.pk), "need": "N3.1"} for voice in voices]
    wanted[2]["end"], wanted[2]["start"] = 9_999, 0
    assert ana.post("/codings", {"codings": wanted}).status_code == 422
    assert not Coding.objects.exists()


def test_coding_the_same_again_adds_nothing_and_gives_the_same_id(line):
    ana, _ben, _about, _engagement, voices = line
    body = {"codings": [{"voice_id": str(voices[0].pk), "need": "N3.1"}] * 2}
    first = ana.post("/codings", body).json()
    assert ana.post("/codings", body).json() == first
    assert first[0] == first[1]
    assert Coding.objects.count() == 1


def test_too_many_codings_at_once_are_refused_with_a_sentence(line):
    ana, _ben, _about, _engagement, voices = line
    answer = ana.post("/codings", {"codings": [{"voice_id": str(voices[0].pk), "need": "N3.1"}] * 501})
    assert answer.status_code == 422
    assert list(answer.json()["fields"]) == ["body.codings"]


def test_a_coding_that_was_taken_back_is_not_listed(line):
    ana, _ben, _about, _engagement, voices = line
    (pk,) = ana.post("/codings", {"codings": [{"voice_id": str(voices[0].pk), "need": "N3.1"}]}).json()
    assert ana.post(f"/codings/{pk}/withdraw").status_code == 200
    assert ana.get("/codings").json()["count"] == 0
    assert ana.get("/voices?need=N3.1").json()["count"] == 0


def test_pages_are_counted_and_sized(line):
    ana, _ben, _about, _engagement, voices = line
    page = ana.get("/voices?size=2&page=2").json()
    assert (page["count"], page["pages"], page["page"]) == (3, 2, 2)
    assert [row["id"] for row in page["items"]] == [str(voices[2].pk)]


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/programmes", {"name": "N", "kind": "ASSET", "stage": "nowhere", "function": "F_RD"}, "stage"),
        ("/programmes", {"name": "N", "kind": "ASSET", "stage": "design_planning", "function": "F_X"}, "function"),
        ("/programmes", {"name": "N", "kind": "PLANET", "stage": "design_planning", "function": "F_RD"}, "body.kind"),
        ("/programmes", {"kind": "ASSET"}, "body.name"),
    ],
)
def test_a_problem_says_where_it_lies(ana, program_of, path, body, field):
    answer = program_of(ana).post(path, body)
    assert answer.status_code == 422
    told = answer.json()
    assert told["status"] == 422
    assert any(name.endswith(field) for name in told["fields"]), told


def test_somebody_faster_is_not_overwritten(line):
    ana, _ben, about, _engagement, voices = line
    told = {
        "programme_id": str(about.pk),
        "statement": "The journey to the clinic costs a working day.",
        "strength": "SINGLE",
        "needs": ["N3.1"],
        "voices": [str(voices[0].pk)],
    }
    made = ana.post("/insights", told).json()
    new = {"statement": "The journey costs a day of work each time.", "strength": "SINGLE", "needs": ["N3.1"]}
    assert ana.put(f"/insights/{made['id']}", new | {"version": 1}).status_code == 200
    late = ana.put(f"/insights/{made['id']}", new | {"statement": "Something else that is long.", "version": 1})
    assert late.status_code == 409


def test_nonsense_is_refused_as_such(ana, program_of):
    program = program_of(ana)
    headers = {"authorization": f"Bearer {program.secret}"}
    for content in (b"{", b"[]", b"\xff\xfe", b'{"name": "' + b"[" * 200_000):
        answer = program.client.generic("POST", "/api/v1/programmes", content, "application/json", headers=headers)
        assert answer.status_code in {400, 422}
        assert answer.json()["title"]


def test_what_is_not_there_says_so(ana, program_of):
    answer = program_of(ana).get("/programmes/0198c0de-0000-7000-8000-000000000000")
    assert (answer.status_code, answer.json()["title"]) == (404, "There is nothing at this address.")


def test_the_number_of_queries_does_not_grow_with_the_rows(ana, program_of, django_assert_max_num_queries):
    program = program_of(ana)
    program.get("/me")
    for n in (1, 5):
        for _n in range(n):
            make.voice(ana)
        with django_assert_max_num_queries(8):
            assert program.get("/voices").status_code == 200
