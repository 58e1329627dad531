"""Hiding shipped entries that a workspace does not use, and showing them again."""

from django.db import transaction
from django.utils.translation import gettext as _

from antiphon.content import packs
from antiphon.platform import clock
from antiphon.platform.audit.trail import record
from antiphon.platform.errors import NotNow, check_now
from antiphon.platform.vocabulary import queries, rules
from antiphon.platform.vocabulary.actions import checking
from antiphon.platform.vocabulary.models import HiddenEntry
from antiphon.platform.workspaces.models import Member


@transaction.atomic
def hide(*, by: Member, pack: str, code: str) -> HiddenEntry:
    """Offer a shipped entry no longer, and what stands under it; where it was chosen it keeps its words."""
    checking.check_may_change(by)
    checking.hold_words(by)
    if pack not in packs() or code not in queries.pack(by, pack):
        raise queries.NoSuchWord(code)
    check_now(pack in rules.HIDEABLE, _("Nothing of this pack is hidden: rules or records rest on it."))
    known = queries.pack(by, pack)
    check_now(known.offers(code), _("This entry is not offered."))
    covered = {each.id for each in known if any(above.id == code for above in known.path(each.id))}
    if not rules.can_hide(pack, [each.id for each in known], covered):
        raise NotNow(_("Something has to be left to choose from."))
    hidden = HiddenEntry.objects.create(
        workspace_id=by.workspace_id, pack=pack, code=code, hidden_at=clock.now(), hidden_by=by
    )
    queries.forget(by)
    record("entry.hidden", hidden, by=by, facts={"pack": pack, "code": code})
    return hidden


@transaction.atomic
def show(*, by: Member, pack: str, code: str) -> None:
    """Offer a hidden entry again."""
    checking.check_may_change(by)
    checking.hold_words(by)
    hidden = HiddenEntry.objects.visible_to(by).filter(pack=pack, code=code).first()
    if hidden is None:
        raise queries.NoSuchWord(code)
    record("entry.shown", hidden, by=by, facts={"pack": pack, "code": code})
    hidden.delete()
    queries.forget(by)
