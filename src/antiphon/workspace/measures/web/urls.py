"""Addresses of the map and the trails."""

from django.urls import URLPattern, path

from antiphon.workspace.measures.web import exporting, views

app_name = "measures"


def trail_files(kind: str) -> list[URLPattern]:
    """The files that a trail can become."""
    of = f"trail/{kind}/<uuid:{kind}_id>"
    return [
        path(f"{of}/export/", exporting.trail_export, name="trail_export"),
        path(f"{of}/prov/", exporting.trail_prov, name="trail_prov"),
    ]


urlpatterns = [
    path("map/", views.gap_map, name="map"),
    path("map/export/", exporting.map_export, name="map_export"),
    path("map/cell/", views.map_cell, name="cell"),
    path("trail/voice/<uuid:voice_id>/", views.trail_voice, name="trail_voice"),
    path("trail/insight/<uuid:insight_id>/", views.trail_insight, name="trail_insight"),
    path("trail/decision/<uuid:decision_id>/", views.trail_decision, name="trail_decision"),
    *trail_files("voice"),
    *trail_files("insight"),
    *trail_files("decision"),
]
