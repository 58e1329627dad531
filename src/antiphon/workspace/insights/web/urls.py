"""Addresses of insights."""

from django.urls import path

from antiphon.workspace.insights.web import exporting, merging, steps, views

app_name = "insights"
urlpatterns = [
    path("", views.insight_list, name="list"),
    path("export/", exporting.insight_export, name="export"),
    path("new/", views.insight_new, name="new"),
    path("similar/", views.insight_similar, name="similar"),
    path("<uuid:insight_id>/", views.insight_record, name="record"),
    path("<uuid:insight_id>/edit/", views.insight_edit, name="edit"),
    path("<uuid:insight_id>/agree/", steps.insight_agree, name="agree"),
    path("<uuid:insight_id>/set-aside/", steps.insight_set_aside, name="set_aside"),
    path("<uuid:insight_id>/reopen/", steps.insight_reopen, name="reopen"),
    path("<uuid:insight_id>/merge/", merging.insight_merge, name="merge"),
    path("<uuid:insight_id>/unmerge/", merging.insight_unmerge, name="unmerge"),
    path("<uuid:insight_id>/voices/", steps.voice_add, name="add_voice"),
    path("<uuid:insight_id>/voices/<uuid:voice_id>/remove/", steps.voice_remove, name="remove_voice"),
]
