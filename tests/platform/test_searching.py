"""Letters are found in a great many passages, whatever was written, changed or taken away since."""

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from antiphon.platform.database import searching
from antiphon.platform.database.searching import holding, latest_with, nearest
from antiphon.workspace.voices.models import Voice
from tests.cast import voice

WORDS = ["bus", "Bus stop", "Über die Straße", 'say "no"', "100 % sure_", "l'hôpital", "ΑΘΗΝΑ", "a\\b"]


def found(member, text):
    return set(holding(Voice.objects.visible_to(member), "redacted", text).values_list("redacted", flat=True))


@pytest.mark.parametrize("text", WORDS)
def test_letters_are_found_as_they_stand(ana, cleo, text):
    said = voice(ana, f"I waited. {text} It was late.")
    voice(cleo, f"{text} elsewhere")
    voice(ana, "Nothing of it.")
    assert found(ana, text) == {said.redacted}
    assert found(ana, text[1:-1]) == {said.redacted}


def test_case_does_not_matter(ana):
    said = voice(ana, "The BUS is late.")
    assert found(ana, "bus IS") == {said.redacted}


@pytest.mark.parametrize("text", ["zebra", "x", "%%%", "___", '"""', "bus\x00stop", "NEAR(a b)", "a AND b", "***"])
def test_what_nobody_said_finds_nothing_and_breaks_nothing(ana, text):
    voice(ana, "The boat is late.")
    assert found(ana, text) == set()


def test_a_changed_reading_is_found_by_its_new_words_only(ana):
    said = voice(ana, "Maria said the bus is late.")
    Voice.objects.filter(pk=said.pk).update(redacted="[person] said the tram is late.")
    assert found(ana, "Maria") == found(ana, "bus") == set()
    assert found(ana, "tram") == {"[person] said the tram is late."}


def test_many_are_found_as_well_as_few(ana, monkeypatch):
    monkeypatch.setattr(searching, "FEW", 2)
    for number in range(4):
        voice(ana, f"Bus number {number}.")
    assert len(found(ana, "Bus")) == 4
    assert len(found(ana, "number 3")) == 1


LETTERS = st.text(alphabet='aB %_"\\*', max_size=9)


@given(texts=st.lists(LETTERS, max_size=6), wanted=LETTERS.filter(bool))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_it_finds_what_reading_every_passage_finds(ana, texts, wanted):
    with transaction.atomic():
        for text in texts:
            voice(ana, text, redacted=text)
        assert found(ana, wanted) == {text for text in texts if wanted.lower() in text.lower()}
        transaction.set_rollback(True)


def test_the_index_catches_up_with_what_came_past_it(ana):
    """As after an upgrade of a workspace that is full already."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER voices_voice_redacted_parts_added")
    said = voice(ana, "The ferry is late.")
    call_command("migrate", verbosity=0)
    assert found(ana, "ferry") == {said.redacted}


def test_all_the_words_come_before_some_and_rare_before_common(ana):
    texts = {1: "bus", 2: "bus and ferry", 3: "ferry", 4: "bus", 5: "nothing"}
    assert nearest(texts, ["bus", "ferry"]) == [2, 3, 1, 4]
    for text in texts.values():
        voice(ana, text)
    assert list(latest_with(Voice.objects.visible_to(ana), "redacted", ["bus", "ferry"]).values()) == [
        "bus",
        "ferry",
        "bus and ferry",
        "bus",
    ]
    assert latest_with(Voice.objects.visible_to(ana), "redacted", []) == {}


def test_the_doctor_is_told_when_the_index_is_not_there(ana):
    assert searching.missing() == []
    with connection.cursor() as cursor:
        kind = "TABLE" if connection.vendor == "sqlite" else "INDEX"
        cursor.execute(f"DROP {kind} voices_voice_redacted_parts")
    assert searching.missing() == ["voices_voice_redacted_parts"]
