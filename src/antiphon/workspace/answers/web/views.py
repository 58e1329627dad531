"""Pages of answers, for those who prepare them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from antiphon.platform.audit.history import history
from antiphon.platform.ui import filters
from antiphon.platform.ui.forms import refusals_in, status_of
from antiphon.platform.ui.lists import on_page, table
from antiphon.platform.ui.render import go, render_page
from antiphon.workspace.answers import actions, queries
from antiphon.workspace.answers.exports import ANSWERS
from antiphon.workspace.answers.web.forms import ApproveForm, CardForm, LetterForm, SendForm, WithdrawForm
from antiphon.workspace.decisions import queries as decisions

if TYPE_CHECKING:
    from antiphon.workspace.answers.models import Answer, Card

STATES = [
    ("DRAFT", lazy("Draft")),
    ("APPROVED", lazy("Approved")),
    ("GIVEN", lazy("Given")),
    ("WITHDRAWN", lazy("Withdrawn")),
]
HISTORY = {
    "answer.drafted": lazy("drafted it"),
    "answer.worded": lazy("worded it"),
    "answer.approved": lazy("approved it"),
    "answer.taken_back": lazy("made it a draft again"),
    "answer.given": lazy("gave it"),
    "answer.sent": lazy("sent it by e-mail"),
    "answer.link_renewed": lazy("renewed its link"),
    "answer.withdrawn": lazy("withdrew it"),
    "answer.replied": lazy("heard what those who spoke say of it"),
}


@require_GET
def answer_list(request: HttpRequest) -> HttpResponse:
    """All answers, those that wait first, and the decisions that have none."""
    state = request.GET.get("state", "")
    page = queries.page(request.member, **on_page(request, ANSWERS), state=state)
    context = {
        "table": table(request, ANSWERS, page),
        "undrafted": queries.undrafted(request.member),
        "filters": [filters.select("state", _("State"), state, STATES)],
        "filtered": bool(state),
    }
    return render_page(request, "answers/list.html", context, part="rows")


@require_POST
def answer_draft(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """Draft the answers a decision owes."""
    decision = decisions.get(request.member, decision_id)
    drafted = actions.draft(by=request.member, decision=decision)
    if len(drafted) == 1:
        messages.success(request, _("The answer is drafted. Word it for those who will read it."))
        return go(request, "answers:record", drafted[0].pk)
    words = ngettext("%(n)s answer is drafted.", "%(n)s answers are drafted.", len(drafted)) % {"n": len(drafted)}
    messages.success(request, words if drafted else _("Every engagement behind this decision has its answer already."))
    return go(request, "answers:list")


@require_GET
def answer_record(request: HttpRequest, answer_id: UUID) -> HttpResponse:
    """An answer with its cards, its steps and what came back."""
    return _record(request, answer_id)


@require_POST
def card_word(request: HttpRequest, card_id: UUID) -> HttpResponse:
    """Word one card."""
    card = queries.get_card(request.member, card_id)
    form = CardForm(request.POST, initial=_card_words(card), prefix=_prefix(card_id))
    if form.is_valid():
        with refusals_in(form, lambda: _card_words(queries.get_card(request.member, card_id))):
            actions.word_card(by=request.member, card=card, **form.cleaned_data)
            messages.success(request, _("The card is kept. Somebody else approves the answer."))
            return go(request, "answers:record", card.answer_id)
    return _record(request, card.answer_id, status=status_of(form), wrong_card=(card_id, form))


@require_POST
def letter_word(request: HttpRequest, answer_id: UUID) -> HttpResponse:
    """Word what stands around the cards."""
    answer = queries.get(request.member, answer_id)
    form = LetterForm(request.POST, initial=_letter_words(answer))
    if form.is_valid():
        with refusals_in(form, lambda: _letter_words(queries.get(request.member, answer_id))):
            actions.word_letter(by=request.member, answer=answer, **form.cleaned_data)
            messages.success(request, _("The letter is kept. Somebody else approves the answer."))
            return go(request, "answers:record", answer_id)
    return _record(request, answer_id, status=status_of(form), letter_form=form)


@require_POST
def answer_approve(request: HttpRequest, answer_id: UUID) -> HttpResponse:
    """Approve somebody else's words, as they were read."""
    answer = queries.get(request.member, answer_id)
    form = ApproveForm.of(queries.record(request.member, answer_id), request.POST)
    try:
        actions.approve(by=request.member, answer=answer, read=actions.Read(*form.read()))
    except actions.WordsChanged as changed:
        return _record(request, answer_id, status=changed.status, changed=changed)
    messages.success(request, _("The answer is approved. It can be given now."))
    return go(request, "answers:record", answer_id)


