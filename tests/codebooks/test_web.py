"""The pages of words, as people of different roles meet them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from antiphon.content import packs
from antiphon.platform.vocabulary import actions
from antiphon.platform.vocabulary.models import Codebook, CodebookEntry
from tests.cast import told

pytestmark = pytest.mark.django_db


@pytest.fixture
def book(ana):
    return actions.open_codebook(by=ana, name="Our words for travel", purpose="To tell ways of coming apart.")


@pytest.fixture
def word(ana, book):
    return actions.add_entry(by=ana, codebook=book, label="Parking", meaning="No place near the door.")


@pytest.fixture
def ana_browses(signed_in, ana):
    return signed_in(ana)


def url(name, *args):
    return reverse(f"codebooks:{name}", args=args)


def text(response):
    return " ".join(response.content.decode().split())


def a_file(content, name="words.csv"):
    return {"file": SimpleUploadedFile(name, content)}


def test_an_empty_list_teaches_and_names_every_pack(ana_browses):
    shown = text(ana_browses.get(url("list")))
    assert "A codebook holds your own words" in shown
    for pack_id in packs():
        assert url("pack", pack_id) in shown


@pytest.mark.parametrize("who", ["ana", "ben", "sam", "cora", "eve", "adam"])
def test_everyone_reads_and_leads_change(cast, signed_in, book, word, who):
    browser = signed_in(getattr(cast, who))
    changes = who in {"ana", "adam"}
    for address in (url("list"), url("pack", "needs"), url("record", book.pk)):
        assert browser.get(address).status_code == 200
    assert (url("new") in text(browser.get(url("list")))) is changes
    assert (url("entry", word.pk) in text(browser.get(url("record", book.pk)))) is changes
    assert (url("hide", "needs") in text(browser.get(url("pack", "needs")))) is changes
    for address in (url("new"), url("add", book.pk), url("entry", word.pk), url("pack_add", "functions")):
        assert browser.get(address).status_code == (200 if changes else 403)


@pytest.mark.parametrize("pack_id", packs())
def test_a_pack_says_where_each_word_comes_from(ana_browses, pack_id):
    shown = text(ana_browses.get(url("pack", pack_id)))
    assert "Where from" in shown
    assert "Licence" in shown


def test_a_pack_nobody_ships_is_not_there(ana_browses):
    assert ana_browses.get(url("pack", "nothing")).status_code == 404
    assert ana_browses.get(url("pack_add", "nothing")).status_code == 404
    assert ana_browses.post(url("hide", "needs"), {"code": "N99"}).status_code == 404


def test_unverified_words_are_marked(ana_browses):
    assert "(unverified)" in text(ana_browses.get(url("pack", "decision_points")))


def test_a_word_is_hidden_and_shown_again(ana_browses):
    hidden = text(ana_browses.post(url("hide", "needs"), {"code": "N1.4"}, follow=True))
    assert "Nobody is offered it any longer" in hidden
    assert "Offer again" in hidden
    back = text(ana_browses.post(url("show", "needs"), {"code": "N1.4"}, follow=True))
    assert "It is offered again." in back
    refused = ana_browses.post(url("hide", "dispositions"), {"code": "implemented"}, follow=True)
    assert "Nothing of this pack is hidden" in text(refused)


def test_a_codebook_is_opened_filled_and_closed_on_its_pages(ana_browses):
    sent = {"name": "Our words for travel", "purpose": "To tell ways of coming apart."}
    opened = ana_browses.post(url("new"), sent, follow=True)
    assert "Next: add its first word, or bring a file." in text(opened)
    book = Codebook.objects.get()
    word = {"label": "Parking", "meaning": "No place near the door.", "example": "I drive round for an hour."}
    shown = text(ana_browses.post(url("add", book.pk), word, follow=True))
    for words in ("Parking", "No place near the door.", "For example: I drive round for an hour.", "own.0002"):
        assert words in shown
    entry = CodebookEntry.objects.get()
    below = {"label": "Night parking", "parent": entry.code}
    assert "under Parking" in text(ana_browses.post(url("add", book.pk), below, follow=True))
    changed = ana_browses.post(url("edit", book.pk), sent | {"name": "Travel", "version": 1}, follow=True)
    assert "<h1>Travel</h1>" in text(changed)
    closed = text(ana_browses.post(url("close", book.pk), follow=True))
    assert "This codebook is closed" in closed
    assert url("add", book.pk) not in closed
    assert ana_browses.post(url("close", book.pk)).status_code == 409
    assert url("add", book.pk) in text(ana_browses.post(url("reopen", book.pk), follow=True))


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(ana_browses, book, word):
    page = ana_browses.post(url("add", book.pk), {"label": "parking", "meaning": "Where the car stays."})
    assert page.status_code == 422
    assert "There is an entry with these words already." in text(page)
    assert "Where the car stays." in text(page)
    page = ana_browses.post(url("new"), {"name": "Our words for travel", "purpose": "Again."})
    assert page.status_code == 422
    assert "Choose another name." in text(page)


def test_a_word_is_changed_moved_retired_and_brought_back(ana_browses, ana, book, word):
    other = actions.add_entry(by=ana, codebook=book, label="Night bus")
    assert 'value="Parking"' in text(ana_browses.get(url("entry", word.pk)))
    ana_browses.post(url("entry", word.pk), {"label": "A place for the car", "version": 1})
    moved = text(ana_browses.post(url("move", word.pk), {"to": "down"}, follow=True))
    assert moved.index("Night bus") < moved.index("A place for the car")
    at_the_end = text(ana_browses.post(url("move", word.pk), {"to": "down"}, follow=True))
    assert "It stands at the end already." in at_the_end
    retired = text(ana_browses.post(url("retire", word.pk), {"instead": other.code}, follow=True))
    assert "Use Night bus instead." in retired
    assert "It is retired" in text(ana_browses.get(url("entry", word.pk)))
    back = text(ana_browses.post(url("bring_back", word.pk), follow=True))
    assert "Use Night bus instead." not in back
    wrong = text(ana_browses.post(url("retire", word.pk), {"instead": "own.9999"}, follow=True))
    assert "Choose one of the list." in wrong


def test_a_group_of_ones_own_takes_after_a_shipped_one(ana_browses):
    assert "Which entry is it most like?" in text(ana_browses.get(url("pack_add", "stakeholder_types")))
    page = ana_browses.post(url("pack_add", "stakeholder_types"), {"label": "School nurse"})
    assert page.status_code == 422
    sent = {"label": "School nurse", "takes_after": "carer"}
    assert "School nurse" in text(ana_browses.post(url("pack_add", "stakeholder_types"), sent, follow=True))
    page = ana_browses.post(url("pack_add", "dispositions"), {"label": "Perhaps"})
    assert page.status_code == 422


def test_words_are_taken_away_and_brought_again(ana_browses, ana, book, word):
    actions.add_entry(by=ana, codebook=book, label="=Night bus", parent=word.code)
    table = ana_browses.post(url("export", book.pk), {"format": "csv"}).content
    assert told("rows.exported")["facts"]["rows"] == 2
    fresh = actions.open_codebook(by=ana, name="Copied words", purpose="To see what came over.")
    for entry in CodebookEntry.objects.all():
        actions.retire_entry(by=ana, entry=entry)
    taken = ana_browses.post(url("bring", fresh.pk), a_file(table), follow=True)
    assert "2 words were taken in." in text(taken)
    labels = list(fresh.entries.order_by("place").values_list("label", "meaning"))
    assert labels == [("Parking", "No place near the door."), ("'=Night bus", "")]
    assert fresh.entries.get(label="'=Night bus").parent == fresh.entries.get(label="Parking").code


def test_a_refi_qda_codebook_goes_out_and_comes_in_the_same(ana_browses, ana, book, word):
    actions.add_entry(by=ana, codebook=book, label="Night bus", parent=word.code)
    gone = actions.add_entry(by=ana, codebook=book, label="Lift")
    actions.retire_entry(by=ana, entry=gone)
    sent = ana_browses.post(url("qdc", book.pk))
    assert b"urn:QDA-XML:codebook:1.0" in sent.content
    assert b"Lift" not in sent.content
    assert told("rows.exported")["facts"]["format"] == "qdc"
    fresh = actions.open_codebook(by=ana, name="Copied words", purpose="To see what came over.")
    for entry in CodebookEntry.objects.filter(retired_at=None):
        actions.retire_entry(by=ana, entry=entry)
    actions.edit_codebook(by=ana, codebook=book, name="Old words", purpose=book.purpose)
    actions.close_codebook(by=ana, codebook=book)
    taken = ana_browses.post(url("bring", fresh.pk), a_file(sent.content, "words.qdc"), follow=True)
    assert "3 words were taken in." in text(taken)
    found = {entry.label: entry for entry in fresh.entries.all()}
    assert set(found) == {"Our words for travel", "Parking", "Night bus"}
    assert found["Night bus"].parent == found["Parking"].code
    assert found["Parking"].meaning == "No place near the door."


BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><CodeBook xmlns="urn:QDA-XML:codebook:1.0">&b;</CodeBook>'


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("words.csv", b"", "The first row has to name a column"),
        ("words.csv", b"label,meaning\n", "The file holds no entry."),
        ("words.csv", b"name\nParking\n", "The first row has to name a column"),
        ("words.csv", b"label\n\xff\xfe", "This is no CSV in UTF-8."),
        ("words.csv", b"label,under\nLift,Nowhere\n", "stands nowhere above it"),
        ("words.csv", b"label\n" + b"".join(b"Way %d\n" % n for n in range(501)), "more than 500 entries"),
        ("words.csv", b"label\n" + b"x" * 1_000_001, "larger than 1 MB"),
        ("words.qdc", b"<CodeBook", "no REFI-QDA codebook"),
        ("words.qdc", b"<Other/>", "no REFI-QDA codebook"),
        ("words.qdc", BOMB, "no REFI-QDA codebook"),
    ],
)
def test_a_file_that_cannot_be_taken_in_says_why(ana_browses, book, name, content, words):
    page = ana_browses.post(url("bring", book.pk), a_file(content, name))
    assert page.status_code == 422
    assert words in text(page)
    assert not CodebookEntry.objects.exists()


@pytest.mark.parametrize("name", ["pack_export", "export"])
def test_every_list_of_words_is_taken_away_as_a_file(ana_browses, book, word, name):
    address = url(name, "needs" if name == "pack_export" else book.pk)
    for kind in ("csv", "xlsx", "json"):
        assert ana_browses.post(address, {"format": kind}).status_code == 200


def test_another_workspace_finds_no_codebook_and_no_word(signed_in, cleo, book, word):
    browser = signed_in(cleo)
    assert "To tell ways of coming apart." not in text(browser.get(url("list")))
    assert "Parking" not in text(browser.get(url("pack", "needs")))
    for address in (url("record", book.pk), url("edit", book.pk), url("add", book.pk), url("entry", word.pk)):
        assert browser.get(address).status_code == 404
    for address in (url("close", book.pk), url("qdc", book.pk), url("retire", word.pk), url("move", word.pk)):
        assert browser.post(address).status_code == 404


@pytest.mark.parametrize("count", [1, 9])
def test_the_pages_take_as_many_queries_however_many_words(ana_browses, ana, book, django_assert_num_queries, count):
    for n in range(count):
        actions.add_entry(by=ana, codebook=book, label=f"Way {n}")
        actions.add_entry(by=ana, pack="functions", label=f"Team {n}")
    # Session, user, member; words; and what the page itself shows.
    for address, queries in ((url("list"), 6), (url("pack", "functions"), 6), (url("record", book.pk), 10)):
        ana_browses.get(address)
        with django_assert_num_queries(queries):
            ana_browses.get(address)
