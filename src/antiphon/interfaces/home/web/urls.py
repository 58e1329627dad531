"""Addresses of the first page and of Today."""

from django.urls import path

from antiphon.interfaces.home.web import views

app_name = "home"
urlpatterns = [
    path("", views.welcome, name="welcome"),
    path("today/", views.today, name="today"),
    path("tour/", views.tour, name="tour"),
    path("sign-in-as/", views.sign_in_as, name="sign_in_as"),
    path("theme/", views.theme, name="theme"),
    path("language/", views.language, name="language"),
    path("health/", views.health, name="health"),
]
