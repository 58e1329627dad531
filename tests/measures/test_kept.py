"""What is kept of the first screen and the map is what counting anew would find, whatever people do."""

import datetime

import pytest
from django.apps import apps
from django.core.cache import caches
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from antiphon.platform import clock
from antiphon.platform.audit.models import AuditEvent
from antiphon.workspace.measures import queries
from antiphon.workspace.measures.queries import kept
from tests.measures.desk import DRAWN, STEPS, Desk

# By figure, what people do until a thing of an app that counts for it moves it last.
MOVES = {
    "kinds": ("weigh", "close"),
    "deciding": ("weigh", "postpone"),
    "due": ("hold", "thank"),
    "silent": ("weigh", "close"),
    "rates": ("answer",),
    "waits": ("answer", "rename"),
    "queue": ("read",),
}
# Each step where it can be done: by turns on the first and the second thing.
ORDER = (
    *(("code", 0, 1), ("read", 0, 0), ("read_again", 0, 0), ("point_out", 0, 0), ("forward", 0, 0)),
    *(("hold", 0, 1), ("thank", 0, 0), ("rename", 0, 1), ("move", 0, 1), ("postpone", 0, 2)),
    *(("weigh", 0, 0), ("unweigh", 0, 0), ("merge", 0, 1), ("unmerge", 1, 0), ("answer", 0, 1), ("withdraw", 1, 0)),
    *(("supersede", 1, 0), ("weigh", 2, 0), ("close", 0, 0), ("draft", 0, 0), ("give", 0, 0)),
    *(("reopen", 1, 0), ("support", 1, 0), ("reopen", 2, 0), ("agree", 2, 0)),
)


def seen(member) -> tuple:
    """All that a member sees that is kept."""
    return queries.today(member), queries.gap_map(member), queries.gap_map(member, by="function")


def seen_anew(member) -> tuple:
    caches["counted"].clear()
    return seen(member)


@given(steps=DRAWN)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_people_do_what_is_kept_is_what_counting_anew_finds(ana, ben, steps):
    with transaction.atomic():
        desk = Desk(ana, ben)
        caches["counted"].clear()
        for minute, step in enumerate(steps):
            with clock.at(clock.now() + datetime.timedelta(minutes=minute)):
                desk.do(*step)
                assert seen(ana) == seen_anew(ana), steps[: minute + 1]
        transaction.set_rollback(True)


def test_each_thing_people_do_is_done_and_seen(ana, ben):
    """So that no step is refused wherever it stands, and the drawn orders draw something."""
    desk = Desk(ana, ben)
    for step in ORDER:
        before = AuditEvent.objects.count()
        desk.do(*step)
        assert AuditEvent.objects.count() > before, step
        assert seen(ana) == seen_anew(ana), step
    assert {step for step, _one, _other in ORDER} == set(STEPS)


@pytest.mark.parametrize("figure", kept.LEFT_ALONE_BY)
def test_a_figure_that_too_much_leaves_alone_would_be_found(ana, ben, monkeypatch, figure):
    everything = {config.label for config in apps.get_app_configs()}
    monkeypatch.setitem(kept.LEFT_ALONE_BY, figure, everything)
    desk = Desk(ana, ben)
    desk.do("hold", 1, 1)
    seen(ana)
    for step in MOVES[figure]:
        desk.do(step, 0, 0)
    assert seen(ana) != seen_anew(ana)


def test_what_leaves_a_figure_alone_is_an_app_or_a_model():
    known = {model._meta.label for model in apps.get_models()} | {config.label for config in apps.get_app_configs()}
    assert set().union(*kept.LEFT_ALONE_BY.values()) <= known
