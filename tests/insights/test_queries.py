"""Reading insights: filters, pages, the record, what is similar."""

import pytest
from django.utils import timezone

from antiphon.platform.vocabulary.queries import vocabulary
from antiphon.workspace.insights import queries
from antiphon.workspace.insights.models import Insight, InsightCode, Support
from antiphon.workspace.insights.queries import NoSuchInsight
from antiphon.workspace.voices.models import Coding
from tests.cast import engagement, insight, programme, voice


def code(made, pack, value):
    InsightCode.objects.create(workspace=made.workspace, insight=made, pack=pack, code=value)


def against(by, made, heard):
    Support.objects.create(workspace=by.workspace, insight=made, voice=heard, stance="DISSENTS", added_by=by)


def said(by, text, **changes):
    return insight(by, statement=text, **changes)


def statements(rows):
    return [row.statement for row in rows]


def test_another_workspace_has_no_such_insight(ana, cleo):
    made = insight(ana)
    assert queries.get(ana, made.pk) == made
    for asks, asked in [(cleo, made.pk), (ana, "not an id")]:
        with pytest.raises(NoSuchInsight):
            queries.get(asks, asked)
    assert queries.rows(cleo) == []
    assert queries.similar(cleo, made.statement) == []


def test_a_row_says_what_lists_need(ana):
    made = insight(ana)
    code(made, "decision_points", "DP08")
    code(made, "stakeholder_types", "carer")
    against(ana, made, voice(ana))
    (row,) = queries.rows(ana)
    assert (row.supporting_count, row.dissenting_count) == (1, 1)
    assert (row.need_codes, row.need_labels) == (("N3.1",), ("Access to treatment",))
    assert row.decision_point_labels == ("Protocol: ethics, privacy and logistics",)
    assert (row.group_labels, row.owner_name, row.strength_label) == (("Carer",), "Ana", "Several voices")


def test_a_code_whose_pack_forgot_it_is_still_shown(ana):
    made = insight(ana)
    code(made, "needs", "own.gone")
    assert queries.rows(ana)[0].need_labels == ("Access to treatment", "own.gone (no longer in this edition)")


def test_every_filter_narrows(ana, ben):
    heart = programme(ana)
    draft = said(ana, "Evening visits exhaust people.", agreed=False, programme=heart)
    agreed = said(ana, "Injections frighten children.", owner=ben)
    code(agreed, "needs", "N1.4.2")

    def found(**wanted):
        return statements(queries.rows(ana, **wanted))

    assert found() == [agreed.statement, draft.statement]
    assert found(search="evening") == [draft.statement]
    assert found(state="AGREED") == [agreed.statement]
    assert found(programme=str(heart.pk)) == [draft.statement]
    assert found(need="N1") == found(need="N1.4") == [agreed.statement]
    code(draft, "needs", "N1.4.20")
    assert found(need="N1.4.2") == [agreed.statement]
    assert found(need="N1.4.21") == []
    assert found(owner=str(ben.pk)) == [agreed.statement]
    assert found(ids=[draft.pk, "not an id"]) == [draft.statement]
    assert found(programme="not an id") == found(owner="not an id") == []


def test_those_that_wait_are_agreed_and_the_oldest_comes_first(ana):
    young, old = insight(ana), insight(ana)
    insight(ana, agreed=False)
    Insight.objects.filter(pk=old.pk).update(agreed_at=timezone.now() - timezone.timedelta(days=9))
    assert statements(queries.rows(ana, waiting=True)) == [old.statement, young.statement]


def test_fifty_stand_on_a_page(ana):
    about, heard = programme(ana), voice(ana)
    for _n in range(52):
        insight(ana, programme=about, voices=[heard])
    first, last = queries.page(ana), queries.page(ana, number=2)
    assert (len(first), len(last), first.paginator.count) == (50, 2, 52)
    assert len(queries.page(ana, number="nonsense")) == 50
    assert queries.page(ana, number=99).number == 2


@pytest.mark.parametrize("count", [1, 8])
def test_a_list_takes_as_many_queries_however_long_it_is(ana, django_assert_num_queries, count):
    for _n in range(count):
        insight(ana)
    vocabulary(ana)
    with django_assert_num_queries(2):
        assert len(queries.rows(ana)) == count
    with django_assert_num_queries(4):
        queries.page(ana)


