"""What a kept view may hold."""

from urllib.parse import parse_qsl, quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antiphon.platform.views.rules import LONGEST_NAME, is_a_name, only_known

KEYS = ("state", "q")


@pytest.mark.parametrize(
    ("query", "known"),
    [
        ("state=OPEN&page=3", "state=OPEN"),
        ("q=&state=OPEN", "state=OPEN"),
        ("state=OPEN&q=far", "q=far&state=OPEN"),
        ("columns=b&columns=a&columns=a", "columns=a&columns=b"),
        ("next=//evil.example&csrfmiddlewaretoken=x", ""),
        ("q=a%00b", ""),
        ("q=%E2%80%AEevil", ""),
        (f"q={'x' * 201}", ""),
        ("q=a+b%26state%3DCLOSED", "q=a+b%26state%3DCLOSED"),
        ("", ""),
    ],
)
def test_only_what_a_list_knows_is_kept(query, known):
    assert only_known(query, KEYS) == known


@given(st.text(max_size=300))
def test_whatever_comes_in_what_is_kept_is_known_and_stays_as_it_is(text):
    kept = only_known(f"q={quote(text, errors='replace')}&{text}", KEYS)
    assert {name for name, _value in parse_qsl(kept)} <= {*KEYS, "columns"}
    assert only_known(kept, KEYS) == kept


@pytest.mark.parametrize("name", ["", "x" * (LONGEST_NAME + 1), "a\x00b", "a\nb", "\u202egpj.exe"])
def test_a_name_can_be_read_on_a_tab(name):
    assert not is_a_name(name)


def test_a_name_in_any_script_is_one():
    assert is_a_name("Spät in meiner Abteilung – 遅い")