@require_POST
def answer_take_back(request: HttpRequest, answer_id: UUID) -> HttpResponse:
    """Make an approved answer a draft again."""
    actions.take_back(by=request.member, answer=queries.get(request.member, answer_id))
    messages.success(request, _("The answer is a draft again."))
    return go(request, "answers:record", answer_id)


@require_POST
def answer_give(request: HttpRequest, answer_id: UUID) -> HttpResponse:
    """Give the answer."""
    actions.give(by=request.member, answer=queries.get(request.member, answer_id))
    messages.success(request, _("The answer is given. Share its link, print it, or send it."))
    return go(request, "answers:record", answer_id)


@require_POST
def answer_send(request: HttpRequest, answer_id: UUID) -> HttpResponse:
    """Send the link by e-mail."""
    answer = queries.get(request.member, answer_id)
    form = SendForm(request.POST)
    if not form.is_valid():
        return _record(request, answer_id, status=422, send_form=form)
    posted = actions.send(by=request.member, answer=answer, addresses=form.cleaned_data["addresses"])
    for sentence in _about(posted):
        messages.success(request, sentence)
    return go(request, "answers:record", answer_id)


@require_GET
def answer_post(request: HttpRequest, answer_id: UUID) -> HttpResponse:
    """How its letters stand, asked again and again while some are on their way."""
    answer = queries.get(request.member, answer_id)
    context = {"answer_id": answer.pk, "post": queries.post_of(request.member, answer.pk)}
    return render_page(request, "answers/post.html", context)


@require_POST
def answer_withdraw(request: HttpRequest, answer_id: UUID) -> HttpResponse:
    """Take a given answer away."""
    answer = queries.get(request.member, answer_id)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _record(request, answer_id, status=422, withdraw_form=form)
    actions.withdraw(by=request.member, answer=answer, reason=form.cleaned_data["reason"])
    messages.success(request, _("The answer is withdrawn and its page is gone. You can draft a new one."))
    return go(request, "answers:record", answer_id)


@require_POST
def link_renew(request: HttpRequest, answer_id: UUID) -> HttpResponse:
    """Make a new link; the old one stops working."""
    actions.renew_link(by=request.member, answer=queries.get(request.member, answer_id))
    messages.success(request, _("There is a new link. The old one does not work any more."))
    return go(request, "answers:record", answer_id)


def _about(posted: actions.Posted) -> Iterator[str]:
    if posted.new_count:
        words = ngettext("%(n)s letter is on its way.", "%(n)s letters are on their way.", posted.new_count)
        yield words % {"n": posted.new_count}
    if posted.known_count:
        words = ngettext(
            "%(n)s person was sent this letter already and gets no second one.",
            "%(n)s people were sent this letter already and get no second one.",
            posted.known_count,
        )
        yield words % {"n": posted.known_count}


def _prefix(card_id: UUID) -> str:
    return f"c{card_id.hex[-6:]}"


def _record(
    request: HttpRequest,
    answer_id: UUID,
    *,
    status: int = 200,
    wrong_card: tuple | None = None,
    **forms: object,
) -> HttpResponse:
    record = queries.record(request.member, answer_id)
    wrong_id, wrong_form = wrong_card or (None, None)
    cards = [
        (
            card,
            wrong_form if card.id == wrong_id else CardForm(initial=_card_words(card), prefix=_prefix(card.id)),
        )
        for card in record.cards
    ]
    context = {
        "answer": record,
        "cards": cards,
        "approve_form": ApproveForm.of(record),
        "letter_form": LetterForm(initial=_letter_words(record)),
        "send_form": SendForm(),
        "withdraw_form": WithdrawForm(),
        "answer_id": answer_id,
        "post": queries.post_of(request.member, answer_id),
        "history": history(request.member, "answers.Answer", answer_id, HISTORY),
        **forms,
    }
    return render_page(request, "answers/record.html", context, status=status)


def _card_words(card: "queries.CardRow | Card") -> dict[str, object]:
    return {name: getattr(card, name) for name in CardForm.base_fields}


def _letter_words(answer: "queries.AnswerRecord | Answer") -> dict[str, object]:
    return {name: getattr(answer, name) for name in LetterForm.base_fields}
