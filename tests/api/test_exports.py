"""What a page lets people take away, a program takes away too: the same rows, columns, formats, the same trace."""

import csv
import io
import json
from dataclasses import dataclass

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from antiphon.platform.audit.models import AuditEvent
from antiphon.platform.exports.lists import LISTS
from antiphon.platform.workspaces.roles import Role
from tests.api.conftest import BASE
from tests.cast import engagement, in_clear, insight, programme, told
from tests.meta.operations import OPERATIONS, ids_of
from tests.meta.test_routes import OURS
from tests.meta.world import World


@dataclass(frozen=True)
class Pair:
    """An operation and the address of the page that gives the same rows."""

    path: str
    route: str
    args: tuple[str, ...] = ()


PAIRS = [
    Pair("/programmes/export", "programmes:export"),
    Pair("/engagements/export", "engagements:export"),
    Pair("/intakes/export", "voices:intake_export"),
    Pair("/voices/export", "voices:export"),
    Pair("/codings/export", "voices:coding_export"),
    Pair("/listening/figures/export", "voices:figures_export"),
    Pair("/learning/codes/export", "voices:learned_codes_export"),
    Pair("/insights/export", "insights:export"),
    Pair("/decisions/export", "decisions:export"),
    Pair("/answers/export", "answers:export"),
    Pair("/map/export", "measures:map_export"),
    Pair("/members/export", "administration:export"),
    Pair("/packs/{pack_id}/export", "codebooks:pack_export", ("pack_id",)),
    Pair("/codebooks/{codebook_id}/export", "codebooks:export", ("codebook_id",)),
]
# What is no list: a trail has no columns to choose from; rows that failed stand under their file.
OTHERWISE = {"measures:trail_export"}
TRAILS = {kind: f"/{kind}s/{{{kind}_id}}/trail/export" for kind in ("voice", "insight", "decision")}
ONLY_HERE = {"/intakes/{intake_id}/bad-rows/export", *TRAILS.values()}


@pytest.fixture
def world(db):
    return World("CNRYA")


@pytest.fixture
def both(world, signed_in, program_of):
    """The page's file and the operation's, for one member; columns and filters as asked."""

    def ask(pair, role=Role.ADMINISTRATOR, kind="json", columns=(), **filters):
        ids, member = ids_of(world), world.members[role]
        names = [("columns", name) for name in columns]
        page = signed_in(member).post(
            reverse(pair.route, args=[ids[name] for name in pair.args]),
            {"format": kind},
            query_params=_query([*names, *filters.items()]),
        )
        address = BASE + pair.path.format(**ids)
        program = program_of(member)
        headers = {"authorization": f"Bearer {program.secret}"}
        asked = _query([*names, *filters.items(), ("kind", kind)])
        return page, program.client.post(address, headers=headers, query_params=asked)

    return ask


def _query(pairs) -> dict:
    return {name: [value for each, value in pairs if each == name] for name, _value in pairs}


def columns_of(pair: Pair) -> list[str]:
    """Every column that the description names."""
    told_of = next(each for each in OPERATIONS if each.path == BASE + pair.path).told
    (columns,) = [each for each in told_of["parameters"] if each["name"] == "columns"]
    return columns["schema"]["items"]["enum"]


def test_every_list_that_a_page_lets_people_take_away_is_here():
    routes = {name for name, _pattern in OURS if name.endswith("export")}
    assert routes == {pair.route for pair in PAIRS} | OTHERWISE
    assert {one.export for one in LISTS.values() if one.export} <= {pair.route for pair in PAIRS}
    described = {each.path.removeprefix(BASE) for each in OPERATIONS if each.path.endswith("/export")}
    assert described == {pair.path for pair in PAIRS} | ONLY_HERE


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.path)
def test_a_program_takes_the_same_rows_and_columns(both, pair):
    everything = {"show": "all"} if pair.route == "voices:export" else {}
    page, file = both(pair, columns=columns_of(pair), **everything)
    assert (page.status_code, file.status_code) == (200, 200), file.content
    rows = json.loads(file.content)
    assert rows, "the world has a row of everything"
    assert rows == json.loads(page.content)
    assert list(rows[0]) == columns_of(pair)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.path)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_every_format_holds_the_same(both, pair, kind):
    everything = {"show": "all"} if pair.route == "voices:export" else {}
    page, file = both(pair, kind=kind, columns=columns_of(pair), **everything)
    assert file["Content-Type"] == page["Content-Type"]
    assert table(kind, file.content) == table(kind, page.content)
    assert len(table(kind, file.content)) > 1


