"""Addresses of the API's own pages."""

from django.urls import path

from antiphon.interfaces.api.web import views

app_name = "programs"
urlpatterns = [
    path("", views.token_list, name="list"),
    path("new/", views.token_new, name="new"),
    path("<uuid:token_id>/revoke/", views.token_revoke, name="revoke"),
    path("openapi.json", views.description, name="description"),
]
