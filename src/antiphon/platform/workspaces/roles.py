"""The roles a member can have. Codes are kept in rows; words are for screens."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Role(StrEnum):
    PE_LEAD = "pe_lead"
    FUNCTION_PARTNER = "function_partner"
    SAFETY_OFFICER = "safety_officer"
    COMPLIANCE = "compliance"
    EXECUTIVE = "executive"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class About:
    """What a role is called and what the person comes to do."""

    label: str | Promise
    comes_to: str | Promise


ABOUT = {
    Role.PE_LEAD: About(_("Patient engagement lead"), _("Plans and runs engagement, and accounts for it.")),
    Role.FUNCTION_PARTNER: About(_("Function partner"), _("Decides with what patients said.")),
    Role.SAFETY_OFFICER: About(_("Safety officer"), _("Catches and forwards possible safety events.")),
    Role.COMPLIANCE: About(_("Compliance"), _("Checks terms, approvals and the audit trail.")),
    Role.EXECUTIVE: About(_("Executive"), _("Sees whether patients get their answers.")),
    Role.ADMINISTRATOR: About(_("Administrator"), _("Runs Antiphon for the organisation.")),
}
EVERYONE = frozenset(Role)
# Who prepares and who answers; features name the tables they use.
LEADS = frozenset({Role.PE_LEAD, Role.ADMINISTRATOR})
DECIDERS = LEADS | {Role.FUNCTION_PARTNER}
APPROVERS = DECIDERS | {Role.COMPLIANCE}
