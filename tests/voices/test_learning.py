"""A workspace learns from its people's coding, and suggests what it learned for passages nobody has read."""

import zipfile

import pytest

from antiphon.platform import clock
from antiphon.platform.errors import NotAllowed, NotNow
from antiphon.platform.files import store
from antiphon.platform.runs.models import Run
from antiphon.platform.vocabulary import actions as vocabulary
from antiphon.platform.vocabulary.models import CodebookEntry
from antiphon.platform.vocabulary.queries import forget
from antiphon.workspace.voices import actions, queries, rules
from antiphon.workspace.voices.models import LearnedModel, Suggestion, Voice
from antiphon.workspace.voices.queries.learning import examples, learning
from tests.cast import engagement, in_clear, source, suggestion, told, voice
from tests.engines.listening.coded import comments

# A word that stands in one workspace only.
CANARY = "xylograph"


def codes_of(member, *labels) -> dict[str, str]:
    """A codebook with these words, and the code of each."""
    book = vocabulary.open_codebook(by=member, name="Our words", purpose="What people say about a visit.")
    made = {label: vocabulary.add_entry(by=member, codebook=book, label=label).code for label in labels}
    forget(member)
    return made


def read(member, codes, said, extra=""):
    """Passages that a member read and coded."""
    where, origin = engagement(member), source(member)
    rows = []
    for record in said:
        passage = voice(member, f"{record['text']} {extra}".strip(), engagement=where, source=origin)
        for label in record["codes"]:
            actions.code(by=member, voice_id=passage.pk, need=codes[label])
        rows.append(actions.finish_reading(by=member, voice_id=passage.pk))
    return rows


def unread(member, *texts, **changes):
    where, origin = engagement(member), source(member)
    return [voice(member, text, engagement=where, source=origin, **changes) for text in texts]


