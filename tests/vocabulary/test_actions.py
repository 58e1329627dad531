"""Adding words, changing what they say, retiring, hiding; what is refused and what the trail says."""

import pytest
from django.db import IntegrityError, transaction

from antiphon.platform import clock
from antiphon.platform.errors import NotAllowed, NotNow, NotValid
from antiphon.platform.vocabulary import actions, rules
from antiphon.platform.vocabulary.models import Codebook, CodebookEntry, HiddenEntry
from antiphon.platform.vocabulary.queries import NoSuchWord, book_record, pack_record
from tests.cast import in_clear, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def book(ana):
    return actions.open_codebook(by=ana, name="Our words for travel", purpose="To tell ways of coming apart.")


def added(by, book, label="Parking", **more):
    return actions.add_entry(by=by, codebook=book, label=label, **more)


def test_codes_count_on_whatever_is_retired(ana, book):
    assert book.code == "own.0001"
    first = added(ana, book)
    actions.retire_entry(by=ana, entry=first)
    second = actions.add_entry(by=ana, pack="functions", label="Patient office")
    other = actions.open_codebook(by=ana, name="Our words for care", purpose="To tell kinds of care apart.")
    assert [first.code, second.code, other.code] == ["own.0002", "own.0003", "own.0004"]
    assert len(rules.code_of(999_999)) <= rules.LONGEST_CODE


def test_the_trail_says_which_code_and_seals_the_words(ana, book):
    entry = added(ana, book, meaning="No place near the door.")
    assert told("codebook.opened")["facts"] == {"code": book.code}
    assert told("entry.added")["facts"] == {"code": entry.code, "pack": "", "codebook": book.code}
    actions.edit_entry(by=ana, entry=entry, label="A place for the car")
    assert set(told("entry.edited")["fields"]) == {"label"}
    actions.retire_entry(by=ana, entry=entry)
    actions.bring_back_entry(by=ana, entry=entry)
    actions.edit_codebook(by=ana, codebook=book, name="Travel", purpose=book.purpose)
    actions.close_codebook(by=ana, codebook=book)
    actions.hide(by=ana, pack="needs", code="N1.4")
    actions.show(by=ana, pack="needs", code="N1.4")
    assert told("entry.hidden")["facts"] == told("entry.shown")["facts"] == {"pack": "needs", "code": "N1.4"}
    for action in ("entry.retired", "entry.brought_back", "codebook.edited", "codebook.closed"):
        assert told(action)["facts"]["code"]
    assert "near the door" not in in_clear()
    assert "Travel" not in in_clear()


def every_change(by, book, entry):
    return (
        lambda: actions.open_codebook(by=by, name="More", purpose="To have more words."),
        lambda: actions.edit_codebook(by=by, codebook=book, name="More", purpose="More."),
        lambda: actions.close_codebook(by=by, codebook=book),
        lambda: actions.reopen_codebook(by=by, codebook=book),
        lambda: added(by, book, "More"),
        lambda: actions.edit_entry(by=by, entry=entry, label="More"),
        lambda: actions.retire_entry(by=by, entry=entry),
        lambda: actions.bring_back_entry(by=by, entry=entry),
        lambda: actions.move_entry(by=by, entry=entry, up=True),
        lambda: actions.take_in(by=by, codebook=book, rows=[{"label": "More"}]),
        lambda: actions.hide(by=by, pack="needs", code="N1.4"),
        lambda: actions.show(by=by, pack="needs", code="N1.4"),
    )


@pytest.mark.parametrize("role", ["ben", "sam", "cora", "eve"])
def test_only_leads_and_administrators_change_words(cast, book, role):
    entry = added(cast.adam, book)
    for change in every_change(getattr(cast, role), book, entry):
        with pytest.raises(NotAllowed):
            change()


def test_another_workspace_touches_no_words(ana, cleo, book):
    entry = added(ana, book)
    for change in (
        lambda: actions.edit_codebook(by=cleo, codebook=book, name="More", purpose="More."),
        lambda: added(cleo, book, "More"),
        lambda: actions.edit_entry(by=cleo, entry=entry, label="More"),
        lambda: actions.retire_entry(by=cleo, entry=entry),
    ):
        with pytest.raises(NoSuchWord):
            change()


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("label", " "),
        ("label", "x" * 71),
        ("label", "access to TREATMENT"),
        ("meaning", "x" * 401),
        ("example", "x" * 301),
        ("parent", "N1"),
    ],
)
def test_what_cannot_be_kept_is_said_at_its_field(ana, book, field, wrong):
    with pytest.raises(NotValid) as refusal:
        added(ana, book, **{field: wrong})
    assert list(refusal.value.fields) == [field]
    assert not CodebookEntry.objects.exists()


def test_a_pack_takes_only_what_it_can_use(ana):
    with pytest.raises(NotValid, match="takes no entries"):
        actions.add_entry(by=ana, pack="dispositions", label="Perhaps")
    with pytest.raises(NotValid) as refusal:
        actions.add_entry(by=ana, pack="stakeholder_types", label="School nurse", takes_after="nobody")
    assert list(refusal.value.fields) == ["takes_after"]


def test_nothing_is_said_twice_and_no_codebook_has_the_name_of_another(ana, book):
    added(ana, book)
    with pytest.raises(NotValid, match="already"):
        added(ana, book, "parking")
    with pytest.raises(NotValid, match="already"):
        actions.open_codebook(by=ana, name="our WORDS for travel", purpose="The same again.")


