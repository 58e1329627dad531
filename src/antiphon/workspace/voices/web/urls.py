"""Addresses of voices: bringing them in, reading them, coding them."""

from django.urls import path

from antiphon.workspace.voices.web.views import coding, exporting, intakes, listening, reading

app_name = "voices"
urlpatterns = [
    path("", intakes.intake_list, name="intake_list"),
    path("bring/", intakes.intake_new, name="intake_new"),
    path("files/export/", exporting.intake_export, name="intake_export"),
    path("files/<uuid:intake_id>/columns/", intakes.intake_columns, name="intake_columns"),
    path("files/<uuid:intake_id>/about/", intakes.intake_about, name="intake_about"),
    path("files/<uuid:intake_id>/check/", intakes.intake_check, name="intake_check"),
    path("files/<uuid:intake_id>/", intakes.intake_record, name="intake_record"),
    path("files/<uuid:intake_id>/progress/", intakes.intake_progress, name="intake_progress"),
    path("files/<uuid:intake_id>/resume/", intakes.intake_resume, name="intake_resume"),
    path("files/<uuid:intake_id>/bad-rows.csv", intakes.intake_bad_rows, name="intake_bad_rows"),
    path("read/", reading.queue, name="queue"),
    path("how-well/", listening.how_well, name="how_well"),
    path("how-well/learn/", listening.learn, name="learn"),
    path("how-well/lay-aside/", listening.lay_aside, name="lay_aside"),
    path("how-well/export/", listening.figures_export, name="figures_export"),
    path("how-well/codes/export/", listening.codes_export, name="learned_codes_export"),
    path("how-well/<uuid:model_id>/use/", listening.use_model, name="use_model"),
    path("export/", exporting.voice_export, name="export"),
    path("codings/export/", exporting.coding_export, name="coding_export"),
    path("<uuid:voice_id>/", reading.voice, name="voice"),
    path("<uuid:voice_id>/sit-down/", reading.sit_down, name="sit_down"),
    path("<uuid:voice_id>/read/", reading.read_done, name="read_done"),
    path("<uuid:voice_id>/read-again/", reading.read_again, name="read_again"),
    path("<uuid:voice_id>/safety/", reading.safety_decide, name="safety_decide"),
    path("<uuid:voice_id>/original/", reading.original, name="original"),
    path("<uuid:voice_id>/code/", coding.code, name="code"),
    path("codings/<uuid:coding_id>/withdraw/", coding.uncode, name="uncode"),
    path("suggestions/<uuid:suggestion_id>/accept/", coding.suggestion_accept, name="suggestion_accept"),
    path("suggestions/<uuid:suggestion_id>/change/", coding.suggestion_change, name="suggestion_change"),
    path("suggestions/<uuid:suggestion_id>/reject/", coding.suggestion_reject, name="suggestion_reject"),
    path("suggestions/<uuid:suggestion_id>/reopen/", coding.suggestion_reopen, name="suggestion_reopen"),
]
