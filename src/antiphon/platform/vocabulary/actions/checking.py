"""What every change of the words is held against."""

from django.utils.translation import gettext as _

from antiphon.platform.errors import NotValid, check_allowed
from antiphon.platform.vocabulary import permissions, queries, rules
from antiphon.platform.vocabulary.models import Codebook, CodebookEntry
from antiphon.platform.workspaces.models import Member, Workspace


def check_may_change(by: Member) -> None:
    """Refuse members whose role uses the words as they are."""
    check_allowed(permissions.may_change(by), _("Patient engagement leads and administrators change the words."))


def hold_words(by: Member) -> None:
    """Let nobody else change the words of this workspace until this change is made."""
    Workspace.objects.select_for_update().get(pk=by.workspace_id)


def next_code(by: Member) -> str:
    """A code that no word of this workspace ever had: words are retired, never deleted."""
    taken = Codebook.objects.visible_to(by).count() + CodebookEntry.objects.visible_to(by).count()
    return rules.code_of(taken + 1)


def locked_book(by: Member, book: Codebook) -> Codebook:
    """The codebook as it is now, held until this change is made."""
    current = Codebook.objects.visible_to(by).select_for_update().filter(pk=book.pk).first()
    if current is None:
        raise queries.NoSuchWord(book.pk)
    return current


def locked_entry(by: Member, entry: CodebookEntry) -> CodebookEntry:
    """The entry as it is now, held until this change is made."""
    current = CodebookEntry.objects.visible_to(by).select_for_update().filter(pk=entry.pk).first()
    if current is None:
        raise queries.NoSuchWord(entry.pk)
    return current


def one_line(text: str) -> str:
    """A text without line breaks and doubled spaces, as every pack writes it."""
    return " ".join(text.split())


def checked_label(text: str, field: str = "label") -> str:
    """A label that says something and fits on a line."""
    if not rules.is_a_label(text):
        sentence = _("Write 1 to %(longest)s letters.") % {"longest": rules.LONGEST_LABEL}
        raise NotValid(sentence, {field: sentence})
    return one_line(text)


def check_said_once(by: Member, label: str, pack_id: str, *, but: str = "") -> None:
    """What can be chosen side by side is told apart by its words."""
    wanted = label.casefold()
    if any(each.label.casefold() == wanted and each.id != but for each in queries.pack(by, pack_id)):
        sentence = _("There is an entry with these words already. Use that one, or say what is different.")
        raise NotValid(sentence, {"label": sentence})
