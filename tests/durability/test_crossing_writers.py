"""Two people who work at once wait for each other; neither is turned away."""


def test_asking_and_stating_in_one_programme_do_not_lock_each_other(instance):
    assert instance.told("tests.durability.crossing")["troubles"] == []
