"""What a cell of the map is as a row of a file."""

from django.utils.translation import gettext_lazy as _

from antiphon.platform.exports.tables import Column

CELLS = (
    Column("need", _("Need code")),
    Column("need_label", _("Need")),
    Column("is_section", _("Section")),
    Column("column", _("Column code")),
    Column("column_label", _("Column")),
    Column("reach", _("How far")),
    Column("planned", _("Questions planned")),
    Column("asked", _("Questions asked")),
    Column("heard", _("Insights heard")),
    Column("decided", _("Insights decided")),
    Column("answered", _("Insights answered")),
)
