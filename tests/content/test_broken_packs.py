"""A pack that breaks a rule is refused, and the fault says its file, its entry and its field."""

import shutil
from importlib import resources

import pytest

from antiphon.content import BrokenPack, UnknownPack
from antiphon.content.loader import read, read_all

HEADER = """\
id: needs
title: Needs
edition: "2026-11"
language: en
licence: Apache-2.0
provenance: [{tags}]
attribution: Ours.
changed: Nothing.
sources: [{sources}]
entries:
"""
BOOK = "{id: book, title: A book, licence: CC0}"
GOOD = "- {id: N1, label: Sleep, provenance: I}\n"


def pack(entries, tags="I", sources="", header=HEADER):
    return header.format(tags=tags, sources=sources) + entries


def faults(text, pack_id="needs"):
    with pytest.raises(BrokenPack) as broken:
        read(pack_id, text)
    return [(fault.file, fault.entry, fault.field, fault.code) for fault in broken.value.faults]


def test_a_small_pack_is_read_in_file_order():
    read_pack = read("needs", pack("- {id: N2, label: Sleep, provenance: I}\n" + GOOD))
    assert [entry.id for entry in read_pack.entries] == ["N2", "N1"]


@pytest.mark.parametrize(
    ("entry", "field", "code"),
    [
        ("{id: N1, label: Again, provenance: I}", "id", "duplicate_id"),
        ("{id: M1, label: Rest, provenance: I}", "id", "id_pattern"),
        ("{id: own.rest, label: Rest, provenance: I}", "id", "id_pattern"),
        ("{id: N1.1, label: Rest, parent: N7, provenance: I}", "parent", "unknown_parent"),
        ("{id: N2.1, label: Rest, parent: N1, provenance: I}", "parent", "not_what_the_id_says"),
        ("{id: N1.1, label: Rest, provenance: I}", "parent", "not_what_the_id_says"),
        ("{id: N2, label: Rest, parent: N2, provenance: I}", "parent", "unknown_parent"),
        ("{id: N2, label: Rest, colour: red, provenance: I}", "colour", "extra_forbidden"),
        ("{id: N2, label: Rest, depth: 1, provenance: I}", "depth", "extra_forbidden"),
        ("{id: N2, label: Rest, provenance: Z}", "provenance.0", "literal_error"),
        ("{id: N2, label: Rest, provenance: []}", "provenance", "too_short"),
        ("{id: N2, label: Rest}", "provenance", "missing"),
        ("{id: N2, provenance: I}", "label", "missing"),
        ("{id: N2, label: yes, provenance: I}", "label", "string_type"),
        ("{id: N2, label: 'Rest  well', provenance: I}", "label", "value_error"),
        (f"{{id: N2, label: {'x' * 71}, provenance: I}}", "label", "string_too_long"),
        ("{id: N2, label: Rest, provenance: W}", "provenance", "not_for_shipped_content"),
        ("{id: N2, label: Rest, provenance: S2, source: leaf}", "source", "unknown_source"),
        ("{id: N2, label: Rest, provenance: I, replaced_by: N1}", "", "value_error"),
        ("{id: N2, label: Rest, provenance: I, retired_in: soon}", "retired_in", "string_pattern_mismatch"),
        (
            "{id: N2, label: R, provenance: I, retired_in: '2027', replaced_by: N9}",
            "replaced_by",
            "unknown_replacement",
        ),
        (
            "{id: N2, label: R, provenance: I, retired_in: '2027', replaced_by: N2}",
            "replaced_by",
            "retired_replacement",
        ),
    ],
)
def test_a_broken_entry_is_named_with_its_file_and_field(entry, field, code):
    name = entry.split(",")[0].removeprefix("{id: ").removeprefix("{")
    assert ("needs.yaml", name, field, code) in faults(pack(f"{GOOD}- {entry}\n"))


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        ("provenance: R, source: book", "provenance R needs unverified"),
        ("provenance: V", "a source belongs"),
        ("provenance: I, source: book", "a source belongs"),
    ],
)
def test_a_claim_without_its_ground_is_refused(rest, said):
    with pytest.raises(BrokenPack, match=said) as broken:
        read("needs", pack(f"- {{id: N2, label: Rest, {rest}}}\n", sources=BOOK))
    assert str(broken.value).startswith("needs.yaml, entry N2: value_error")


