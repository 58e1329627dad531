"""The address of search."""

from django.urls import path

from antiphon.interfaces.search.web import views

app_name = "search"
urlpatterns = [path("", views.ask, name="ask"), path("jump/", views.jump, name="jump")]
