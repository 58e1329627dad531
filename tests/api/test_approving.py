"""A program approves the words that it read, and no others."""

from antiphon.workspace.answers import actions
from tests.cast import answer, approval, told


def reworded(made, by, **words):
    """Somebody words a card anew."""
    card = made.cards.get()
    as_it_is = {name: getattr(card, name) for name in ("kind", "you_said", "we_did", "because")}
    actions.word_card(by=by, card=card, **as_it_is | words)


def test_a_program_approves_only_what_it_read(ana, ben, program_of):
    made = answer(ana)
    program, read = program_of(ben), approval(made)
    reworded(made, ana, because="It was always so.")
    late = program.post(f"/answers/{made.pk}/approve", read)
    assert late.status_code == 409
    assert late.json()["fields"][f"cards.{made.cards.get().pk}.because"] == "It was always so."
    assert "opening" not in late.json()["fields"]
    assert program.post(f"/answers/{made.pk}/approve", read | {"cards": []}).status_code == 409
    assert program.post(f"/answers/{made.pk}/approve", approval(made)).json()["row"]["state"] == "APPROVED"


def test_the_trail_says_which_versions_were_approved(ana, ben, program_of):
    made = answer(ana)
    reworded(made, ana, because="It was always so.")
    program_of(ben).post(f"/answers/{made.pk}/approve", approval(made))
    assert told("answer.approved")["facts"] == {"cards": 1, "versions": [1, 2]}
