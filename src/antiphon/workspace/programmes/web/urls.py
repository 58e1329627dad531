"""Addresses of programmes."""

from django.urls import path

from antiphon.workspace.programmes.web import exporting, views

app_name = "programmes"
urlpatterns = [
    path("", views.programme_list, name="list"),
    path("export/", exporting.programme_export, name="export"),
    path("new/", views.programme_new, name="new"),
    path("<uuid:programme_id>/", views.programme_record, name="record"),
    path("<uuid:programme_id>/edit/", views.programme_edit, name="edit"),
    path("<uuid:programme_id>/questions/", views.question_ask, name="ask"),
    path("questions/<uuid:question_id>/withdraw/", views.question_withdraw, name="question_withdraw"),
]
