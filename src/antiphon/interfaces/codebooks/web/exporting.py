"""Takes words away as files."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from antiphon.interfaces.codebooks import files
from antiphon.interfaces.codebooks.web.packs import provenance_of
from antiphon.platform import clock
from antiphon.platform.exports.actions import hand_over
from antiphon.platform.exports.tables import Column
from antiphon.platform.ui.exports import export
from antiphon.platform.vocabulary import queries

# The four that a codebook is read from again keep their names in every language.
COLUMNS = (
    Column("code", _("Code")),
    Column("label", "label"),
    Column("meaning", "meaning"),
    Column("example", "example"),
    Column("under", "under"),
    Column("provenance", _("Provenance"), provenance_of),
    Column("sources", _("Sources")),
    Column("is_unverified", _("Unverified")),
    Column("is_hidden", _("Hidden")),
    Column("is_retired", _("Retired")),
    Column("replaced_by", _("Replaced by")),
)


@require_POST
def pack_export(request: HttpRequest, pack_id: str) -> HttpResponse:
    """A pack as this workspace knows it."""
    return export(request, f"words-{pack_id}", COLUMNS, queries.pack_record(request.member, pack_id).words)


@require_POST
def book_export(request: HttpRequest, codebook_id: UUID) -> HttpResponse:
    """A codebook as a table."""
    return export(request, "codebook", COLUMNS, queries.book_record(request.member, codebook_id).words)


@require_POST
def book_qdc(request: HttpRequest, codebook_id: UUID) -> HttpResponse:
    """A codebook as programs for qualitative analysis exchange it."""
    book = queries.book_record(request.member, codebook_id)
    content = files.as_qdc(book)
    count = sum(not word.is_retired for word in book.words)
    hand_over(by=request.member, what="codebook", kind="qdc", content=content, rows=count, filters={})
    answer = HttpResponse(content, content_type="application/xml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="antiphon-codebook-{clock.today().isoformat()}.qdc"'
    return answer
