"""Every address of Antiphon."""

from django.urls import include, path

urlpatterns = [
    path("", include("antiphon.interfaces.home.web.urls")),
    path("account/", include("allauth.urls")),
    path("programmes/", include("antiphon.workspace.programmes.web.urls")),
    path("engagements/", include("antiphon.workspace.engagements.web.urls")),
    path("voices/", include("antiphon.workspace.voices.web.urls")),
    path("insights/", include("antiphon.workspace.insights.web.urls")),
    path("decisions/", include("antiphon.workspace.decisions.web.urls")),
    path("answers/", include("antiphon.workspace.answers.web.urls")),
    path("", include("antiphon.workspace.measures.web.urls")),
    path("ask/", include("antiphon.interfaces.search.web.urls")),
]

handler403 = "antiphon.platform.ui.pages.forbidden"
handler404 = "antiphon.platform.ui.pages.not_found"
handler500 = "antiphon.platform.ui.pages.server_error"
