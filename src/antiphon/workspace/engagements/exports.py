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
            Column("name", _("Engagement"), orders_by="name"),
            Column("id", _("Id")),
            Column("kind_label", _("Kind"), shown=True, beneath="name"),
            Column("programme_name", _("Programme"), orders_by="programme__name", shown=True, beneath="name"),
            Column("state", _("State"), shown=True, cell="engagements/list.html#state"),
            Column("starts_date", _("Starts"), orders_by="starts_date", shown=True),
            Column("ends_date", _("Ends"), orders_by="ends_date", shown=True),
            Column("lead_name", _("Lead"), orders_by="lead__user__name"),
            Column("function_labels", _("Functions that ask"), shown=True),
            Column("voice_count", _("Voices"), shown=True, is_number=True),
        ),
    )
)