def test_a_recalled_fact_ships_when_it_says_so():
    text = pack("- {id: N1, label: Sleep, provenance: R, source: book, unverified: true}\n", "R", BOOK)
    assert read("needs", text).get("N1").unverified


def test_an_entry_in_use_may_not_stand_under_a_retired_one():
    text = pack(
        "- {id: N1, label: Sleep, provenance: I, retired_in: '2027'}\n"
        "- {id: N1.1, label: Naps, parent: N1, provenance: I}\n"
    )
    assert faults(text) == [("needs.yaml", "N1.1", "parent", "retired_parent")]


def test_a_parent_stands_above_its_children():
    text = pack("- {id: N1.1, label: Naps, parent: N1, provenance: I}\n" + GOOD)
    assert faults(text) == [("needs.yaml", "N1.1", "parent", "unknown_parent")]


def test_an_entry_without_an_id_is_found_by_its_number():
    assert faults(pack(GOOD + "- {label: Rest, provenance: I}\n- just words\n")) == [
        ("needs.yaml", "number 2", "id", "missing"),
        ("needs.yaml", "number 3", "", "model_type"),
    ]


def test_a_header_is_held_to_its_entries():
    assert faults(pack(GOOD, tags="I, S2")) == [("needs.yaml", "", "provenance", "not_what_the_entries_say")]
    assert faults(pack(GOOD, sources=BOOK)) == [("needs.yaml", "", "sources", "unused_source")]
    assert faults(pack(GOOD, header=HEADER.replace("id: needs", "id: wants"))) == [
        ("needs.yaml", "", "id", "not_the_file_name")
    ]
    assert faults(pack(GOOD, header=HEADER.replace("licence: Apache-2.0\n", ""))) == [
        ("needs.yaml", "", "licence", "missing")
    ]


def test_a_key_given_twice_does_not_overwrite_the_first():
    assert faults(pack("- {id: N1, label: Sleep, label: Rest, provenance: I}\n")) == [
        ("needs.yaml", "", "", "not_yaml")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "entries: []",
        "- a list",
        "entries: words",
        "id: [",
        "a: !!python/object:os.system {}",
        "entries: [2026-13-45]",
        "entries: [\0]",
        b"entries: [\xff]",
        "{[a]: b, entries: [1]}",
    ],
)
def test_what_is_no_pack_at_all_is_a_fault_and_not_a_crash(text):
    assert faults(text)[0][0] == "needs.yaml"


def test_every_fault_of_a_file_is_told_at_once():
    text = pack("- {id: N1, label: Sleep}\n- {id: N2, provenance: I, colour: red}\n")
    assert [fault[1:3] for fault in faults(text)] == [("N1", "provenance"), ("N2", "label"), ("N2", "colour")]


def test_text_for_a_pack_nobody_knows_is_refused():
    with pytest.raises(UnknownPack):
        read("wishes", pack(GOOD))


@pytest.fixture
def copied(tmp_path):
    with resources.as_file(resources.files("antiphon.content").joinpath("packs")) as shipped:
        shutil.copytree(shipped, tmp_path / "packs")
    return tmp_path / "packs"


def edit(folder, file, old, new):
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new))


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (
            "decision_points.yaml",
            "stage: hta_payer",
            "stage: payer",
            "entry DP25, field stage: unknown_reference (payer)",
        ),
        (
            "functions.yaml",
            "[DP06, DP07, DP13]",
            "[DP06, DP77]",
            "F_RD, field decision_points: unknown_reference (DP77)",
        ),
        (
            "consent_scopes.yaml",
            "[named_programme]",
            "[any]",
            "all_programmes, field includes: unknown_reference (any)",
        ),
    ],
)
def test_a_reference_to_another_pack_must_lead_somewhere(copied, file, old, new, told):
    edit(copied, file, old, new)
    with pytest.raises(BrokenPack) as broken:
        read_all(copied)
    assert f"{file}, " in str(broken.value)
    assert told in str(broken.value)


def test_a_missing_file_and_a_stray_one_are_both_told(copied):
    (copied / "needs.yaml").rename(copied / "wishes.yaml")
    with pytest.raises(BrokenPack) as broken:
        read_all(copied)
    assert str(broken.value) == "wishes.yaml: unknown_pack\nneeds.yaml: missing_file"
