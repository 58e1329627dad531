"""Takes words away as files."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from antiphon.interfaces.codebooks import files
from antiphon.interfaces.codebooks.exports import WORDS
from antiphon.platform import clock
from antiphon.platform.ui.exports import attachment, export
from antiphon.platform.vocabulary import queries


@require_POST
def pack_export(request: HttpRequest, pack_id: str) -> HttpResponse:
    """A pack as this workspace knows it."""
    return export(request, f"words-{pack_id}", WORDS, queries.pack_record(request.member, pack_id).words)


@require_POST
def book_export(request: HttpRequest, codebook_id: UUID) -> HttpResponse:
    """A codebook as a table."""
    return export(request, "codebook", WORDS, queries.book_record(request.member, codebook_id).words)


@require_POST
def book_qdc(request: HttpRequest, codebook_id: UUID) -> HttpResponse:
    """A codebook as programs for qualitative analysis exchange it."""
    book = queries.book_record(request.member, codebook_id)
    content = files.hand_over_qdc(by=request.member, book=book)
    return attachment(content, files.QDC_TYPE, f"antiphon-codebook-{clock.today().isoformat()}.qdc")
