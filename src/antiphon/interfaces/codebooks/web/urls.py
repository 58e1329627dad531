"""Addresses of words."""

from django.urls import path

from antiphon.interfaces.codebooks.web import books, entries, exporting, packs

app_name = "codebooks"
urlpatterns = [
    path("", packs.word_list, name="list"),
    path("packs/<slug:pack_id>/", packs.pack_record, name="pack"),
    path("packs/<slug:pack_id>/export/", exporting.pack_export, name="pack_export"),
    path("packs/<slug:pack_id>/hide/", packs.pack_hide, name="hide"),
    path("packs/<slug:pack_id>/show/", packs.pack_show, name="show"),
    path("packs/<slug:pack_id>/add/", entries.pack_add, name="pack_add"),
    path("books/new/", books.book_new, name="new"),
    path("books/<uuid:codebook_id>/", books.book_record, name="record"),
    path("books/<uuid:codebook_id>/edit/", books.book_edit, name="edit"),
    path("books/<uuid:codebook_id>/close/", books.book_close, name="close"),
    path("books/<uuid:codebook_id>/reopen/", books.book_reopen, name="reopen"),
    path("books/<uuid:codebook_id>/bring/", books.book_bring, name="bring"),
    path("books/<uuid:codebook_id>/add/", entries.book_add, name="add"),
    path("books/<uuid:codebook_id>/export/", exporting.book_export, name="export"),
    path("books/<uuid:codebook_id>/qdc/", exporting.book_qdc, name="qdc"),
    path("entries/<uuid:entry_id>/", entries.entry_edit, name="entry"),
    path("entries/<uuid:entry_id>/retire/", entries.entry_retire, name="retire"),
    path("entries/<uuid:entry_id>/bring-back/", entries.entry_bring_back, name="bring_back"),
    path("entries/<uuid:entry_id>/move/", entries.entry_move, name="move"),
]
