"""Who may do what with insights."""

import pytest

from antiphon.workspace.insights import permissions

EVERYONE = {"ana", "ben", "sam", "cora", "eve", "adam"}
TABLE = [
    (permissions.may_read, EVERYONE),
    (permissions.may_state, {"ana", "adam", "ben", "sam"}),
    (permissions.may_agree, {"ana", "adam", "ben"}),
    (permissions.may_set_aside, {"ana", "adam"}),
    (permissions.may_merge, {"ana", "adam"}),
]


@pytest.mark.parametrize(("may", "who"), TABLE, ids=lambda value: getattr(value, "__name__", ""))
def test_each_role_may_do_what_its_row_says(cast, may, who):
    assert {name for name in EVERYONE if may(getattr(cast, name))} == who
