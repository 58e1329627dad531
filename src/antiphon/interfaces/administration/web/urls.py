"""Addresses of people, invitations, letters and settings; the two with a token are for invited people."""

from django.urls import path

from antiphon.interfaces.administration.web import (
    choosing,
    exporting,
    invitations,
    joining,
    letters,
    members,
    settings,
)

app_name = "administration"
urlpatterns = [
    path("", members.member_list, name="members"),
    path("export/", exporting.member_export, name="export"),
    path("invite/", invitations.invite, name="invite"),
    path("invitations/<uuid:invitation_id>/revoke/", invitations.invitation_revoke, name="invitation_revoke"),
    path("invitations/<uuid:invitation_id>/renew/", invitations.invitation_renew, name="invitation_renew"),
    path("invitation/<str:token>/", joining.invitation, name="invitation"),
    path("invitation/<str:token>/accept/", joining.invitation_accept, name="accept"),
    path("letters/", letters.letter_list, name="letters"),
    path("letters/<uuid:letter_id>/again/", letters.letter_again, name="letter_again"),
    path("letters/<uuid:letter_id>/forget/", letters.letter_forget, name="letter_forget"),
    path("settings/", settings.workspace_settings, name="settings"),
    path("choose/", choosing.choose, name="choose"),
    path("switch/", choosing.switch, name="switch"),
    path("<uuid:member_id>/", members.member, name="member"),
    path("<uuid:member_id>/end/", members.member_end, name="member_end"),
    path("<uuid:member_id>/take-back/", members.member_take_back, name="member_take_back"),
]
