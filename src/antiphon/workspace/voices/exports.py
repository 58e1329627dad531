"""What an import, a passage and a coding are as rows of a list and of a file."""

from django.utils.translation import gettext_lazy as _

from antiphon.platform.exports.lists import List, kept
from antiphon.platform.exports.tables import Column

INTAKES = kept(
    List(
        page="voices:intake_list",
        what="imports",
        caption=_("Files that were brought in"),
        opens=lambda row: row.next_step,
        export="voices:intake_export",
        columns=(
            Column("file_name", _("File")),
            Column("id", _("Id")),
            Column("state", _("State"), shown=True, cell="voices/intake_list.html#state"),
            Column("source_name", _("Source"), shown=True),
            Column("engagement_name", _("Engagement"), shown=True),
            Column("created_at", _("Brought in"), shown=True),
            Column("brought_by", _("Brought in by"), shown=True, beneath="created_at"),
            Column("voice_count", _("Passages"), shown=True, is_number=True),
            Column("known_count", _("Known already"), is_number=True),
            Column("bad_count", _("Bad rows"), shown=True, is_number=True),
        ),
    )
)

FAILED = (
    Column("place", _("place")),
    Column("reason", _("reason")),
    Column("row", _("row")),
)
VOICES = (
    Column("id", _("Id")),
    Column("text", _("Passage, redacted")),
    Column("need_codes", _("Needs")),
    Column("group", _("Group")),
    Column("said_date", _("Said on")),
    Column("source_name", _("Source")),
    Column("place", _("Place in the file")),
    Column("column", _("Column")),
    Column("engagement_name", _("Engagement")),
    Column("consent_scope", _("Consent")),
    Column("language", _("Language")),
    Column("safety", _("Safety")),
    Column("read", _("Read")),
)
CODINGS = (
    Column("id", _("Id")),
    Column("voice_id", _("Passage id")),
    Column("code", _("Need")),
    Column("words", _("Words, redacted")),
    Column("start", _("From")),
    Column("end", _("To")),
    Column("coded_by", _("Coded by")),
    Column("coded_at", _("Coded")),
)
FIGURES = (
    Column("group", _("What it does")),
    Column("words", _("In words")),
    Column("language", _("Language")),
    Column("n", _("Measured on")),
    Column("value", _("Reached")),
    Column("low", _("Lower end of 95 %")),
    Column("high", _("Upper end of 95 %")),
    Column("target", _("Aimed at")),
    Column("is_met", _("Met")),
    Column("cost_words", _("At what cost")),
    Column("cost", _("Cost")),
    Column("cost_target", _("Aimed at for the cost")),
    Column("measured_date", _("Measured")),
    Column("version", _("Version")),
    Column("task", _("Task")),
    Column("figure", _("Figure")),
)
CODE_FITS = (
    Column("code", _("Code")),
    Column("label", _("Need")),
    Column("section", _("Section or codebook")),
    Column("n", _("Examples")),
    Column("precision", _("Right of those suggested")),
    Column("recall", _("Found of those meant")),
    Column("f1", _("F1")),
    Column("is_suggested", _("Suggested")),
)
