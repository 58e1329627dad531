"""Giving an approved answer: a page behind a link, an e-mail; and taking it away again."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from antiphon.platform import clock
from antiphon.platform.audit.trail import record
from antiphon.platform.errors import NotValid, check_allowed, check_now
from antiphon.platform.outbox import actions as outbox
from antiphon.platform.outbox import queries as outbox_queries
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.answers import permissions, queries, rules
from antiphon.workspace.answers.actions.drafting import locked
from antiphon.workspace.answers.models import Answer, AnswerLink
from antiphon.workspace.answers.rules import State
from antiphon.workspace.engagements import queries as engagements
from antiphon.workspace.engagements.rules import State as EngagementState


@dataclass(frozen=True, slots=True)
class Posted:
    """How many letters are on their way now, and how many people have theirs already."""

    new_count: int
    known_count: int


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
    _revoke_links(by, answer)
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
    is_over = engagements.get(by, answer.engagement_id).state == EngagementState.CLOSED
    check_now(not is_over, _("Its engagement is closed. Reopen the engagement first, and say why."))
    answer.state, answer.withdrawn_at = State.WITHDRAWN, clock.now()
    answer.save(update_fields=["state", "withdrawn_at"])
    _revoke_links(by, answer)
    record("answer.withdrawn", answer, by=by, reason=reason)
    return answer


@transaction.atomic
def send(*, by: Member, answer: Answer, addresses: Iterable[str]) -> Posted:
    """Post the link to addresses typed in now, a letter each; an address is kept until its letter has arrived."""
    check_allowed(permissions.may_give(by), _("Only patient engagement leads give answers."))
    answer = locked(by, answer)
    check_now(answer.state == State.GIVEN, _("Only an answer that was given can be sent."))
    link = queries.open_link(by, answer.pk)
    typed = {address.lower(): address for address in addresses}.values()
    known = outbox_queries.written_to(by.workspace_id, link.pk, typed)
    words = _letter(by, answer)
    wanted = [address for address in typed if address not in known]
    for address in wanted:
        outbox.post(
            by=by,
            workspace_id=by.workspace_id,
            kind="answer",
            thing=link,
            to=address,
            reply_to=by.user.email,
            **words,
        )
    if wanted:
        record("answer.sent", answer, by=by, facts={"letters": len(wanted)})
    return Posted(len(wanted), len(known))


def _letter(by: Member, answer: Answer) -> dict[str, str]:
    """What the letter says to everyone."""
    # A name may have come with a line break, and a letter's head must not.
    name = " ".join(answer.engagement.name.split())
    subject = _("What became of what you said: %(name)s") % {"name": name}
    address = queries.link_address(by, answer.pk)
    context = {"answer": answer, "address": address, "sender": by.workspace.name, "subject": subject}
    plain, rich = (render_to_string(f"answers/email.{kind}", context) for kind in ("txt", "html"))
    return {"subject": subject, "plain": plain, "html": rich}


def _make_link(answer: Answer) -> AnswerLink:
    nonce = rules.new_nonce()
    token = rules.token_for(nonce, settings.SECRET_KEY)
    return AnswerLink.objects.create(
        workspace_id=answer.workspace_id, answer=answer, nonce=nonce, token_hash=rules.token_hash(token)
    )


def _revoke_links(by: Member, answer: Answer) -> None:
    """Close the open links, and call back the letters that would bring people to one."""
    for link in answer.links.filter(revoked_at=None):
        link.revoked_at = clock.now()
        link.save(update_fields=["revoked_at"])
        outbox.recall(by=by, thing=link)
