"""What ships is valid, traceable to where it was read, and can be understood."""

import re
from collections import Counter
from importlib import resources

import pytest

from antiphon import content
from antiphon.content.schema import KINDS

PACKS = content.packs()
every_pack = pytest.mark.parametrize("pack", [pytest.param(content.load(name), id=name) for name in PACKS])
WORDS_WE_DO_NOT_USE = re.compile(r"\b(subjects?|cases?|resources?|please be advised)\b", re.IGNORECASE)


@pytest.mark.parametrize(
    ("pack", "count"),
    [
        ("needs", 36),
        ("lifecycle_stages", 7),
        ("decision_points", 36),
        ("functions", 11),
        ("stakeholder_types", 21),
        ("activity_types", 19),
        ("involvement_roles", 6),
        ("dispositions", 9),
        ("adjustments", 39),
        ("consent_scopes", 13),
    ],
)
def test_every_pack_loads_with_its_entries(pack, count):
    loaded = content.load(pack)
    assert (loaded.id, len(loaded), len(loaded.every)) == (pack, count, count)


def test_the_packs_lie_inside_the_distribution():
    files = {item.name for item in resources.files("antiphon.content").joinpath("packs").iterdir()}
    assert files == {f"{pack}.yaml" for pack in PACKS}
    assert resources.files("antiphon.content").joinpath("py.typed").is_file()


def test_a_pack_is_read_once_and_cannot_be_changed():
    pack = content.load("needs")
    assert content.load("needs") is pack
    with pytest.raises(AttributeError):
        pack.entries = ()
    with pytest.raises(ValueError, match="frozen"):
        pack.get("N1").label = "Other"


def targets(entry):
    """Every id the entry names in another pack, with that pack."""
    for field, target in type(entry).references.items():
        value = getattr(entry, field)
        for name in (value,) if isinstance(value, str) else value:
            yield name, content.load(target)


@every_pack
def test_an_id_is_its_own_and_follows_its_packs_pattern(pack):
    assert len({entry.id for entry in pack.every}) == len(pack.every)
    assert [e.id for e in pack.every if not re.fullmatch(KINDS[pack.id].id_pattern, e.id)] == []
    assert [e.id for e in pack.every if e.id.startswith(content.WORKSPACE_PREFIX)] == []


@every_pack
def test_every_reference_leads_somewhere(pack):
    assert [e.id for e in pack.every if e.parent is not None and e.parent not in pack] == []
    assert [(e.id, name) for e in pack.every for name, target in targets(e) if name not in target] == []


@every_pack
def test_every_entry_says_where_it_was_read(pack):
    sources = {source.id for source in pack.header.sources}
    for entry in pack.every:
        assert entry.provenance, entry.id
        assert "W" not in entry.provenance, entry.id
        assert entry.unverified == ("R" in entry.provenance), entry.id
        assert set(entry.source) <= sources, entry.id
        assert bool(entry.source) == bool(set(entry.provenance) - {"I"}), entry.id


@every_pack
def test_a_contributor_can_read_every_plain_sentence(pack):
    for entry in pack.every:
        assert entry.plain.endswith((".", "?")), entry.id
        assert 1 <= len(entry.plain.split()) <= 18, entry.id
        assert not re.search(r"\b[A-Z]{2,}\b", entry.plain), f"{entry.id}: an abbreviation"
        assert not WORDS_WE_DO_NOT_USE.search(f"{entry.label} {entry.plain}"), entry.id


@every_pack
def test_no_text_is_longer_than_a_screen_can_bear(pack):
    bounds = {"label": 60, "plain": 100, "description": 200, "note": 200, "caution": 200, "goal": 100}
    texts = [(e.id, field, getattr(e, field, "")) for e in pack.every for field in bounds]
    assert [(name, field) for name, field, text in texts if len(text) > bounds[field]] == []


def test_a_label_names_one_thing_among_its_siblings():
    for pack in map(content.load, PACKS):
        twice = [key for key, n in Counter((e.parent, e.label) for e in pack.entries).items() if n > 1]
        assert twice == [], pack.id


def test_a_source_is_told_alike_wherever_it_is_named():
    told = {}
    for pack in map(content.load, PACKS):
        for source in pack.header.sources:
            assert told.setdefault(source.id, source) == source


@pytest.mark.parametrize("pack", PACKS)
def test_a_header_says_the_terms_and_what_was_changed(pack):
    header = content.load(pack).header
    assert header.licence.startswith("Apache-2.0")
    assert header.attribution
    assert header.changed
    cites_the_roadmap = any("S4" in entry.provenance for entry in content.load(pack).every)
    assert ("CC BY 4.0" in header.attribution) == cites_the_roadmap


def test_an_unknown_pack_or_entry_is_an_error_with_its_parameters():
    with pytest.raises(content.UnknownPack) as no_pack:
        content.load("wishes")
    assert (no_pack.value.code, no_pack.value.parameters) == ("unknown_pack", {"pack": "wishes"})
    with pytest.raises(content.UnknownEntry) as no_entry:
        content.load("needs").get("N9")
    assert (no_entry.value.code, no_entry.value.parameters) == (
        "unknown_entry",
        {"pack": "needs", "entry": "N9"},
    )
    assert str(no_entry.value) == "unknown_entry: pack=needs, entry=N9"
