"""Several people at the same moment, on both databases."""

RACING = "tests.durability.racing"


def test_however_administrators_end_each_other_one_is_left(instance):
    told = instance.told(RACING, "administrators")
    assert told["left"] >= 1
    assert set(told["said"]) <= {"done", "NotAllowed", "NotNow"}
    assert told["said"].count("done") == 4 - told["left"]


def test_of_four_who_deliver_a_letter_one_does(instance):
    told = instance.told(RACING, "letter")
    assert (told["arrived"], told["state"], told["attempts"]) == (1, "SENT", 1)
    assert told["said"] == ["done"] * 4


def test_of_six_who_save_the_same_version_one_is_kept(instance):
    told = instance.told(RACING, "editors")
    assert sorted(told["said"]) == ["ChangedMeanwhile"] * 5 + ["done"]
    assert told["name"] == f"Race {told['said'].index('done')}"
    assert told["version"] == 2


def test_of_four_who_open_a_link_at_once_one_comes_in(instance):
    told = instance.told(RACING, "invitation")
    assert told["members"] == 1
    assert sorted(told["said"]) == ["GoneInvitation"] * 3 + ["done"]


def test_who_is_let_go_reaches_nothing_however_fast_they_click(instance):
    told = instance.told(RACING, "leaver")
    assert told["said"] == ["done"] * 9
    assert told["before"] > 0
    assert told["after"] > 0
    assert told["let_in"] == 0


def test_where_an_insight_stands_is_right_when_four_settle_it_at_once(instance):
    told = instance.told(RACING, "standing")
    assert told == {"said": ["done"] * 4, "is_decided": True, "differing": []}


def test_another_server_may_start_while_people_agree(instance):
    told = instance.told(RACING, "beginner")
    assert told == {"said": ["done"] * 4, "differing": []}
