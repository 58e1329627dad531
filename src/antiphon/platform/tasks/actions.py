"""Telling the queue what runs by the clock."""

from django.db import transaction
from django_q.models import Schedule

from antiphon.platform.tasks.queue import RUN, by_the_clock

# The queue keeps a note of each task it did; of these there would be thousands.
UNNOTED = {"q_options": {"save": False}}


@transaction.atomic
def set_the_clock() -> None:
    """Make the queue's timetable what the product says; done at every start, it may be done twice."""
    wanted = by_the_clock()
    Schedule.objects.filter(func=RUN).exclude(name__in=wanted).delete()
    for name, minutes in wanted.items():
        timing = {"func": RUN, "schedule_type": Schedule.MINUTES, "minutes": minutes}
        Schedule.objects.update_or_create(
            name=name, defaults=timing | {"args": repr((name,)), "kwargs": repr(UNNOTED)}
        )
