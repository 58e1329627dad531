"""Tokens of links that nobody can guess, and which state follows which."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antiphon.workspace.answers import rules
from antiphon.workspace.answers.rules import State

SECRET = "the instance's own secret"


def test_a_hundred_thousand_tokens_are_all_different():
    tokens = {rules.token_for(rules.new_nonce(), SECRET) for _ in range(100_000)}
    assert len(tokens) == 100_000
    assert {len(base64.urlsafe_b64decode(token + "=")) for token in tokens} == {32}
    assert len({rules.token_hash(token) for token in tokens}) == 100_000


@given(st.text(min_size=1, max_size=40), st.text(min_size=1, max_size=40))
def test_a_token_needs_both_the_nonce_and_the_secret(nonce, secret):
    token = rules.token_for(nonce, secret)
    assert token == rules.token_for(nonce, secret)
    assert token != rules.token_for(nonce + "x", secret)
    assert token != rules.token_for(nonce, secret + "x")
    assert rules.token_hash(token) != token


def test_a_token_stands_in_an_address_as_it_is():
    for _ in range(1_000):
        token = rules.token_for(rules.new_nonce(), SECRET)
        assert token.replace("-", "").replace("_", "").isalnum()


@pytest.mark.parametrize("current", State)
def test_which_state_follows_which(current):
    allowed = {"DRAFT": {"APPROVED"}, "APPROVED": {"DRAFT", "GIVEN"}, "GIVEN": {"WITHDRAWN"}, "WITHDRAWN": set()}
    assert {wanted for wanted in State if rules.can_become(current, wanted)} == allowed[current]
