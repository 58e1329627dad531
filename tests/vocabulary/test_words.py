"""The packs as a workspace knows them: extended, thinned, and patient with codes of another edition."""

import pytest
from django.utils.translation import override

from antiphon.content import Need, loader
from antiphon.content.pack import Pack
from antiphon.platform.vocabulary import actions
from antiphon.platform.vocabulary.models import CodebookEntry
from antiphon.platform.vocabulary.queries import choices, forget, pack, vocabulary

pytestmark = pytest.mark.django_db


@pytest.fixture
def book(ana):
    return actions.open_codebook(by=ana, name="Our words for travel", purpose="To tell ways of coming apart.")


def added(by, book, label, **more):
    return actions.add_entry(by=by, codebook=book, label=label, **more)


def seen(member, pack_id="needs"):
    forget(member)
    return pack(member, pack_id)


def test_what_nobody_changed_is_what_is_shipped(ana):
    for pack_id in loader.packs():
        assert pack(ana, pack_id).entries == loader.load(pack_id).entries


def test_own_codebooks_stand_beside_the_four_sections(ana, cleo, book):
    parking = added(ana, book, "Parking", meaning="No place near the door.")
    bus = added(ana, book, "Night bus", parent=parking.code)
    needs = seen(ana)
    assert [section.id for section in needs.children(None)][-1] == book.code
    assert [entry.label for entry in needs.path(bus.code)] == ["Our words for travel", "Parking", "Night bus"]
    assert (needs.get(parking.code).level, needs.get(bus.code).level) == ("category", "detail")
    assert needs.offers(parking.code)
    assert vocabulary(ana).below(book.code) == {book.code, parking.code, bus.code}
    assert parking.code not in seen(cleo)


def test_a_closed_codebook_and_a_retired_word_keep_their_words_and_are_not_offered(ana, book):
    first, second = added(ana, book, "Parking"), added(ana, book, "A place for the car")
    actions.retire_entry(by=ana, entry=first, instead=second.code)
    needs = seen(ana)
    assert (needs.offers(first.code), needs.label(first.code)) == (False, "Parking")
    assert needs.offers(second.code)
    actions.close_codebook(by=ana, codebook=book)
    needs = seen(ana)
    assert (needs.offers(second.code), needs.label(second.code)) == (False, "A place for the car")
    actions.reopen_codebook(by=ana, codebook=book)
    assert seen(ana).offers(second.code)


@pytest.mark.parametrize("pack_id", ["functions", "adjustments"])
def test_a_pack_takes_words_of_ones_own(ana, pack_id):
    entry = actions.add_entry(by=ana, pack=pack_id, label="Patient partnership office")
    found = seen(ana, pack_id).get(entry.code)
    assert (found.label, found.provenance) == ("Patient partnership office", ("W",))
    assert seen(ana, pack_id).offers(entry.code)


def test_a_group_of_ones_own_is_treated_like_the_one_it_takes_after(ana):
    entry = actions.add_entry(by=ana, pack="stakeholder_types", label="School nurse", takes_after="carer")
    found, like = seen(ana, "stakeholder_types").get(entry.code), seen(ana, "stakeholder_types").get("carer")
    assert (found.kind, found.payee, found.speaks_from) == (like.kind, like.payee, like.speaks_from)
    assert found.label == "School nurse"


def test_what_is_hidden_is_not_offered_and_still_labelled(ana, cleo):
    actions.hide(by=ana, pack="needs", code="N1.4")
    needs = seen(ana)
    label = loader.load("needs").label("N1.4")
    below = next(entry.id for entry in loader.load("needs").every if entry.parent == "N1.4")
    assert (needs.offers("N1.4"), needs.offers(below), needs.label("N1.4")) == (False, False, label)
    assert ("N1.4", label) not in choices(needs)
    assert choices(needs, ["N1.4"])[-1] == ("N1.4", label)
    assert seen(cleo).offers("N1.4")
    actions.show(by=ana, pack="needs", code="N1.4")
    assert seen(ana).offers("N1.4")


