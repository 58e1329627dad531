"""Every address of Antiphon."""

from django.urls import include, path

urlpatterns = [
    path("", include("antiphon.interfaces.home.web.urls")),
    path("programs/", include("antiphon.interfaces.api.web.urls")),
    path("api/v1/", include("antiphon.interfaces.api.urls", namespace="api")),
    path("account/", include("allauth.urls")),
    path("people/", include("antiphon.interfaces.administration.web.urls")),
    path("programmes/", include("antiphon.workspace.programmes.web.urls")),
    path("engagements/", include("antiphon.workspace.engagements.web.urls")),
    path("voices/", include("antiphon.workspace.voices.web.urls")),
    path("insights/", include("antiphon.workspace.insights.web.urls")),
    path("decisions/", include("antiphon.workspace.decisions.web.urls")),
    path("answers/", include("antiphon.workspace.answers.web.urls")),
    path("", include("antiphon.workspace.measures.web.urls")),
    path("reports/", include("antiphon.interfaces.reports.web.urls")),
    path("lists/", include("antiphon.interfaces.lists.web.urls")),
    path("words/", include("antiphon.interfaces.codebooks.web.urls")),
    path("ask/", include("antiphon.interfaces.search.web.urls")),
]

handler400 = "antiphon.platform.ui.pages.not_readable"
handler403 = "antiphon.platform.ui.pages.forbidden"
handler404 = "antiphon.platform.ui.pages.not_found"
handler500 = "antiphon.platform.ui.pages.server_error"
