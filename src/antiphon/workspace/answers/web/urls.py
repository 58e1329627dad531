"""Addresses of answers; the last two are for those who spoke."""

from django.urls import path

from antiphon.workspace.answers.web import closing, exporting, public, views

app_name = "answers"
urlpatterns = [
    path("", views.answer_list, name="list"),
    path("export/", exporting.answer_export, name="export"),
    path("draft/<uuid:decision_id>/", views.answer_draft, name="draft"),
    path("engagements/<uuid:engagement_id>/close/", closing.engagement_close, name="close_engagement"),
    path("engagements/<uuid:engagement_id>/reopen/", closing.engagement_reopen, name="reopen_engagement"),
    path("<uuid:answer_id>/", views.answer_record, name="record"),
    path("cards/<uuid:card_id>/", views.card_word, name="card"),
    path("<uuid:answer_id>/letter/", views.letter_word, name="letter"),
    path("<uuid:answer_id>/approve/", views.answer_approve, name="approve"),
    path("<uuid:answer_id>/take-back/", views.answer_take_back, name="take_back"),
    path("<uuid:answer_id>/give/", views.answer_give, name="give"),
    path("<uuid:answer_id>/send/", views.answer_send, name="send"),
    path("<uuid:answer_id>/post/", views.answer_post, name="post"),
    path("<uuid:answer_id>/withdraw/", views.answer_withdraw, name="withdraw"),
    path("<uuid:answer_id>/link/", views.link_renew, name="link_renew"),
    path("read/<str:token>/", public.answer_page, name="page"),
    path("read/<str:token>/reply/", public.answer_reply, name="reply"),
]