def test_a_word_does_not_stand_under_itself(ana, book):
    above = added(ana, book)
    below = added(ana, book, "Night bus", parent=above.code)
    with pytest.raises(NotValid):
        actions.edit_entry(by=ana, entry=above, parent=below.code)
    assert rules.goes_round("a", "b", {"b": "c", "c": "a"})
    assert not rules.goes_round("a", "b", {"b": "c", "c": "b"})


def test_words_change_places_among_their_neighbours(ana, book):
    first, second, third = (added(ana, book, label) for label in ("Parking", "Night bus", "Lift"))

    def order():
        return [word.label for word in book_record(ana, book.pk).words]

    actions.move_entry(by=ana, entry=third, up=True)
    assert order() == ["Parking", "Lift", "Night bus"]
    actions.move_entry(by=ana, entry=first, up=False)
    assert order() == ["Lift", "Parking", "Night bus"]
    with pytest.raises(NotNow):
        actions.move_entry(by=ana, entry=second, up=False)


def test_a_closed_codebook_takes_no_words_and_states_are_not_given_twice(ana, book):
    entry = added(ana, book)
    with pytest.raises(NotNow):
        actions.bring_back_entry(by=ana, entry=entry)
    actions.retire_entry(by=ana, entry=entry)
    with pytest.raises(NotNow):
        actions.retire_entry(by=ana, entry=entry)
    with pytest.raises(NotNow):
        actions.reopen_codebook(by=ana, codebook=book)
    actions.close_codebook(by=ana, codebook=book)
    for change in (lambda: added(ana, book, "Lift"), lambda: actions.close_codebook(by=ana, codebook=book)):
        with pytest.raises(NotNow):
            change()


def test_what_stands_in_is_one_of_those_in_use(ana, book):
    entry = added(ana, book)
    for wrong in (entry.code, "own.9999"):
        with pytest.raises(NotValid):
            actions.retire_entry(by=ana, entry=entry, instead=wrong)
    assert actions.retire_entry(by=ana, entry=entry, instead="N3.1").replaced_by_code == "N3.1"


def test_what_rules_rest_on_is_not_hidden_and_something_is_left(ana):
    for pack_id, code in (("dispositions", "implemented"), ("lifecycle_stages", "design_planning")):
        with pytest.raises(NotNow):
            actions.hide(by=ana, pack=pack_id, code=code)
    for pack_id, code in (("needs", "N99"), ("nothing", "N1")):
        with pytest.raises(NoSuchWord):
            actions.hide(by=ana, pack=pack_id, code=code)
    *most, last = [word.code for word in pack_record(ana, "functions").words]
    for code in most:
        actions.hide(by=ana, pack="functions", code=code)
    with pytest.raises(NotNow, match="left"):
        actions.hide(by=ana, pack="functions", code=last)
    with pytest.raises(NotNow):
        actions.hide(by=ana, pack="functions", code=most[0])
    assert set(rules.STAYS) | rules.HIDEABLE >= {"needs", "decision_points", "dispositions", "consent_scopes"}


def test_a_file_is_taken_in_whole_or_not_at_all(ana, book):
    rows = [{"label": "Parking"}, {"label": "Night bus", "under": "parking", "meaning": "After ten."}]
    first, second = actions.take_in(by=ana, codebook=book, rows=rows)
    assert (second.parent, second.meaning) == (first.code, "After ten.")
    assert told("codebook.taken_in")["facts"]["entries"] == 2
    for wrong, words in (({"label": "Lift", "under": "Nowhere"}, "stands nowhere"), ({"label": "Parking"}, "Entry 2")):
        with pytest.raises(NotValid, match=words), transaction.atomic():
            actions.take_in(by=ana, codebook=book, rows=[{"label": "Stairs"}, wrong])
    assert CodebookEntry.objects.count() == 2


def refused(change):
    with pytest.raises(IntegrityError), transaction.atomic():
        change()


def test_the_database_holds_codes_and_moments(ana, cleo, book):
    entry = added(ana, book)
    books, rows = Codebook.objects.filter(pk=book.pk), CodebookEntry.objects.filter(pk=entry.pk)
    refused(lambda: books.update(code="own.0009"))
    refused(lambda: books.update(closed_at=clock.now()))
    refused(books.delete)
    refused(lambda: rows.update(code="own.0009"))
    refused(lambda: rows.update(pack="functions"))
    refused(lambda: rows.update(retired_at=clock.now()))
    refused(lambda: rows.update(replaced_by_code="N1"))
    refused(rows.delete)
    common = {"workspace": ana.workspace, "label": "Lift", "added_by": ana}
    for wrong in (
        {"code": "own.0009"},
        {"code": "N9", "codebook": book},
        {"code": entry.code, "codebook": book},
        {"code": book.code, "codebook": book},
        {"code": "own.0009", "codebook": book, "pack": "functions"},
    ):
        refused(lambda wrong=wrong: CodebookEntry.objects.create(**common | wrong))
    theirs = {"workspace": cleo.workspace, "label": "Lift", "added_by": cleo, "code": "own.0009"}
    refused(lambda: CodebookEntry.objects.create(codebook=book, **theirs))
    hidden = {"workspace": ana.workspace, "pack": "needs", "code": "N1", "hidden_at": clock.now(), "hidden_by": ana}
    HiddenEntry.objects.create(**hidden)
    refused(lambda: HiddenEntry.objects.create(**hidden))
