"""What an engagement is as a row of a list and of a file."""

from django.utils.translation import gettext_lazy as _

from antiphon.platform.exports.lists import List, kept
from antiphon.platform.exports.tables import Column

ENGAGEMENTS = kept(
    List(
        page="engagements:list",
        what="engagements",
        caption=_("Engagements, the latest first"),
        opens="engagements:record",
        export="engagements:export",
        keys=("q", "state", "programme"),
        columns=(
            Column("name", _("Engagement")),
            Column("id", _("Id")),
            Column("kind_label", _("Kind"), shown=True, beneath="name"),
            Column("programme_name", _("Programme"), shown=True, beneath="name"),
            Column("state", _("State"), shown=True, cell="engagements/list.html#state"),
            Column("starts_date", _("Starts"), shown=True),
            Column("ends_date", _("Ends"), shown=True),
            Column("lead_name", _("Lead")),
            Column("function_labels", _("Functions that ask"), shown=True),
            Column("voice_count", _("Voices"), shown=True, is_number=True),
        ),
    )
)
