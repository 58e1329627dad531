"""Keeping codebooks of one's own."""

from django.db import transaction
from django.utils.translation import gettext as _

from antiphon.platform import clock
from antiphon.platform.audit.meanwhile import check_unchanged
from antiphon.platform.audit.trail import record
from antiphon.platform.errors import NotValid, check_now
from antiphon.platform.vocabulary import queries, rules
from antiphon.platform.vocabulary.actions import checking
from antiphon.platform.vocabulary.models import Codebook
from antiphon.platform.workspaces.models import Member


@transaction.atomic
def open_codebook(*, by: Member, name: str, purpose: str) -> Codebook:
    """Open a codebook of one's own beside the four sections."""
    checking.check_may_change(by)
    checking.hold_words(by)
    name, purpose = _checked(by, name, purpose)
    book = Codebook.objects.create(
        workspace_id=by.workspace_id, code=checking.next_code(by), name=name, purpose=purpose, made_by=by
    )
    queries.forget(by)
    changes = {"name": ("", name), "purpose": ("", purpose)}
    record("codebook.opened", book, by=by, changes=changes, facts={"code": book.code})
    return book


@transaction.atomic
def edit_codebook(*, by: Member, codebook: Codebook, name: str, purpose: str, version: int | None = None) -> Codebook:
    """Say anew what a codebook is called and what it is for; its code stays."""
    checking.check_may_change(by)
    checking.hold_words(by)
    book = checking.locked_book(by, codebook)
    check_unchanged(book, version, ["codebook.edited"])
    new = dict(zip(("name", "purpose"), _checked(by, name, purpose, but=book), strict=True))
    changed = {field: (getattr(book, field), value) for field, value in new.items() if getattr(book, field) != value}
    if not changed:
        return book
    for field, (_before, after) in changed.items():
        setattr(book, field, after)
    book.version += 1
    book.save(update_fields=[*changed, "version"])
    queries.forget(by)
    facts = {"code": book.code, "version": book.version}
    record("codebook.edited", book, by=by, changes=changed, facts=facts)
    return book


@transaction.atomic
def close_codebook(*, by: Member, codebook: Codebook) -> Codebook:
    """Offer a codebook no longer; what was coded with it keeps its words."""
    checking.check_may_change(by)
    book = checking.locked_book(by, codebook)
    check_now(book.closed_at is None, _("This codebook is closed already."))
    return _turn(by, book, "codebook.closed", (clock.now(), by))


@transaction.atomic
def reopen_codebook(*, by: Member, codebook: Codebook) -> Codebook:
    """Offer a closed codebook again."""
    checking.check_may_change(by)
    book = checking.locked_book(by, codebook)
    check_now(book.closed_at is not None, _("This codebook is in use."))
    return _turn(by, book, "codebook.reopened", (None, None))


def _turn(by: Member, book: Codebook, action: str, closed: tuple) -> Codebook:
    book.closed_at, book.closed_by = closed
    book.save(update_fields=["closed_at", "closed_by"])
    queries.forget(by)
    record(action, book, by=by, facts={"code": book.code})
    return book


def _checked(by: Member, name: str, purpose: str, but: Codebook | None = None) -> tuple[str, str]:
    name, purpose = checking.checked_label(name, "name"), checking.one_line(purpose)
    same = Codebook.objects.visible_to(by).filter(name__iexact=name).exclude(pk=but.pk if but else None)
    if same.exists():
        raise NotValid(_("There is a codebook with this name already."), {"name": _("Choose another name.")})
    if not 0 < len(purpose) <= rules.LONGEST_MEANING:
        sentence = _("Say in one or two sentences what it is for.")
        raise NotValid(sentence, {"purpose": sentence})
    return name, purpose
