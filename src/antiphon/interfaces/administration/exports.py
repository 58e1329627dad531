"""What a member is as a row of a list and of a file."""

from django.utils.translation import gettext_lazy as _

from antiphon.platform.exports.lists import List, kept
from antiphon.platform.exports.tables import Column
from antiphon.platform.workspaces.permissions import may_see_addresses

PEOPLE = kept(
    List(
        page="administration:members",
        what="people",
        caption=_("People"),
        opens="administration:member",
        export="administration:export",
        keys=("q", "role", "show"),
        columns=(
            Column("name", _("Name"), orders_by="user__name"),
            Column("id", _("Id")),
            Column("email", _("E-mail address"), shown=True, beneath="name", only=may_see_addresses),
            Column("role", _("Role code")),
            Column("role_label", _("Role"), shown=True),
            Column("function_label", _("Function"), shown=True),
            Column("joined_at", _("Joined"), orders_by="joined_at", shown=True),
            Column("ended_at", _("Ended"), shown=True, beneath="joined_at", cell="administration/members.html#ended"),
            Column(
                "has_second_factor",
                _("Second factor"),
                shown=True,
                cell="administration/members.html#factor",
                only=may_see_addresses,
            ),
            Column(
                "last_seen_at", _("Last signed in"), orders_by="user__last_login", shown=True, only=may_see_addresses
            ),
        ),
    )
)