@pytest.fixture
def at_once(django_capture_on_commit_callbacks):
    """What a deed asks for in the background happens at once."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def codes(ana):
    return codes_of(ana, "waiting", "food", "staff")


@pytest.fixture
def coded(ana, codes):
    return read(ana, codes, comments()[:96])


def learned(member, at_once) -> LearnedModel:
    with at_once():
        actions.learn(by=member)
    return LearnedModel.objects.visible_to(member).get(number=LearnedModel.objects.visible_to(member).count())


def suggested(passage) -> dict[str, Suggestion]:
    return {each.code: each for each in passage.suggestions.exclude(model=None)}


def test_a_word_of_ones_own_is_suggested_where_nobody_has_read(ana, codes, coded, at_once):
    food, nothing = unread(ana, "They gave me cold soup, the food was poor", "żółw")
    model = learned(ana, at_once)
    found = suggested(food)[codes["food"]]
    assert found.model == model
    assert 0 < found.score <= 1
    assert any(food.original[why["start"] : why["end"]] in {"food", "cold"} for why in found.why)
    assert suggested(nothing) == {}
    assert queries.find(ana, food.pk).weighed_by == found.made_by == "own coding 1"


def test_what_is_learned_says_how_good_it_is_and_from_what(ana, ben, codes, coded, at_once):
    actions.code(by=ben, voice_id=coded[0].pk, need="N3.1")
    model = learned(ana, at_once)
    now = learning(ana)
    assert now.used.id == model.pk
    assert (now.used.passage_count, now.used.coder_count) == (96, 2)
    assert now.used.micro_f1 > 0.8
    assert {fit.label for fit in now.codes} == {"waiting", "food", "staff"}
    assert all(fit.is_suggested for fit in now.codes)
    assert now.left_out == (("Practical", 1),) or now.left_out
    assert model.file.sha256 == now.used.sha256
    assert told("learned_model.made")["facts"]["sha256"] == model.file.sha256


def test_rejected_suggestions_and_read_passages_without_a_code_speak_against_it(ana, codes):
    (kept, refused) = unread(ana, "The food was cold", "The doors were closed")
    actions.accept(by=ana, suggestion_id=suggestion(ana, kept, codes["food"]).pk)
    actions.reject(by=ana, suggestion_id=suggestion(ana, refused, codes["food"]).pk)
    actions.finish_reading(by=ana, voice_id=refused.pk)
    unread(ana, "Nobody read this")
    found = {each.text: each.codes for each in examples(ana).rows}
    assert found == {"The food was cold": {codes["food"]}, "The doors were closed": set()}


def test_a_withdrawn_coding_teaches_nothing(ana, codes):
    (passage,) = unread(ana, "The food was cold")
    coding = actions.code(by=ana, voice_id=passage.pk, need=codes["food"])
    actions.finish_reading(by=ana, voice_id=passage.pk)
    actions.uncode(by=ana, coding_id=coding.pk)
    assert [each.codes for each in examples(ana).rows] == [frozenset()]


def test_a_category_counts_for_its_section_where_the_section_is_a_code_of_its_own(ana):
    one, other = unread(ana, "The journey is long", "Where do I park?")
    actions.code(by=ana, voice_id=one.pk, need="N3.1")
    assert [each.codes for each in examples(ana).rows] == [{"N3.1"}]
    actions.code(by=ana, voice_id=other.pk, need="N3")
    assert {each.text: each.codes for each in examples(ana).rows}["The journey is long"] == {"N3.1", "N3"}


def test_the_engines_own_suggestions_stay(ana, codes, coded, at_once):
    (passage,) = unread(ana, "the food was cold again")
    general = suggestion(ana, passage, codes["food"])
    other = suggestion(ana, passage, "N3.1")
    learned(ana, at_once)
    assert set(passage.suggestions.filter(model=None)) == {general, other}
    assert codes["food"] not in suggested(passage)


def test_what_people_have_read_is_left_alone(ana, codes, coded, at_once):
    before = Suggestion.objects.count()
    learned(ana, at_once)
    assert Suggestion.objects.count() == before
    assert not Voice.objects.exclude(read_at=None).filter(weighed_by="own coding 1").exists()


def test_what_somebody_has_open_stays_as_they_see_it(ana, sam, codes, coded, at_once):
    (passage,) = unread(ana, "the food was cold again")
    actions.sit_down(by=sam, voice_id=passage.pk)
    learned(ana, at_once)
    assert suggested(passage) == {}
    with clock.at(clock.now() + queries.sittings.HOLDS * 2), at_once():
        actions.look_after_learning()
    assert codes["food"] in suggested(passage)


def test_weighing_may_stop_anywhere_and_be_done_twice(ana, codes, coded, at_once, monkeypatch):
    monkeypatch.setattr("antiphon.workspace.voices.actions.weighing.PASSAGES_A_CHUNK", 2)
    passages = unread(ana, *(f"the food was cold on day {day}" for day in range(5)))
    run = actions.learn(by=ana)
    actions.go_on_learning(run_id=run.pk)
    actions.weigh(ana.workspace_id, seconds=-1)
    assert sum(bool(suggested(each)) for each in passages) == 2
    actions.weigh(ana.workspace_id)
    once = set(Suggestion.objects.values_list("pk", flat=True))
    actions.weigh(ana.workspace_id)
    actions.go_on_learning(run_id=run.pk)
    assert all(suggested(each) for each in passages)
    assert set(Suggestion.objects.values_list("pk", flat=True)) == once
    assert LearnedModel.objects.count() == 1


def test_an_older_model_is_put_back_and_speaks_again(ana, codes, coded, at_once):
    first = learned(ana, at_once)
    second = learned(ana, at_once)
    (passage,) = unread(ana, "the food was cold again")
    with at_once():
        actions.use_model(by=ana, model_id=first.pk)
    assert {each.model for each in suggested(passage).values()} == {first}
    assert LearnedModel.objects.exclude(used_at=None).get() == first
    assert learning(ana).waits_for_a_person
    with at_once():
        actions.use_model(by=ana, model_id=second.pk)
    assert {each.model for each in suggested(passage).values()} == {second}


def test_what_was_decided_stays_when_another_model_is_used(ana, codes, coded, at_once):
    (passage,) = unread(ana, "the food was cold again")
    learned(ana, at_once)
    actions.accept(by=ana, suggestion_id=suggested(passage)[codes["food"]].pk)
    learned(ana, at_once)
    assert suggested(passage)[codes["food"]].verdict == rules.Verdict.ACCEPTED


def test_a_suggestion_that_was_decided_and_opened_again_keeps_its_trace(ana, codes, coded, at_once):
    (passage,) = unread(ana, "the food was cold again")
    learned(ana, at_once)
    first = suggested(passage)[codes["food"]]
    actions.accept(by=ana, suggestion_id=first.pk)
    actions.reopen(by=ana, suggestion_id=first.pk)
    second = learned(ana, at_once)
    assert suggested(passage)[codes["food"]] == first
    assert queries.find(ana, passage.pk).weighed_by == f"own coding {second.number}"


def test_laid_aside_only_the_engine_suggests(ana, codes, coded, at_once):
    (passage,) = unread(ana, "the food was cold again")
    learned(ana, at_once)
    with at_once():
        actions.lay_aside(by=ana)
    assert suggested(passage) == {}
    assert queries.find(ana, passage.pk).weighed_by.startswith("needs")
    with pytest.raises(NotNow):
        actions.lay_aside(by=ana)


def test_only_leads_teach(ana, ben, codes, coded, at_once):
    model = learned(ana, at_once)
    for deed in (
        lambda: actions.learn(by=ben),
        lambda: actions.lay_aside(by=ben),
        lambda: actions.use_model(by=ben, model_id=model.pk),
    ):
        with pytest.raises(NotAllowed):
            deed()


def test_from_too_few_passages_nothing_is_learned(ana, codes, at_once):
    read(ana, codes, comments()[: rules.FEWEST_TO_LEARN_FROM - 1])
    with pytest.raises(NotNow, match="at least 20"):
        actions.learn(by=ana)


def test_where_no_code_was_given_thrice_it_says_so(ana, at_once):
    for passage in unread(ana, *(f"Passage number {n}" for n in range(20))):
        actions.finish_reading(by=ana, voice_id=passage.pk)
    with at_once():
        actions.learn(by=ana)
    assert "three times" in learning(ana).trouble
    assert not LearnedModel.objects.exists()


def test_one_learning_at_a_time(ana, codes, coded):
    actions.learn(by=ana)
    assert learning(ana).is_learning
    with pytest.raises(NotNow):
        actions.learn(by=ana)


def test_learning_that_broke_is_told_and_what_was_in_use_stays(ana, codes, coded, at_once, monkeypatch):
    first = learned(ana, at_once)
    monkeypatch.setattr("antiphon.workspace.voices.compute.learn", lambda _: 1 / 0)
    with at_once():
        actions.learn(by=ana)
    now = learning(ana)
    assert (now.trouble, now.used.id, now.is_learning) == ("Something went wrong on our side.", first.pk, False)


def test_it_learns_anew_by_itself_after_enough_new_reading(ana, codes, coded, at_once, by_the_clock):
    learned(ana, at_once)
    by_the_clock()
    assert LearnedModel.objects.count() == 1
    read(ana, codes, comments()[96 : 96 + rules.LEARN_AGAIN_AFTER])
    by_the_clock()
    latest = LearnedModel.objects.latest("number")
    assert (latest.number, latest.is_automatic, latest.made_by) == (2, True, ana)
    assert told("learned_model.made")["actor"] is None


def test_it_does_not_learn_by_itself_before_a_person_let_it(ana, codes, coded, by_the_clock):
    by_the_clock()
    assert not LearnedModel.objects.exists()


def test_where_somebody_went_back_it_waits_for_a_person(ana, codes, coded, at_once, by_the_clock):
    first = learned(ana, at_once)
    learned(ana, at_once)
    with at_once():
        actions.use_model(by=ana, model_id=first.pk)
    read(ana, codes, comments()[96:])
    by_the_clock()
    assert LearnedModel.objects.count() == 2


def test_a_model_that_cannot_be_read_any_longer_is_left_alone_and_learned_anew(
    ana, codes, coded, at_once, by_the_clock, monkeypatch
):
    first = learned(ana, at_once)
    monkeypatch.setattr("antiphon.workspace.voices.compute.learned_with", lambda: "codebook 2, background 9")
    (passage,) = unread(ana, "the food was cold again")
    with pytest.raises(NotNow, match="earlier version"):
        actions.use_model(by=ana, model_id=first.pk)
    actions.weigh(ana.workspace_id)
    assert suggested(passage) == {}
    by_the_clock()
    assert LearnedModel.objects.latest("number").number == 2
    assert codes["food"] in suggested(passage)


def test_nothing_of_one_workspace_reaches_another(ana, cleo, codes, coded, at_once):
    theirs = codes_of(cleo, "waiting", "food", "staff")
    read(cleo, theirs, comments()[:96], CANARY)
    (elsewhere,) = unread(cleo, f"the food was cold {CANARY}")
    (here,) = unread(ana, f"the food was cold {CANARY}")
    ours = learned(ana, at_once)
    assert suggested(elsewhere) == {}
    other = learned(cleo, at_once)
    assert CANARY.encode() not in unpacked(ours)
    assert CANARY.encode() in unpacked(other)
    assert str(cleo.workspace_id) not in str(store.path_of(ours.file))
    assert {each.model for each in suggested(here).values()} == {ours}
    assert {each.model for each in suggested(elsewhere).values()} == {other}
    with pytest.raises(queries.NoSuchModel):
        actions.use_model(by=ana, model_id=other.pk)
    assert {row.id for row in learning(ana).models} == {ours.pk}
    assert CANARY not in in_clear()


def unpacked(model) -> bytes:
    with zipfile.ZipFile(store.path_of(model.file)) as pack:
        return b"".join(pack.read(name) for name in pack.namelist())


def test_masked_words_are_not_learned_and_places_point_into_the_original(ana, codes, coded, at_once):
    original, redacted = "Maria Jones said the food was cold", "[person] said the food was cold"
    spans = [{"start": 0, "end": 11, "kind": "person", "why": "name"}]
    (passage,) = unread(ana, original, redacted=redacted, spans=spans)
    learned(ana, at_once)
    found = suggested(passage)[codes["food"]]
    assert {original[why["start"] : why["end"]] for why in found.why} <= set(original.split())
    row = next(each for each in queries.record(ana, passage.pk).opened.suggestions if each.code == codes["food"])
    assert set(row.because) & {"food", "cold"}


@pytest.mark.parametrize("masks", range(3))
def test_places_lead_back_to_where_they_came_from(masks):
    spans = [
        {"start": 4, "end": 9, "kind": "person"},
        {"start": 20, "end": 22, "kind": "date"},
    ][:masks]
    original = "abcdefghijklmnopqrstuvwxyz0123"
    masked = {place for span in spans for place in range(span["start"], span["end"])}
    for start in range(len(original)):
        for end in range(start + 1, len(original) + 1):
            if masked & set(range(start, end)):
                continue
            assert rules.original_range(*rules.shown_range(start, end, spans), spans) == (start, end)


def test_a_retired_word_is_neither_learned_nor_suggested(ana, codes, coded, at_once):
    entry = vocabulary_entry(ana, codes["food"])
    vocabulary.retire_entry(by=ana, entry=entry)
    forget(ana)
    (passage,) = unread(ana, "the food was cold again")
    learned(ana, at_once)
    assert codes["food"] not in {fit.code for fit in learning(ana).codes}
    assert codes["food"] not in suggested(passage)


def vocabulary_entry(member, code):
    return CodebookEntry.objects.visible_to(member).get(code=code)


def test_a_code_that_was_mostly_wrong_is_not_suggested():
    assert rules.is_right_enough(0.5)
    assert not rules.is_right_enough(0.2)


def test_it_learns_by_itself_after_fifty_or_a_tenth():
    assert rules.passages_until_it_learns(100, 100) == 50
    assert rules.passages_until_it_learns(100, 150) == 0
    assert rules.passages_until_it_learns(2_000, 2_100) == 100


def test_runs_of_learning_are_kept(ana, codes, coded, at_once):
    learned(ana, at_once)
    assert Run.objects.get(kind="voices.learn").state == Run.State.DONE