def test_a_code_that_no_edition_knows_says_so_in_every_pack(ana):
    for pack_id in loader.packs():
        found = pack(ana, pack_id)
        assert found.label("gone.7") == "gone.7 (no longer in this edition)"
        assert (found.offers("gone.7"), found.path("gone.7")[0].id, found.current("gone.7")) == (False, "gone.7", None)
    assert vocabulary(ana).decision_points.get("gone.7").stage == ""
    assert vocabulary(ana).below("gone.7") == {"gone.7"}


def another_edition(monkeypatch, pack_id, *, without=(), retired=()):
    shipped = loader._shipped()
    old = shipped[pack_id]
    every = tuple(
        entry.model_copy(update={"retired_in": "2027"}) if entry.id in retired else entry
        for entry in old.every
        if entry.id not in without and entry.parent not in without
    )
    new = {**shipped, pack_id: Pack(old.header, old.kind, every)}
    monkeypatch.setattr(loader, "_shipped", lambda language="": new)


def test_a_new_edition_takes_nothing_of_ones_own_with_it(ana, book, monkeypatch):
    under = CodebookEntry.objects.create(
        workspace=ana.workspace, pack="functions", code="own.0900", label="Field team", parent="F_MED", added_by=ana
    )
    actions.hide(by=ana, pack="functions", code="F_COM")
    group = actions.add_entry(by=ana, pack="stakeholder_types", label="School nurse", takes_after="carer")
    another_edition(monkeypatch, "functions", without=("F_MED", "F_COM"))
    another_edition(monkeypatch, "stakeholder_types", without=("carer",))
    functions = seen(ana, "functions")
    assert (functions.label(under.code), functions.offers(under.code)) == ("Field team", True)
    assert functions.label("F_COM") == "F_COM (no longer in this edition)"
    assert seen(ana, "stakeholder_types").label(group.code) == "School nurse"


def test_a_retired_entry_of_a_new_edition_is_labelled_and_not_offered(ana, monkeypatch):
    another_edition(monkeypatch, "needs", retired=("N3.1",))
    needs = seen(ana)
    assert (needs.offers("N3.1"), needs.label("N3.1")) == (False, "Access to treatment")


def test_parents_that_lead_in_a_circle_do_not_stop_anything(ana, book):
    one, other = added(ana, book, "Parking"), added(ana, book, "Night bus")
    CodebookEntry.objects.filter(pk=one.pk).update(parent=other.code)
    CodebookEntry.objects.filter(pk=other.pk).update(parent=one.code)
    assert {one.code, other.code} <= {entry.id for entry in seen(ana)}


@pytest.mark.parametrize("count", [0, 6])
def test_all_words_of_a_request_take_one_query(ana, book, django_assert_num_queries, count):
    for n in range(count):
        added(ana, book, f"Way {n}")
    actions.hide(by=ana, pack="functions", code="F_COM")
    forget(ana)
    with django_assert_num_queries(1):
        for pack_id in loader.packs():
            pack(ana, pack_id)
        assert isinstance(vocabulary(ana).needs.get("N1"), Need)


def test_labels_are_in_the_language_of_the_page_and_ones_own_words_stay(ana, book):
    parking = added(ana, book, "Parking")
    mine = actions.add_entry(by=ana, pack="stakeholder_types", label="School nurse", takes_after="carer")
    CodebookEntry.objects.create(
        workspace=ana.workspace,
        pack="functions",
        code="own.0900",
        label="Field team",
        takes_after="F_MED",
        added_by=ana,
    )
    english = vocabulary(ana)
    assert english.needs.label("N3") == "Practicality"
    with override("de"):
        assert vocabulary(ana) is english
        assert english.needs.label("N3") == "Machbarkeit im Alltag"
        assert english.needs.label(parking.code) == "Parking"
        assert english.functions.label("own.0900") == "Field team"
        assert seen(ana, "stakeholder_types").label(mine.code) == "School nurse"
    assert english.needs.label("N3") == "Practicality"
