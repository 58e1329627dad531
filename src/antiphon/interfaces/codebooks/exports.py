"""What a word is as a row of a file."""

from django.utils.translation import gettext_lazy as _

from antiphon.platform.exports.tables import Column
from antiphon.platform.vocabulary.queries import WordRow

# Where an entry was read, in words; the letters stand in the packs.
PROVENANCE = {
    "S0": _("founding document"),
    "S1": _("founding document"),
    "S2": _("founding document"),
    "S3": _("founding document"),
    "S4": _("founding document"),
    "V": _("seen in a public source"),
    "P": _("seen in part"),
    "R": _("recalled, not confirmed"),
    "I": _("Antiphon’s own"),
    "W": _("your own"),
}


def provenance_of(word: WordRow) -> str:
    """Where an entry was read, each way once."""
    return ", ".join(dict.fromkeys(str(PROVENANCE.get(tag, tag)) for tag in word.provenance))


# The four that a codebook is read from again keep their names in every language.
WORDS = (
    Column("code", _("Code")),
    Column("label", "label"),
    Column("meaning", "meaning"),
    Column("example", "example"),
    Column("under", "under"),
    Column("provenance", _("Provenance"), provenance_of),
    Column("sources", _("Sources")),
    Column("is_unverified", _("Unverified")),
    Column("is_hidden", _("Hidden")),
    Column("is_retired", _("Retired")),
    Column("replaced_by", _("Replaced by")),
)
