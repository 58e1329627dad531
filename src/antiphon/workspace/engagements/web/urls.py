"""Addresses of engagements."""

from django.urls import path

from antiphon.workspace.engagements.web import exporting, views

app_name = "engagements"
urlpatterns = [
    path("", views.engagement_list, name="list"),
    path("export/", exporting.engagement_export, name="export"),
    path("new/", views.engagement_new, name="new"),
    path("<uuid:engagement_id>/", views.engagement_record, name="record"),
    path("<uuid:engagement_id>/edit/", views.engagement_edit, name="edit"),
    path("<uuid:engagement_id>/hold/", views.engagement_hold, name="hold"),
    path("courtesies/<uuid:courtesy_id>/done/", views.courtesy_done, name="courtesy_done"),
]
