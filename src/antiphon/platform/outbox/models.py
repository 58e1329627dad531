"""Letters to people, kept until the mail server has taken them."""

from django.db import models
from django.db.models import Q

from antiphon.platform import clock
from antiphon.platform.database.guards import Frozen, Kept, Refuse
from antiphon.platform.outbox.rules import State
from antiphon.platform.scoped import Scoped

WIPED = {"to": "", "subject": "", "plain": "", "html": "", "reply_to": ""}
COMES_BACK = "OLD.state IN ('SENT', 'RECALLED') AND NEW.state <> OLD.state"
GONE = Q(state__in=[State.SENT, State.RECALLED])


class Letter(Scoped):
    """One letter to one person; its address and its words are wiped when the mail server has taken it."""

    kind = models.CharField(max_length=40)
    object_type = models.CharField(max_length=60)
    object_id = models.UUIDField()
    to = models.EmailField(blank=True)
    to_hash = models.CharField(max_length=64)
    subject = models.CharField(max_length=300, blank=True)
    plain = models.TextField(blank=True)
    html = models.TextField(blank=True)
    reply_to = models.EmailField(blank=True)
    # Nobody, where the product itself writes: how to get back into an account.
    posted_by = models.ForeignKey("workspaces.Member", on_delete=models.PROTECT, related_name="+", null=True)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in State], default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    # While it waits: the moment from which it may be delivered. Moved forward by whoever takes it on, before they try.
    next_try_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    gave_up_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=80, blank=True)

    database_rules = (
        Frozen(("kind", "object_type", "object_id", "to_hash", "posted_by")),
        Refuse("stays_gone", "UPDATE", COMES_BACK, "the letter is gone"),
        Kept(),
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=State.SENT, sent_at__isnull=False) | (~Q(state=State.SENT) & Q(sent_at=None)),
                name="letter_sent_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(state=State.DEAD, gave_up_at__isnull=False) | (~Q(state=State.DEAD) & Q(gave_up_at=None)),
                name="letter_given_up_at_a_moment",
            ),
            models.CheckConstraint(condition=~GONE | Q(**WIPED), name="letter_wiped_when_it_is_gone"),
            models.CheckConstraint(
                condition=~Q(state=State.WAITING) | ~Q(to=""), name="letter_that_waits_has_an_address"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "next_try_at"], name="letter_by_what_is_due"),
            models.Index(fields=["workspace", "object_id", "to_hash"], name="letter_by_thing"),
        ]
