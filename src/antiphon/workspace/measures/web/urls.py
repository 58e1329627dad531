"""Addresses of the map and the trails."""

from django.urls import path

from antiphon.workspace.measures.web import views

app_name = "measures"
urlpatterns = [
    path("map/", views.gap_map, name="map"),
    path("map/cell/", views.map_cell, name="cell"),
    path("trail/voice/<uuid:voice_id>/", views.trail_voice, name="trail_voice"),
    path("trail/insight/<uuid:insight_id>/", views.trail_insight, name="trail_insight"),
    path("trail/decision/<uuid:decision_id>/", views.trail_decision, name="trail_decision"),
]
