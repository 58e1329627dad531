"""Labels in other languages, beside the English ones."""

import pytest

from antiphon.content import BrokenPack, load
from antiphon.content.loader import read

TRANSLATED = (
    "needs",
    "functions",
    "dispositions",
    "lifecycle_stages",
    "decision_points",
    "stakeholder_types",
    "activity_types",
)
PACK = """
id: lifecycle_stages
title: Stages
edition: "2026-11"
language: en
licence: Apache-2.0
provenance: I
attribution: Nobody's.
changed: Nothing.
entries:
  - {id: one, label: One, labels: %s, provenance: I}
  - {id: two, label: Two, parent: one, provenance: I}
"""


def test_a_label_is_said_in_the_language_asked_for():
    pack = read("lifecycle_stages", PACK % "{de: Eins}")
    assert [pack.label("one", language) for language in ("", "en", "fr", "de", "de-at", "DE")] == [
        *["One"] * 3,
        *["Eins"] * 3,
    ]
    assert pack.label("two", "de") == "Two"


def test_a_pack_in_a_language_is_the_same_pack_under_other_names():
    pack = read("lifecycle_stages", PACK % "{de: Eins}")
    german = pack.in_language("de")
    assert [(e.id, e.label, e.depth, e.parent) for e in german] == [("one", "Eins", 0, None), ("two", "Two", 1, "one")]
    assert german.extended(hidden=["two"]).in_language("de").offers("two") is False


@pytest.mark.parametrize(
    ("labels", "field"),
    [("{tlh: wa'}", "labels.0.0"), ('{de: ""}', "labels.0.1"), ('{de: "zu  weit"}', "labels.0.1"), ("Eins", "labels")],
)
def test_a_label_in_no_known_language_or_without_words_is_refused(labels, field):
    with pytest.raises(BrokenPack) as broken:
        read("lifecycle_stages", PACK % labels)
    assert [(fault.entry, fault.field) for fault in broken.value.faults] == [("one", field)]


@pytest.mark.parametrize("pack_id", TRANSLATED)
def test_what_was_begun_is_translated_whole(pack_id):
    missing = [entry.id for entry in load(pack_id).every if "de" not in dict(entry.labels)]
    assert not missing


@pytest.mark.parametrize("pack_id", TRANSLATED)
def test_no_two_entries_share_a_translation(pack_id):
    named = [entry.label for entry in load(pack_id, "de").every]
    assert len(named) == len(set(named))