@pytest.mark.parametrize("count", [1, 6])
def test_a_record_takes_as_many_queries_however_many_voices(ana, django_assert_num_queries, count):
    where = engagement(ana)
    made = insight(ana, programme=where.programme, voices=[voice(ana, engagement=where) for _n in range(count)])
    against(ana, made, voice(ana, engagement=where))
    vocabulary(ana)
    with django_assert_num_queries(6):
        shown = queries.record(ana, made.pk)
    assert len(shown.supports) == count


def test_a_record_holds_its_voices_apart_and_in_order(ana):
    where = engagement(ana)
    first, second = (voice(ana, text, engagement=where) for text in ("It is far.", "Three hours by bus."))
    made = insight(ana, programme=where.programme, voices=[first, second], agreed=False)
    against(ana, made, voice(ana, "I like the journey.", engagement=where))
    shown = queries.record(ana, made.pk)
    assert [row.text for row in shown.supports] == ["It is far.", "Three hours by bus."]
    assert [row.text for row in shown.dissents] == ["I like the journey."]
    assert shown.lacks == ("dissent",)
    assert not shown.can_agree
    Insight.objects.filter(pk=made.pk).update(dissent="Some like to travel.")
    assert queries.record(ana, made.pk).can_agree


def test_a_record_says_what_each_person_can_do(cast):
    made = insight(cast.ana, agreed=False, strength="SINGLE")

    def can(name):
        shown = queries.record(getattr(cast, name), made.pk)
        return shown.can_edit, shown.can_agree, shown.can_set_aside, shown.can_reopen

    assert can("ana") == (True, True, True, False)
    assert can("ben") == (True, True, False, False)
    assert can("sam") == (True, False, False, False)
    assert can("eve") == (False, False, False, False)


def test_needs_come_from_the_codings_of_the_passages(ana):
    heard = voice(ana)
    for need in ("N1.4.2", "N3.1", "N2", "N1.4"):
        Coding.objects.create(workspace=ana.workspace, voice=heard, code=need, start=0, end=3, coded_by=ana)
    assert queries.needs_of(ana, queries.passages(ana, [str(heard.pk), "not an id"])) == ["N1.4", "N3.1"]


def test_candidates_are_passages_of_the_programme_that_are_not_there_yet(ana):
    where = engagement(ana)
    there, near = voice(ana, engagement=where), voice(ana, "The bus is never on time.", engagement=where)
    voice(ana, "Said in another programme.")
    made = insight(ana, programme=where.programme, voices=[there])
    assert [row.id for row in queries.candidates(ana, made)] == [near.pk]
    assert [row.id for row in queries.candidates(ana, made, "BUS")] == [near.pk]
    assert queries.candidates(ana, made, "train") == []


def test_similar_insights_of_the_same_programme_come_first(ana):
    here, there = programme(ana), programme(ana)
    same = said(ana, "A long journey keeps people from coming to us.", programme=here)
    twin = said(ana, "Long journeys keep people from taking part.", programme=there)
    said(ana, "Injections at home frighten carers.", programme=here)
    found = queries.similar(ana, "long journeys keep people from taking part", programme=here.pk)
    assert [row.id for row in found] == [same.pk, twin.pk]
    assert (found[1].likeness, found[1].percent, found[1].same_programme) == (1.0, 100, False)
    assert [row.id for row in queries.similar(ana, twin.statement)] == [twin.pk, same.pk]
    assert [row.id for row in queries.similar(ana, twin.statement, but=twin.pk, limit=1)] == [same.pk]


def test_what_was_set_aside_and_what_says_nothing_is_not_similar(ana):
    gone = insight(ana, agreed=False, state="SET_ASIDE", set_aside_reason="Said by nobody.")
    assert queries.similar(ana, gone.statement) == []
    assert queries.similar(ana, " ") == queries.similar(ana, "…") == []


def test_similar_insights_take_one_query(ana, django_assert_num_queries):
    for _n in range(4):
        insight(ana)
    with django_assert_num_queries(1):
        assert len(queries.similar(ana, "Long journeys keep people from taking part.")) == 4


def test_the_same_statement_is_found_whatever_its_case_and_spacing(ana):
    made = said(ana, "Long journeys keep people away.")
    same = queries.same_statement(ana, made.programme_id, " LONG  journeys keep people away")
    assert same == made.pk
    assert queries.same_statement(ana, made.programme_id, made.statement, but=made.pk) is None
    assert queries.same_statement(ana, programme(ana).pk, made.statement) is None
