"""A small world and everything people do in it, one step at a time, for tests that draw the order."""

import datetime

from django.db import transaction
from hypothesis import strategies as st

from antiphon.platform import clock
from antiphon.platform.errors import Refused
from antiphon.workspace.answers import actions as answers
from antiphon.workspace.answers.models import Answer
from antiphon.workspace.decisions import actions as decisions
from antiphon.workspace.decisions.models import Decision, Weighing
from antiphon.workspace.engagements import actions as engagements
from antiphon.workspace.engagements.models import Courtesy, Engagement
from antiphon.workspace.insights import actions as insights
from antiphon.workspace.insights.models import Insight
from antiphon.workspace.programmes import actions as programmes
from antiphon.workspace.programmes.models import Programme
from antiphon.workspace.voices import actions as voices
from antiphon.workspace.voices.rules import Safety
from tests.cast import decision, engagement, insight, programme, settled, voice

REASON = "Both speak of the journey to the clinic."
STAGES = ("design_planning", "regulatory", "hta_payer")
FUNCTIONS = ("F_RD", "F_MED", "F_REG")


class Desk:
    """Three insights, two decisions, and everything that people do with them."""

    def __init__(self, ana, ben) -> None:
        self.ana, self.ben = ana, ben
        self.about = programme(ana)
        self.voices = [voice(ana, engagement=engagement(ana, programme=self.about)) for _n in range(3)]
        self.planned = [engagement(ana, programme=self.about, held=False) for _n in range(3)]
        own = {"programme": self.about, "strength": "SINGLE"}
        self.insights = [insight(ana, voices=[each], **own) for each in self.voices]
        self.decisions = [decision(ana, programme=self.about, outcome="Fewer visits.") for _n in range(2)]

    def weigh(self, one, other):
        decisions.weigh(by=self.ana, decision=self.decisions[other % 2], insights=[self.insights[one]])

    def unweigh(self, one, other):
        for weighing in Weighing.objects.filter(insight=self.insights[one], decision=self.decisions[other % 2]):
            decisions.unweigh(by=self.ana, weighing=weighing)

    def close(self, one, _other):
        found = Decision.objects.get(pk=self.decisions[one % 2].pk)
        for weighing in found.weighings.all() if found.state == "OPEN" else ():
            settled(self.ana, weighing)
        decisions.close(by=self.ana, decision=found)

    def supersede(self, one, _other):
        old, due = self.decisions[one % 2], datetime.date(2027, 1, 1)
        self.decisions[one % 2] = decisions.supersede(by=self.ana, decision=old, reason=REASON, due_date=due)
        Decision.objects.filter(pk=self.decisions[one % 2].pk).update(outcome="Fewer visits still.")

    def draft(self, one, _other):
        answers.draft(by=self.ana, decision=Decision.objects.get(pk=self.decisions[one % 2].pk))

    def give(self, one, _other):
        for drafted in Answer.objects.filter(decision=self.decisions[one % 2], state="DRAFT"):
            answers.give(by=self.ana, answer=answers.approve(by=self.ben, answer=drafted))

    def answer(self, one, other):
        for step in (self.weigh, self.close, self.draft, self.give):
            step(one if step == self.weigh else other, other)

    def withdraw(self, one, _other):
        for found in Answer.objects.filter(decision=self.decisions[one % 2], state="GIVEN"):
            answers.withdraw(by=self.ana, answer=found, reason=REASON)

    def merge(self, one, other):
        both = {"kept": self.insights[one], "absorbed": self.insights[other]}
        insights.merge(by=self.ana, **both, reason=REASON, strength="SEVERAL", dissent="")

    def unmerge(self, one, _other):
        insights.unmerge(by=self.ana, insight=self.insights[one])

    def reopen(self, one, _other):
        insights.reopen(by=self.ana, insight=Insight.objects.get(pk=self.insights[one].pk))

    def agree(self, one, _other):
        insights.agree(by=self.ana, insight=Insight.objects.get(pk=self.insights[one].pk))

    def code(self, one, other):
        found = Insight.objects.get(pk=self.insights[one].pk)
        said = {"version": found.version, "statement": found.statement, "strength": found.strength}
        needs = ["N1.4", "N3.1", "N2.1"][other:]
        insights.edit(by=self.ana, insight=found, owner=self.ana, needs=needs, **said)

    def support(self, one, other):
        heard = self.voices[other]
        insights.add_voice(by=self.ana, insight=self.insights[one], voice_id=heard.pk, stance="SUPPORTS")

    def read(self, one, _other):
        voices.finish_reading(by=self.ana, voice_id=self.voices[one].pk)

    def read_again(self, one, _other):
        voices.read_again(by=self.ana, voice_id=self.voices[one].pk)

    def point_out(self, one, _other):
        voices.decide_safety(by=self.ana, voice_id=self.voices[one].pk, wanted=Safety.POSSIBLE)

    def forward(self, one, _other):
        voices.decide_safety(by=self.ana, voice_id=self.voices[one].pk, wanted=Safety.FORWARDED, reason=REASON)

    def hold(self, one, other):
        ended = clock.today() - datetime.timedelta(days=3 * other)
        engagements.hold(by=self.ana, engagement=self.planned[one], ends_date=ended, groups=["patient"])

    def thank(self, _one, _other):
        for owed in Courtesy.objects.filter(workspace=self.ana.workspace, done_at=None)[:1]:
            engagements.do_courtesy(by=self.ana, courtesy=owed)

    def rename(self, one, other):
        found = Engagement.objects.get(pk=self.voices[one].engagement_id)
        days = {"starts_date": found.starts_date, "ends_date": found.starts_date + datetime.timedelta(days=other)}
        new = {"name": f"Board {one}{other}", "kind": found.kind, "purpose": found.purpose, **days}
        engagements.edit(by=self.ana, engagement=found, **new)

    def move(self, _one, other):
        about = Programme.objects.get(pk=self.about.pk)
        new = {"name": about.name, "kind": about.kind, "indication": about.indication, "stage": STAGES[other]}
        programmes.edit_programme(by=self.ana, programme=about, **new, function=FUNCTIONS[other], sharing=[])

    def postpone(self, one, other):
        found = Decision.objects.get(pk=self.decisions[one % 2].pk)
        new = {name: getattr(found, name) for name in ("question", "decision_point", "outcome")}
        due = clock.today() + datetime.timedelta(days=other - 1)
        decisions.edit(by=self.ana, decision=found, **new, function=FUNCTIONS[other], due_date=due)

    def do(self, step: str, one: int, other: int) -> None:
        """One step; what the rules refuse changes nothing."""
        try:
            with transaction.atomic():
                getattr(self, step)(one, other)
        except Refused:
            return


STEPS = [name for name in vars(Desk) if not name.startswith("_") and name != "do"]
DRAWN = st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 2), st.integers(0, 2)), min_size=4, max_size=14)
