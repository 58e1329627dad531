"""The map and the trails taken away: filtered as seen, whole, and on record."""

import csv
import io
import json

import pytest
from django.urls import reverse

from antiphon.content import load, needs, sections
from tests.cast import closed_decision, in_clear, insight, programme, question, told

MAP_EXPORT = reverse("measures:map_export")


def rows_of(answer) -> list[dict]:
    return json.loads(answer.content)


def trail_of(thing, kind, what="export"):
    return reverse(f"measures:trail_{what}", kwargs={f"{kind}_id": thing.pk})


@pytest.fixture
def line(ana):
    behind = closed_decision(ana, weighs=[insight(ana)])
    stated = behind.weighings.get().insight
    return {"decision": behind, "insight": stated, "voice": stated.supports.get().voice}


def test_every_cell_of_the_map_is_a_row_the_silent_ones_too(ana, signed_in):
    insight(ana)
    question(ana, need="N2.1")
    rows = rows_of(signed_in(ana).post(MAP_EXPORT, {"format": "json"}))
    shown = sum(1 + len(needs().children(section.id)) for section in sections())
    assert len(rows) == shown * len(load("lifecycle_stages").entries)
    reached = {row["need"]: row for row in rows if row["reach"] != "silent"}
    assert reached["N3.1"]["heard"] == 1
    assert reached["N2.1"]["planned"] == 1
    assert told("rows.exported")["facts"]["what"] == "map"


def test_the_map_is_taken_away_filtered_as_seen(ana, signed_in):
    about, other = programme(ana), programme(ana, function="F_MED")
    insight(ana, programme=about)
    address = f"{MAP_EXPORT}?by=function&programme={other.pk}"
    rows = rows_of(signed_in(ana).post(address, {"format": "json"}))
    assert {row["reach"] for row in rows} == {"silent"}
    assert {row["column"] for row in rows} == {entry.id for entry in load("functions").entries}
    assert str(other.pk) not in in_clear()
    assert signed_in(ana).post(f"{MAP_EXPORT}?by=nonsense", {"format": "json"}).status_code == 404
    assert signed_in(ana).post(MAP_EXPORT, {"format": "exe"}).status_code == 422


@pytest.mark.parametrize("kind", ["voice", "insight", "decision"])
@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_a_trail_is_taken_away_like_every_list(eve, line, signed_in, kind, form):
    answer = signed_in(eve).post(trail_of(line[kind], kind), {"format": form})
    assert answer.status_code == 200
    said = told("rows.exported")["facts"]
    assert (said["what"], said["format"], said["rows"]) == ("trail", form, 4)
    if form == "csv":
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert [row[0] for row in rows[1:]] == ["voice", "insight", "decision", "weighing"]


@pytest.mark.parametrize("kind", ["voice", "insight", "decision"])
def test_a_trail_is_taken_away_as_prov_on_record(eve, line, signed_in, kind):
    answer = signed_in(eve).post(trail_of(line[kind], kind, "prov"))
    assert answer["Content-Disposition"].endswith('.prov.json"')
    assert line["insight"].statement in [e.get("prov:value") for e in rows_of(answer)["entity"].values()]
    said = told("rows.exported")["facts"]
    assert (said["what"], said["format"]) == ("trail", "prov")
    assert len(said["sha256"]) == 64
    assert line["insight"].statement not in in_clear()


@pytest.mark.parametrize("kind", ["voice", "insight", "decision"])
@pytest.mark.parametrize("what", ["export", "prov"])
def test_the_page_offers_its_files_and_others_cannot_have_them(ana, cleo, line, signed_in, kind, what):
    page = signed_in(ana).get(reverse(f"measures:trail_{kind}", args=[line[kind].pk])).text
    assert f'action="{trail_of(line[kind], kind, what)}"' in page
    assert signed_in(cleo).post(trail_of(line[kind], kind, what), {"format": "json"}).status_code == 404
    assert signed_in(ana).get(trail_of(line[kind], kind, what)).status_code == 405


def test_the_map_offers_its_file(ana, signed_in):
    assert f'action="{MAP_EXPORT}?by=function"' in signed_in(ana).get(reverse("measures:map") + "?by=function").text
