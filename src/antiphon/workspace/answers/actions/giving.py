"""Giving an approved answer: a page behind a link, an e-mail; and taking it away again."""

from collections.abc import Iterable

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from antiphon.platform import clock
from antiphon.platform.audit.trail import record
from antiphon.platform.errors import check_allowed, check_now
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.answers import permissions, rules
from antiphon.workspace.answers.actions.drafting import locked
from antiphon.workspace.answers.models import Answer, AnswerLink
from antiphon.workspace.answers.queries import link_address
from antiphon.workspace.answers.rules import State


@transaction.atomic
def give(*, by: Member, answer: Answer) -> Answer:
    """Give the answer to those who spoke: from now on its page can be read."""
    check_allowed(permissions.may_give(by), _("Only patient engagement leads give answers."))
    answer = locked(by, answer)
    check_now(
        rules.can_become(State(answer.state), State.GIVEN),
        _("A second person approves an answer before it is given."),
    )
    answer.state, answer.given_at, answer.given_by = State.GIVEN, clock.now(), by
    answer.save(update_fields=["state", "given_at", "given_by"])
    _make_link(answer)
    facts = {"engagement": answer.engagement_id, "decision": answer.decision_id}
    record("answer.given", answer, by=by, facts=facts)
    return answer


@transaction.atomic
def renew_link(*, by: Member, answer: Answer) -> AnswerLink:
    """Make a new link; the old one stops working at once."""
    check_allowed(permissions.may_give(by), _("Only patient engagement leads give answers."))
    answer = locked(by, answer)
    check_now(answer.state == State.GIVEN, _("Only an answer that was given has a link."))
    _revoke_links(answer)
    link = _make_link(answer)
    record("answer.link_renewed", answer, by=by)
    return link


@transaction.atomic
def withdraw(*, by: Member, answer: Answer, reason: str) -> Answer:
    """Take a given answer away: its page can no longer be read, and a new answer can be drafted."""
    check_allowed(permissions.may_give(by), _("Only patient engagement leads give answers."))
    answer = locked(by, answer)
    check_now(
        rules.can_become(State(answer.state), State.WITHDRAWN),
        _("Only an answer that was given can be withdrawn."),
    )
    answer.state, answer.withdrawn_at = State.WITHDRAWN, clock.now()
    answer.save(update_fields=["state", "withdrawn_at"])
    _revoke_links(answer)
    record("answer.withdrawn", answer, by=by, reason=reason)
    return answer


def send(*, by: Member, answer: Answer, addresses: Iterable[str]) -> int:
    """Send the link to addresses typed in now; each gets a letter of its own, and no address is kept."""
    check_allowed(permissions.may_give(by), _("Only patient engagement leads give answers."))
    check_now(answer.state == State.GIVEN, _("Give the answer first."))
    context = {"answer": answer, "address": link_address(by, answer.pk), "sender": by.workspace.name}
    subject = context["subject"] = _("What became of what you said: %(name)s") % {
        "name": answer.engagement.name
    }
    with get_connection() as connection:
        letters = []
        for address in addresses:
            letter = EmailMultiAlternatives(
                subject,
                render_to_string("answers/email.txt", context),
                settings.DEFAULT_FROM_EMAIL,
                [address],
                reply_to=[by.user.email],
                connection=connection,
            )
            letter.attach_alternative(render_to_string("answers/email.html", context), "text/html")
            letters.append(letter)
        sent = connection.send_messages(letters) or 0
    with transaction.atomic():
        record("answer.sent", answer, by=by, facts={"letters": sent})
    return sent


def _make_link(answer: Answer) -> AnswerLink:
    nonce = rules.new_nonce()
    token = rules.token_for(nonce, settings.SECRET_KEY)
    return AnswerLink.objects.create(
        workspace_id=answer.workspace_id, answer=answer, nonce=nonce, token_hash=rules.token_hash(token)
    )


def _revoke_links(answer: Answer) -> None:
    answer.links.filter(revoked_at=None).update(revoked_at=clock.now())
