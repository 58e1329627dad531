"""Addresses of kept views."""

from django.urls import path

from antiphon.interfaces.lists.web import views

app_name = "lists"
urlpatterns = [
    path("keep/", views.view_keep, name="keep"),
    path("<uuid:view_id>/", views.view_edit, name="edit"),
    path("<uuid:view_id>/remove/", views.view_remove, name="remove"),
    path("<uuid:view_id>/back/", views.view_bring_back, name="bring_back"),
]
