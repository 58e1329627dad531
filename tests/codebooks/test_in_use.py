"""Words of one's own where they are used: reading, insights, decisions, the map; and codes nobody knows any longer."""

import pytest
from django.db import transaction
from django.urls import reverse

from antiphon.platform.audit.trail import record
from antiphon.platform.errors import NotValid
from antiphon.platform.vocabulary import actions as words
from antiphon.platform.vocabulary.queries import forget
from antiphon.workspace.decisions.models import Decision
from antiphon.workspace.engagements.models import Engagement
from antiphon.workspace.insights import queries as insights
from antiphon.workspace.insights.models import InsightCode
from antiphon.workspace.measures import queries as measures
from antiphon.workspace.programmes import actions as programmes
from antiphon.workspace.programmes.models import Programme, Question
from antiphon.workspace.voices import actions as voices
from antiphon.workspace.voices.models import Coding
from tests.cast import closed_decision, decision, engagement, insight, programme, question, voice

pytestmark = pytest.mark.django_db


@pytest.fixture
def book(ana):
    return words.open_codebook(by=ana, name="Our words for travel", purpose="To tell ways of coming apart.")


@pytest.fixture
def parking(ana, book):
    return words.add_entry(by=ana, codebook=book, label="Parking")


@pytest.fixture
def ana_browses(signed_in, ana):
    return signed_in(ana)


def text(response):
    return " ".join(response.content.decode().split())


def test_a_passage_is_coded_with_a_word_of_ones_own_as_it_is_offered(ana_browses, ana, parking):
    heard = voice(ana)
    page = text(ana_browses.get(reverse("voices:voice", args=[heard.pk])))
    assert f"Parking · {parking.code}" in page
    for typed in (f"Parking · {parking.code}", "parking"):
        ana_browses.post(reverse("voices:code", args=[heard.pk]), {"need": typed, "from": "record"})
    coding = Coding.objects.get()
    assert coding.code == parking.code
    shown = text(ana_browses.get(reverse("voices:voice", args=[heard.pk])))
    assert "Our words for travel" in shown
    queue = ana_browses.get(reverse("voices:queue"), {"section": "own.0001", "show": "all"})
    assert heard.redacted in text(queue)
    assert '<option value="own.0001"' in text(queue)


def test_a_retired_word_is_not_coded_any_longer_and_keeps_its_name(ana_browses, ana, parking):
    heard = voice(ana)
    voices.code(by=ana, voice_id=heard.pk, need=parking.code)
    words.retire_entry(by=ana, entry=parking)
    with pytest.raises(NotValid):
        voices.code(by=ana, voice_id=heard.pk, need=parking.code)
    assert "Parking" in text(ana_browses.get(reverse("voices:voice", args=[heard.pk])))


def test_an_insight_speaks_of_a_word_of_ones_own_and_is_found_by_it(ana_browses, ana, book, parking):
    made = insight(ana, agreed=False)
    address = reverse("insights:edit", args=[made.pk])
    assert "Our words for travel" in text(ana_browses.get(address))
    sent = {"statement": made.statement, "strength": "SINGLE", "owner": str(ana.pk), "version": "1"}
    assert ana_browses.post(address, sent | {"needs": [parking.code]}).status_code == 302
    record = text(ana_browses.get(reverse("insights:record", args=[made.pk])))
    assert "Parking" in record
    forget(ana)
    assert [row.id for row in insights.rows(ana, need=book.code)] == [made.pk]
    assert f'<option value="{parking.code}"' in text(ana_browses.get(reverse("insights:list")))


def test_the_map_shows_a_codebook_once_it_is_used(ana, book, parking):
    made = insight(ana)
    before = measures.gap_map(ana)
    assert book.code not in [row.code for row in before.rows]
    with transaction.atomic():
        InsightCode.objects.create(workspace=ana.workspace, insight=made, pack="needs", code=parking.code)
        record("insight.coded", made, by=ana)
    shown = {row.code: row for row in measures.gap_map(ana).rows}
    assert (shown[book.code].label, shown[book.code].is_section) == ("Our words for travel", True)
    cell = next(cell for cell in shown[parking.code].cells if cell.column == "design_planning")
    assert cell.count == 1
    contents = measures.cell_contents(ana, need=book.code, column="design_planning")
    assert [line.id for line in contents.insights] == [made.pk]


