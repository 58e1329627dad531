"""What an insight is as a row of a list and of a file."""

from django.utils.translation import gettext_lazy as _

from antiphon.platform.exports.lists import List, kept
from antiphon.platform.exports.tables import Column

INSIGHTS = kept(
    List(
        page="insights:list",
        what="insights",
        caption=_("Insights"),
        opens="insights:record",
        export="insights:export",
        keys=("q", "state", "programme", "need", "owner", "waiting"),
        columns=(
            Column("statement", _("Insight"), orders_by="statement"),
            Column("id", _("Id")),
            Column("programme_name", _("Programme"), orders_by="programme__name", shown=True, beneath="statement"),
            Column("group_labels", _("Speaks for"), shown=True, beneath="statement"),
            Column("state", _("State"), shown=True, cell="insights/list.html#state"),
            Column("agreed_at", _("Agreed"), orders_by="agreed_at", shown=True, beneath="state"),
            Column("strength_label", _("Strength"), shown=True),
            Column("strength", _("Strength code")),
            Column("need_labels", _("Needs"), shown=True),
            Column("need_codes", _("Need codes")),
            Column("decision_point_labels", _("Decision points")),
            Column("owner_name", _("Looked after by"), orders_by="owner__user__name", shown=True),
            Column("created_at", _("Stated"), orders_by="created_at"),
            Column("supporting_count", _("Voices for it"), shown=True, is_number=True, adds_up=False),
            Column(
                "dissenting_count",
                _("Voices against it"),
                shown=True,
                is_number=True,
                adds_up=False,
                beneath="supporting_count",
                cell="insights/list.html#against",
            ),
        ),
    )
)
