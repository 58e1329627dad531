"""Addresses of reports."""

from django.urls import path

from antiphon.interfaces.reports.web import views

app_name = "reports"
urlpatterns = [
    path("", views.report_choose, name="choose"),
    path("preview/", views.report_preview, name="preview"),
    path("make/", views.report_make, name="make"),
]
