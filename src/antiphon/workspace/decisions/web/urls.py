"""Addresses of decisions."""

from django.urls import path

from antiphon.workspace.decisions.web import exporting, steps, views

app_name = "decisions"
urlpatterns = [
    path("", views.decision_list, name="list"),
    path("export/", exporting.decision_export, name="export"),
    path("new/", views.decision_new, name="new"),
    path("<uuid:decision_id>/", views.decision_record, name="record"),
    path("<uuid:decision_id>/edit/", views.decision_edit, name="edit"),
    path("<uuid:decision_id>/outcome/", views.decision_outcome, name="outcome"),
    path("<uuid:decision_id>/weigh/", steps.decision_weigh, name="weigh"),
    path("weighings/<uuid:weighing_id>/", steps.weighing_settle, name="weighing"),
    path("weighings/<uuid:weighing_id>/off/", steps.weighing_off, name="unweigh"),
    path("<uuid:decision_id>/options/", steps.option_add, name="option_add"),
    path("options/<uuid:option_id>/choose/", steps.option_choose, name="option_choose"),
    path("<uuid:decision_id>/close/", steps.decision_close, name="close"),
    path("<uuid:decision_id>/supersede/", steps.decision_supersede, name="supersede"),
    path("<uuid:decision_id>/changes/", steps.change_add, name="change_add"),
]
