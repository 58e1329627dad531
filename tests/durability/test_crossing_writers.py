"""Two people who work at once wait for each other; neither is turned away."""

import pytest

from tests.durability.instances import SERVER

WHY = (
    "On PostgreSQL a row locked FOR UPDATE and an insert that points at it lock each other and the trail's head in "
    "opposite order. Rows whose key stays want FOR NO KEY UPDATE: select_for_update(no_key=True)."
)


@pytest.mark.xfail(bool(SERVER), reason=WHY, strict=True)
def test_asking_and_stating_in_one_programme_do_not_lock_each_other(instance):
    assert instance.told("tests.durability.crossing")["troubles"] == []
