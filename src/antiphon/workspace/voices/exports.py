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
