"""What a passage and a coding are as rows of a file."""

from django.utils.translation import gettext_lazy as _

from antiphon.platform.exports.tables import Column

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
