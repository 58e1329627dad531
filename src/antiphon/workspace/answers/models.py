"""Answers, their cards, and what those who spoke said back."""

from django.db import models
from django.db.models import F, Q

from antiphon.platform.database.guards import Frozen, Kept, Refuse
from antiphon.platform.scoped import Scoped, Versioned
from antiphon.workspace.answers.rules import Heard, Kind, State
from antiphon.workspace.decisions.models import Decision
from antiphon.workspace.engagements.models import Engagement
from antiphon.workspace.insights.models import Insight
from antiphon.workspace.voices.models import Voice

OF_A_SETTLED_ONE = "EXISTS (SELECT 1 FROM answers_answer a WHERE a.id = {row}.answer_id AND a.state <> 'DRAFT')"
# Neither changed where it stands nor moved onto a settled answer from a draft.
ON_A_SETTLED_ONE = f"{OF_A_SETTLED_ONE.format(row='OLD')} OR {OF_A_SETTLED_ONE.format(row='NEW')}"
UNGIVEN = (
    "(OLD.state = 'GIVEN' AND NEW.state IN ('DRAFT', 'APPROVED')) "
    "OR (OLD.state = 'WITHDRAWN' AND NEW.state <> 'WITHDRAWN')"
)

CLOSED_UNANSWERED = (
    "NEW.state = 'CLOSED' AND OLD.state <> 'CLOSED' AND NOT EXISTS "
    "(SELECT 1 FROM answers_answer a WHERE a.engagement_id = NEW.id AND a.state = 'GIVEN')"
)
OF_A_CLOSED_ONE = (
    "OLD.state = 'GIVEN' AND NEW.state = 'WITHDRAWN' AND EXISTS "
    "(SELECT 1 FROM engagements_engagement e WHERE e.id = NEW.engagement_id AND e.state = 'CLOSED')"
)
WORD_WITHOUT_VOICE = "OLD.word <> '' AND NEW.word <> OLD.word AND (NEW.word <> '' OR NEW.voice_id IS NULL)"


class Answer(Versioned):
    """What one engagement is told back about one decision."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="answers")
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="answers")
    opening = models.TextField(blank=True)
    next_step = models.TextField(blank=True)
    contact = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in State], default=State.DRAFT)
    drafted_by = models.ForeignKey("workspaces.Member", on_delete=models.PROTECT, related_name="+")
    # Whoever wrote its words last; someone else must approve them.
    worded_by = models.ForeignKey("workspaces.Member", on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey("workspaces.Member", on_delete=models.PROTECT, related_name="+", null=True)
    given_at = models.DateTimeField(null=True, blank=True)
    given_by = models.ForeignKey("workspaces.Member", on_delete=models.PROTECT, related_name="+", null=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    database_rules = (
        Frozen(("decision", "engagement", "drafted_by")),
        Frozen(("opening", "next_step", "contact", "worded_by"), when="OLD.state <> 'DRAFT'", name="settled"),
        Frozen(
            ("approved_at", "approved_by", "given_at", "given_by"),
            when="OLD.state IN ('GIVEN', 'WITHDRAWN')",
            name="given",
        ),
        Refuse("stays_given", "UPDATE", UNGIVEN, "what was given is withdrawn, not taken back"),
        Refuse("stays_answered", "UPDATE", OF_A_CLOSED_ONE, "its engagement is closed"),
        Kept(),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "engagement"],
                condition=~Q(state="WITHDRAWN"),
                name="answer_once_an_engagement",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("worded_by")),
                name="answer_approved_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(state="DRAFT", approved_by=None)
                | (~Q(state="DRAFT") & ~Q(approved_at=None) & ~Q(approved_by=None)),
                name="answer_given_only_when_approved",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["DRAFT", "APPROVED"], given_at=None, given_by=None)
                | (Q(state__in=["GIVEN", "WITHDRAWN"]) & ~Q(given_at=None) & ~Q(given_by=None)),
                name="answer_given_at_and_by_go_together",
            ),
        ]


class Card(Versioned):
    """You said; we did, or we could not, because."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="cards")
    insight = models.ForeignKey(Insight, on_delete=models.PROTECT, related_name="cards")
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in Kind])
    you_said = models.TextField()
    we_did = models.TextField()
    because = models.TextField(blank=True)
    place = models.PositiveSmallIntegerField(default=0)

    database_rules = (
        Refuse("settled_stays_insert", "INSERT", OF_A_SETTLED_ONE.format(row="NEW"), "the answer is approved"),
        Refuse("settled_stays_update", "UPDATE", ON_A_SETTLED_ONE, "the answer is approved"),
        Refuse("settled_stays_delete", "DELETE", OF_A_SETTLED_ONE.format(row="OLD"), "the answer is approved"),
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["answer", "insight"], name="card_once_an_insight")]


class AnswerLink(Scoped):
    """An unguessable address under which an answer can be read without an account; can be revoked."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="links")
    nonce = models.CharField(max_length=43)
    token_hash = models.CharField(max_length=64, unique=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    database_rules = (Frozen(("answer", "nonce", "token_hash")), Kept())


class Closing(Scoped):
    """An engagement is closed: it answered those who spoke. Reopened with a reason, it can be closed anew."""

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="closings")
    made_by = models.ForeignKey("workspaces.Member", on_delete=models.PROTECT, related_name="+")
    reopened_at = models.DateTimeField(null=True, blank=True)
    reopened_by = models.ForeignKey("workspaces.Member", on_delete=models.PROTECT, related_name="+", null=True)
    reason = models.CharField(max_length=300, blank=True)

    database_rules = (
        Frozen(("engagement", "made_by")),
        Frozen(("reopened_at", "reopened_by", "reason"), when="OLD.reopened_at IS NOT NULL", name="over"),
        Kept(),
        Refuse(
            "closes_answered",
            "UPDATE",
            CLOSED_UNANSWERED,
            "no engagement closes until it has answered",
            on="engagements_engagement",
        ),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["engagement"], condition=Q(reopened_at=None), name="closing_open_once"),
            models.CheckConstraint(
                condition=Q(reopened_at=None, reopened_by=None, reason="")
                | (~Q(reopened_at=None) & ~Q(reopened_by=None) & ~Q(reason="")),
                name="closing_reopened_at_and_by_go_together",
            ),
        ]


class Reply(Scoped):
    """Someone who spoke says whether they were heard; their word is a voice again."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="replies")
    heard = models.CharField(max_length=10, choices=[(h.value, h.value) for h in Heard])
    # What they wrote, as long as the engine has not heard it; nobody reads it here. From then on the voice holds it.
    word = models.TextField(blank=True)
    voice = models.OneToOneField(Voice, on_delete=models.PROTECT, related_name="reply", null=True)

    database_rules = (
        Frozen(("answer", "heard", "created_at")),
        Frozen(("word", "voice"), when="OLD.word = ''", name="heard"),
        Refuse("word_becomes_a_voice", "UPDATE", WORD_WITHOUT_VOICE, "a word is kept until it is a voice"),
        Kept(),
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(word="") | Q(voice=None), name="reply_word_or_voice")]
