"""Giving an approved answer: a page behind a link, an e-mail; and taking it away again."""

from collections.abc import Callable, Iterable

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from antiphon.platform import clock
from antiphon.platform.audit.trail import record
from antiphon.platform.errors import NotValid, check_allowed, check_now
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.answers import permissions, queries, rules
from antiphon.workspace.answers.actions.drafting import locked
from antiphon.workspace.answers.models import Answer, AnswerLink
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
    if not reason.strip():
        raise NotValid(_("Say why it is withdrawn."), {"reason": _("Say why it is withdrawn.")})
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


def send(*, by: Member, answer: Answer, addresses: Iterable[str]) -> list[str]:
    """Send the link to addresses typed in now, a letter each; none is kept, those not taken are given back."""
    check_allowed(permissions.may_give(by), _("Only patient engagement leads give answers."))
    answer = queries.get(by, answer.pk)
    check_now(answer.state == State.GIVEN, _("Only an answer that was given can be sent."))
    write = _letter(by, answer)
    sent, refused = 0, []
    with get_connection() as connection:
        for address in addresses:
            try:
                sent += connection.send_messages([write(address)]) or 0
            except OSError:
                refused.append(address)
    if sent:
        with transaction.atomic():
            record("answer.sent", answer, by=by, facts={"letters": sent})
    return refused


def _letter(by: Member, answer: Answer) -> Callable[[str], EmailMultiAlternatives]:
    """How each letter is written: the same words, to one person."""
    # A name may have come with a line break, and a letter's head must not.
    name = " ".join(answer.engagement.name.split())
    subject = _("What became of what you said: %(name)s") % {"name": name}
    address = queries.link_address(by, answer.pk)
    context = {"answer": answer, "address": address, "sender": by.workspace.name, "subject": subject}
    plain, rich = (render_to_string(f"answers/email.{kind}", context) for kind in ("txt", "html"))

    def write(to: str) -> EmailMultiAlternatives:
        letter = EmailMultiAlternatives(subject, plain, settings.DEFAULT_FROM_EMAIL, [to], reply_to=[by.user.email])
        letter.attach_alternative(rich, "text/html")
        return letter

    return write


def _make_link(answer: Answer) -> AnswerLink:
    nonce = rules.new_nonce()
    token = rules.token_for(nonce, settings.SECRET_KEY)
    return AnswerLink.objects.create(
        workspace_id=answer.workspace_id, answer=answer, nonce=nonce, token_hash=rules.token_hash(token)
    )


def _revoke_links(answer: Answer) -> None:
    answer.links.filter(revoked_at=None).update(revoked_at=clock.now())
