"""What a token is as a row of a list."""

from django.utils.translation import gettext_lazy as _

from antiphon.platform.exports.lists import List, kept
from antiphon.platform.exports.tables import Column

TOKENS = kept(
    List(
        page="programs:list",
        what="tokens",
        caption=_("Tokens"),
        columns=(
            Column("name", _("Program")),
            Column("owner_name", _("Acts as"), shown=True, beneath="name"),
            Column("scope", _("May"), shown=True, cell="api/list.html#scope"),
            Column("created_at", _("Made")),
            Column("expires_at", _("Works until"), shown=True),
            Column("last_used_date", _("Last used"), shown=True),
            Column("state", _("State"), shown=True, cell="api/list.html#state"),
        ),
    )
)
