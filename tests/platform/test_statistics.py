"""The embedded database takes the index that tells most, however its tables have grown."""

from django.db import connection

from antiphon.platform.database import statistics
from antiphon.workspace.voices.models import Voice
from tests.cast import voice


def test_a_few_passages_by_their_ids_are_not_looked_for_among_all(ana, django_assert_num_queries):
    if connection.vendor != "sqlite":
        with django_assert_num_queries(0):  # the server counts by itself
            statistics.renew()
        return
    ids = [voice(ana, f"Number {number}.").pk for number in range(30)][:3]
    statistics.renew()
    wanted = Voice.objects.visible_to(ana).filter(pk__in=ids).order_by()
    assert "sqlite_autoindex_voices_voice_1 (id=?)" in wanted.explain()
