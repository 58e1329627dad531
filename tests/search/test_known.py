"""Ask before you ask: what is already known comes up, and nothing of anybody else."""

import pytest
from django.urls import reverse

from antiphon.interfaces.search.known import known_about, telling_words
from antiphon.workspace.insights import actions as insights
from tests import cast as make


def test_telling_words_leave_out_what_stands_in_every_question():
    assert telling_words("What makes the journey to the clinic hard for people?") == ("journey", "clinic")
    assert telling_words("Why? Is it so?") == ()
    assert telling_words("travel travel TRAVEL") == ("travel",)
    assert len(telling_words(" ".join(f"word{'x' * n}" for n in range(40)))) == 8


@pytest.fixture
def known(ana):
    programme = make.programme(ana)
    engagement = make.engagement(ana, programme=programme)
    near = make.voice(ana, "The journey to the clinic takes three hours.", engagement=engagement)
    make.voice(ana, "The nurse was kind.", engagement=engagement)
    insight = make.insight(
        ana, programme=programme, voices=[near], statement="A long journey to the clinic keeps people away."
    )
    question = make.question(ana, programme=programme, text="How long is your journey to us?")
    decision = make.decision(ana, programme=programme, question="Which journey do we pay for?")
    return {"voice": near, "insight": insight, "question": question, "decision": decision}


def test_everything_that_speaks_of_it_comes_up(ana, known):
    found = known_about(ana, "How hard is the journey to the clinic?")
    assert [row.id for row in found.voices] == [known["voice"].pk]
    assert [row.id for row in found.insights] == [known["insight"].pk]
    assert [row.id for row in found.questions] == [known["question"].pk]
    assert [row.id for row in found.decisions] == [known["decision"].pk]


def test_another_workspace_knows_nothing_of_it(cleo, known):
    assert known_about(cleo, "How hard is the journey to the clinic?").is_nothing


def test_the_page_shows_age_and_consent(ana, known, signed_in):
    page = signed_in(ana).get(reverse("search:ask"), {"q": "journey to the clinic"}).content.decode()
    assert "The journey to the clinic takes three hours." in page
    assert "The nurse was kind." not in page
    assert "This programme" in page
    assert "old" in page


@pytest.mark.parametrize(
    ("question", "words"), [("", "Type a question"), ("zebras on the moon", "Then it is worth asking")]
)
def test_an_empty_page_says_what_to_do(ana, signed_in, question, words):
    assert words in signed_in(ana).get(reverse("search:ask"), {"q": question}).content.decode()


def test_the_number_of_reads_does_not_grow_with_what_is_known(ana, known, django_assert_max_num_queries):
    for _ in range(12):
        make.voice(ana, "Another journey to the clinic.", engagement=known["voice"].engagement)
    with django_assert_max_num_queries(16):  # two more for each word that tells something, of eight at most
        known_about(ana, "How hard is the journey to the clinic?")


def test_what_was_merged_is_found_by_its_own_words_under_the_one_that_stayed(ana):
    about = make.programme(ana)
    kept = make.insight(ana, programme=about, strength="SINGLE")
    absorbed = make.insight(ana, programme=about, strength="SINGLE", statement="Ferries leave too early for us.")
    reason = "Both speak of the way to the clinic."
    insights.merge(by=ana, kept=kept, absorbed=absorbed, reason=reason, strength="SEVERAL", dissent="")
    assert [row.id for row in known_about(ana, "Which ferries?").insights] == [kept.pk]