def test_a_function_of_ones_own_owns_asks_and_decides(ana_browses, ana):
    office = words.add_entry(by=ana, pack="functions", label="Patient office")
    sent = {"name": "Care at home", "kind": "ASSET", "stage": "design_planning", "function": office.code}
    assert ana_browses.post(reverse("programmes:new"), sent).status_code == 302
    about = Programme.objects.get()
    assert "Patient office" in text(ana_browses.get(reverse("programmes:record", args=[about.pk])))
    made = decision(ana, programme=about, function=office.code)
    assert "Patient office" in text(ana_browses.get(reverse("decisions:record", args=[made.pk])))
    insight(ana, programme=about)
    forget(ana)
    found = measures.gap_map(ana, by="function")
    assert (office.code, "Patient office") in found.columns
    assert [row.function_label for row in measures.today(ana).waiting] == ["Patient office"]


def test_what_is_hidden_is_offered_nowhere_and_kept_where_it_was_chosen(ana_browses, ana):
    used, free = programme(ana, function="F_MED"), programme(ana)
    words.hide(by=ana, pack="functions", code="F_MED")
    option = '<option value="F_MED" selected>Medical affairs</option>'
    assert option in text(ana_browses.get(reverse("programmes:edit", args=[used.pk])))
    assert 'value="F_MED"' not in text(ana_browses.get(reverse("programmes:edit", args=[free.pk])))
    assert 'value="F_MED"' not in text(ana_browses.get(reverse("decisions:new")))
    assert "Medical affairs" in text(ana_browses.get(reverse("programmes:list")))
    with pytest.raises(NotValid):
        programmes.ask(by=ana, programme=used, text="What is hard?", decision_point="DP08", function="F_MED")
    kept = {"name": used.name, "kind": "ASSET", "stage": "design_planning", "function": "F_MED", "version": "1"}
    assert ana_browses.post(reverse("programmes:edit", args=[used.pk]), kept).status_code == 302


def test_codes_that_no_edition_knows_stop_no_page(ana_browses, ana):
    """Everything was chosen when an older edition knew it."""
    gone = "gone.7"
    about = programme(ana)
    where = engagement(ana, programme=about, kind=gone)
    where.groups.create(workspace=ana.workspace, stakeholder=gone)
    where.functions.create(workspace=ana.workspace, function=gone)
    heard = voice(ana, engagement=where)
    Coding.objects.create(workspace=ana.workspace, voice=heard, code=gone, start=0, end=3, coded_by=ana)
    made = insight(ana, programme=about, voices=[heard])
    for pack in ("needs", "decision_points", "stakeholder_types"):
        InsightCode.objects.create(workspace=ana.workspace, insight=made, pack=pack, code=gone)
    asked = question(ana, programme=about, decision_point=gone, function=gone, need=gone)
    behind = closed_decision(ana, programme=about, weighs=[made], decision_point=gone, function=gone)
    open_one = decision(ana, programme=about, weighs=[made], decision_point=gone, function=gone)
    open_one.weighings.update(disposition=gone, reason="It was called so once.")
    Programme.objects.filter(pk=about.pk).update(function=gone, stage=gone)
    about.sharing.create(workspace=ana.workspace, function=gone)
    pages = [
        reverse("home:today"),
        *(reverse(f"{name}:list") for name in ("programmes", "engagements", "insights", "decisions", "answers")),
        *(reverse(f"programmes:{name}", args=[about.pk]) for name in ("record", "edit")),
        *(reverse(f"engagements:{name}", args=[where.pk]) for name in ("record", "edit")),
        reverse("voices:voice", args=[heard.pk]),
        f"{reverse('voices:queue')}?show=all&section={gone}",
        *(reverse(f"insights:{name}", args=[made.pk]) for name in ("record", "edit", "merge")),
        *(reverse("decisions:record", args=[each.pk]) for each in (behind, open_one)),
        reverse("decisions:edit", args=[open_one.pk]),
        f"{reverse('measures:map')}?by=stage",
        f"{reverse('measures:map')}?by=function",
        reverse("measures:trail_decision", args=[open_one.pk]),
        reverse("measures:trail_voice", args=[heard.pk]),
        f"{reverse('search:ask')}?q=journey",
    ]
    for page in pages:
        assert ana_browses.get(page).status_code == 200, page
    record = text(ana_browses.get(reverse("insights:record", args=[made.pk])))
    assert record.count("gone.7 (no longer in this edition)") >= 3
    assert (Question.objects.get().pk, Engagement.objects.get().pk) == (asked.pk, where.pk)
    assert Decision.objects.count() == 2
