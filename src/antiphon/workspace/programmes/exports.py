"""What a programme is as a row of a list and of a file."""

from django.utils.translation import gettext_lazy as _

from antiphon.platform.exports.lists import List, kept
from antiphon.platform.exports.tables import Column

PROGRAMMES = kept(
    List(
        page="programmes:list",
        what="programmes",
        caption=_("Programmes"),
        opens="programmes:record",
        export="programmes:export",
        keys=("q",),
        columns=(
            Column("name", _("Programme"), orders_by="name"),
            Column("id", _("Id")),
            Column("kind", _("What it is"), cell="programmes/list.html#kind"),
            Column("indication", _("Indication"), shown=True, beneath="name"),
            Column("stage_label", _("Stage"), shown=True),
            Column("function_label", _("Function"), shown=True),
            Column("sharing_labels", _("Shared with")),
            Column("question_count", _("Questions"), shown=True, is_number=True),
            Column("engagement_count", _("Engagements"), shown=True, is_number=True),
        ),
    )
)
