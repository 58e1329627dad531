"""A workspace adds and hides entries, editions retire them, and no reference is ever lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antiphon import content
from antiphon.content import EntryTaken, MissingEntry, Need, UnknownEntry, WrongKind
from antiphon.content.loader import read

NEEDS = content.needs()
SHIPPED = [entry.id for entry in NEEDS.every]
names = st.lists(st.sampled_from([f"own.n{number}" for number in range(12)]), unique=True, max_size=12)
hidings = st.sets(st.sampled_from(SHIPPED), max_size=8)


def need(entry_id, parent=None, **more):
    return Need(id=entry_id, label=f"Our {entry_id}", parent=parent, provenance=("W",), **more)


def ids(entries):
    return [entry.id for entry in entries]


def test_own_entries_follow_the_shipped_ones():
    pack = NEEDS.extended([need("own.a"), need("own.b", "own.a"), need("own.c", "N1.4")])
    assert ids(pack.entries) == [*SHIPPED, "own.a", "own.b", "own.c"]
    assert [pack.get(name).depth for name in ("own.a", "own.b", "own.c")] == [0, 1, 2]
    assert ids(pack.children("N1.4"))[-1] == "own.c"
    assert "own.a" not in NEEDS


def test_a_hidden_entry_is_no_longer_offered_and_can_still_be_read():
    pack = NEEDS.extended(hidden=["N2.2"])
    assert "N2.2" in pack
    assert pack.label("N2.2") == "Communities led by patients or carers"
    assert not pack.offers("N2.2")
    assert NEEDS.offers("N2.2")
    assert ids(pack.children("N2")) == ["N2.1", "N2.3"]


def test_hiding_an_entry_hides_what_stands_under_it():
    pack = NEEDS.extended([need("own.a", "N2.2.1")], hidden=["N2"])
    assert not [name for name in ids(pack) if name.startswith("N2")]
    assert not pack.offers("own.a")
    assert pack.get("own.a").parent == "N2.2.1"


def test_extending_twice_keeps_what_was_done_before():
    pack = NEEDS.extended([need("own.a")], ["N1"]).extended([need("own.b", "own.a")], ["own.a"])
    assert pack.hidden == {"N1", "own.a"}
    assert "own.b" in pack
    assert not pack.offers("own.b")


@pytest.mark.parametrize("taken", ["N1", "N2.2.1"])
def test_an_own_entry_may_not_take_an_id_even_of_a_hidden_one(taken):
    with pytest.raises(EntryTaken) as refused:
        NEEDS.extended(hidden=["N2"]).extended([need(taken)])
    assert refused.value.parameters == {"pack": "needs", "entry": taken}


def test_the_same_own_entry_cannot_come_twice():
    with pytest.raises(EntryTaken):
        NEEDS.extended([need("own.a"), need("own.a")])


def test_an_own_entry_needs_a_parent_that_exists():
    with pytest.raises(MissingEntry) as refused:
        NEEDS.extended([need("own.a", "N9")])
    assert refused.value.parameters == {"pack": "needs", "entry": "own.a", "field": "parent", "named": "N9"}
    with pytest.raises(MissingEntry):
        NEEDS.extended([need("own.a", "own.a")])


def test_an_own_entry_carries_the_fields_of_its_pack():
    plain = content.Entry(id="own.a", label="Maybe", provenance=("W",))
    with pytest.raises(WrongKind) as refused:
        content.dispositions().extended([plain])
    assert refused.value.parameters["wanted"] == "Disposition"


def test_only_what_exists_can_be_hidden_or_asked_about():
    with pytest.raises(UnknownEntry):
        NEEDS.extended(hidden=["N9"])
    for ask in (NEEDS.get, NEEDS.label, NEEDS.children, NEEDS.path, NEEDS.current):
        with pytest.raises(UnknownEntry):
            ask("N9")


LATER = read(
    "needs",
    """\
id: needs
title: Needs
edition: "2028"
language: en
licence: Apache-2.0
provenance: [I]
attribution: Ours.
changed: Nothing.
entries:
- {id: N1, label: Rest, provenance: I}
- {id: N1.1, label: Night, parent: N1, provenance: I}
- {id: N1.2, label: Sleep, parent: N1, provenance: I, retired_in: "2028", replaced_by: N1.1}
- {id: N1.3, label: Naps, parent: N1, provenance: I, retired_in: "2028"}
- {id: N2, label: Dreams, provenance: I, retired_in: "2028"}
""",
)


def test_a_retired_entry_is_readable_and_points_to_what_stands_for_it():
    assert ids(LATER) == ["N1", "N1.1"]
    assert LATER.label("N1.2") == "Sleep"
    assert [LATER.current(name) for name in ("N1", "N1.2", "N1.3", "N2")] == ["N1", "N1.1", "N1", None]


@pytest.mark.parametrize(("parent", "after", "depth"), [("N1.2", "N1.1", 2), ("N1.3", "N1", 1), ("N2", None, 0)])
def test_a_retired_parent_does_not_take_a_workspaces_entries_with_it(parent, after, depth):
    pack = LATER.extended([need("own.a", parent), need("own.b", "own.a")])
    assert (pack.get("own.a").parent, pack.get("own.a").depth) == (after, depth)
    assert pack.offers("own.b")


def test_a_workspace_retires_its_own_entry_in_favour_of_an_earlier_one():
    pack = NEEDS.extended([need("own.a", retired_in="2027", replaced_by="N3")])
    assert pack.current("own.a") == "N3"
    assert not pack.offers("own.a")
    with pytest.raises(MissingEntry):
        NEEDS.extended([need("own.a", retired_in="2027", replaced_by="own.a")])


@st.composite
def extensions(draw):
    known, made = list(SHIPPED), []
    for name in draw(names):
        made.append(need(name, draw(st.one_of(st.none(), st.sampled_from(known)))))
        known.append(name)
    return made


@given(extensions(), hidings)
def test_every_id_stays_readable_whatever_a_workspace_adds_and_hides(extra, hidden):
    pack = NEEDS.extended(extra, hidden)
    assert ids(pack.every) == SHIPPED + ids(extra)
    for entry in pack.every:
        assert pack.get(entry.id).id == entry.id
        assert entry.id in pack
        above = set(ids(pack.path(entry.id)))
        assert pack.offers(entry.id) == (not above & hidden)
        assert entry.depth == len(above) - 1
    assert ids(pack) == [entry.id for entry in pack.every if pack.offers(entry.id)]


@given(extensions(), hidings)
def test_walking_down_from_the_top_meets_every_offered_entry_once(extra, hidden):
    pack = NEEDS.extended(extra, hidden)

    def walk(entry_id):
        for entry in pack.children(entry_id):
            yield entry.id
            yield from walk(entry.id)

    assert sorted(walk(None)) == sorted(ids(pack))


@given(extensions(), hidings, hidings)
def test_extending_in_two_steps_is_the_same_as_in_one(extra, first, second):
    at_once = NEEDS.extended(extra, first | second)
    assert NEEDS.extended(hidden=first).extended(extra, second) == at_once
    assert at_once.extended() == at_once
    assert ids(NEEDS) == SHIPPED