@pytest.mark.parametrize("kind", ["prov", "csv", "xlsx", "json"])
@pytest.mark.parametrize("of", TRAILS)
def test_a_program_takes_the_same_trail_away(world, signed_in, program_of, of, kind):
    ids, member = ids_of(world), world.members[Role.PE_LEAD]
    route, form = ("measures:trail_prov", {}) if kind == "prov" else ("measures:trail_export", {"format": kind})
    page = signed_in(member).post(reverse(route, kwargs={f"{of}_id": ids[f"{of}_id"]}), form)
    file = program_of(member).post(f"{TRAILS[of].format(**ids)}?kind={kind}")
    assert (page.status_code, file.status_code) == (200, 200)
    assert file["Content-Type"] == page["Content-Type"]
    if kind == "xlsx":
        assert table(kind, file.content) == table(kind, page.content)
    else:
        assert file.content == page.content
    page, file = [json.loads(each.body) for each in AuditEvent.objects.filter(action="rows.exported").order_by("seq")]
    assert {**file["facts"], "sha256": ""} == {**page["facts"], "sha256": ""}, "an XLSX knows its moment"


def table(kind: str, content: bytes) -> list[tuple]:
    if kind == "csv":
        return [tuple(row) for row in csv.reader(io.StringIO(content.decode("utf-8-sig")))]
    return list(load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.path)
def test_the_trail_tells_the_same_of_both(both, pair):
    both(pair, columns=columns_of(pair), **({"show": "all"} if pair.route == "voices:export" else {}))
    page, file = [
        json.loads(event.body) for event in AuditEvent.objects.filter(action="rows.exported").order_by("seq")
    ]
    assert file["facts"] == page["facts"]
    assert file["actor"] == page["actor"]
    assert "through" in file, "the trail names the token"
    assert "through" not in page


def test_no_columns_named_are_all_that_the_member_may_see(both):
    members = next(pair for pair in PAIRS if pair.path == "/members/export")
    _page, all_of_them = both(members)
    assert list(json.loads(all_of_them.content)[0]) == columns_of(members)
    _page, fewer = both(members, role=Role.PE_LEAD)
    assert set(columns_of(members)) - set(json.loads(fewer.content)[0]) == {
        "email",
        "has_second_factor",
        "last_seen_at",
    }


def test_a_column_that_a_member_may_not_see_is_refused_by_its_name(ana, program_of):
    answer = program_of(ana).post("/members/export?columns=name&columns=email")
    assert answer.status_code == 403
    assert answer.json()["title"] == "Your role does not see this column: email."
    assert not AuditEvent.objects.filter(action="rows.exported").exists()


@pytest.mark.parametrize("asked", ["columns=nothing", "columns=__class__", "kind=exe", "state=NOWHERE"])
def test_what_is_not_described_is_refused(ana, program_of, asked):
    answer = program_of(ana).post(f"/insights/export?{asked}")
    assert answer.status_code == 422
    assert asked.partition("=")[0] in "".join(answer.json()["fields"])


def test_no_cell_runs_as_a_formula(ana, program_of):
    programme(ana, name="=HYPERLINK(1)")
    content = program_of(ana).post("/programmes/export?columns=name").content.decode("utf-8-sig")
    assert content.splitlines() == ["Programme", "'=HYPERLINK(1)"]


def test_filters_narrow_the_file_as_they_narrow_the_list(ana, program_of):
    program, about = program_of(ana), programme(ana, name="Only this")
    programme(ana, name="Another")
    mine = insight(ana, programme=about)
    insight(ana, agreed=False)
    assert [row["name"] for row in program.post("/programmes/export?kind=json&search=Only").json()] == ["Only this"]
    for asked in (f"programme_id={about.pk}", "state=AGREED", f"owner_id={ana.pk}&state=AGREED", "waiting=true"):
        listed = [row["id"] for row in program.get(f"/insights?{asked}").json()["items"]]
        taken = [row["id"] for row in program.post(f"/insights/export?kind=json&{asked}").json()]
        assert taken == listed == [str(mine.pk)], asked
    held = engagement(ana)
    planned = engagement(ana, held=False)
    rows = program.post("/engagements/export?kind=json&state=PLANNED").json()
    assert [row["id"] for row in rows] == [str(planned.pk)]
    assert str(held.pk) not in str(rows)


def test_what_was_sought_stands_sealed_on_the_trail(ana, program_of):
    program_of(ana).post("/programmes/export?search=Hyperkinesia")
    assert told("rows.exported")["facts"]["rows"] == 0
    assert "filters" in told("rows.exported")["fields"]
    assert "Hyperkinesia" not in in_clear()
