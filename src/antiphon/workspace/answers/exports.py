"""What an answer is as a row of a list and of a file."""

from django.utils.translation import gettext_lazy as _

from antiphon.platform.exports.lists import List, kept
from antiphon.platform.exports.tables import Column

ANSWERS = kept(
    List(
        page="answers:list",
        what="answers",
        caption=_("Answers, those that wait first"),
        opens="answers:record",
        export="answers:export",
        keys=("state",),
        columns=(
            Column("engagement_name", _("Engagement"), orders_by="engagement__name"),
            Column("id", _("Id")),
            Column("question", _("Decision"), shown=True, beneath="engagement_name"),
            Column("state", _("State"), shown=True, cell="answers/list.html#state"),
            Column("given_at", _("Given"), orders_by="given_at", shown=True, beneath="state"),
            Column("drafted_by", _("Drafted by")),
            Column("created_at", _("Drafted"), orders_by="created_at"),
            Column("card_count", _("Cards"), shown=True, is_number=True),
            Column("reply_count", _("Replies"), shown=True, is_number=True),
            Column("heard_count", _("Felt heard"), shown=True, is_number=True),
        ),
    )
)
