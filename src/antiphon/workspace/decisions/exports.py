"""What a decision is as a row of a list and of a file."""

from django.utils.translation import gettext_lazy as _

from antiphon.platform.exports.lists import List, kept
from antiphon.platform.exports.tables import Column

DECISIONS = kept(
    List(
        page="decisions:list",
        what="decisions",
        caption=_("Decisions, open ones first"),
        opens="decisions:record",
        export="decisions:export",
        keys=("q", "state", "function", "programme"),
        columns=(
            Column("question", _("Decision"), orders_by="question"),
            Column("id", _("Id")),
            Column("outcome", _("Outcome")),
            Column("programme_name", _("Programme"), orders_by="programme__name", shown=True, beneath="question"),
            Column("decision_point_label", _("Decision point"), shown=True, beneath="question"),
            Column("decision_point", _("Decision point code")),
            Column("state", _("State"), shown=True, cell="decisions/list.html#state"),
            Column(
                "due_date",
                _("Until"),
                orders_by="due_date",
                shown=True,
                beneath="state",
                cell="decisions/list.html#due",
            ),
            Column("function_label", _("Function"), shown=True),
            Column("owner_name", _("Who decides"), orders_by="owner__user__name", shown=True),
            Column("closed_at", _("Closed"), orders_by="closed_at"),
            Column("weighing_count", _("Insights"), shown=True, is_number=True),
            Column("lacking_count", _("Without a reason"), shown=True, is_number=True),
            Column("change_count", _("Changes"), is_number=True),
        ),
    )
)
