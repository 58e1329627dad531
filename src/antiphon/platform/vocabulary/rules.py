"""What a workspace may add to the shipped packs and hide of them, and how its own codes look."""

from collections.abc import Collection, Mapping

# The pack in which own codebooks stand beside the four sections.
BOOKS_STAND_IN = "needs"
# Packs that take entries of a workspace's own.
EXTENDED = frozenset({"functions", "stakeholder_types", "activity_types", "adjustments"})
# Entries of these carry more than words; a new one takes it from the shipped entry it is most like.
TAKES_AFTER = frozenset({"stakeholder_types", "activity_types"})
HIDEABLE = EXTENDED | {"needs", "decision_points"}
# Why the entries of the other packs stay: each is named by a rule or carried by what stands already.
STAYS: Mapping[str, str] = {
    "dispositions": "named_by_rules",
    "consent_scopes": "given_by_people",
    "lifecycle_stages": "others_stand_on_it",
    "involvement_roles": "never_chosen",
}

CODE = "own.{number:04d}"
LONGEST_CODE = 20
LONGEST_LABEL = 70
LONGEST_MEANING = 400
LONGEST_EXAMPLE = 300


def code_of(number: int) -> str:
    """The code of the so-manieth word of one's own: short, and never that of a shipped entry."""
    return CODE.format(number=number)


def is_a_label(text: str) -> bool:
    """A label is a line that says something."""
    return 0 < len(" ".join(text.split())) <= LONGEST_LABEL


def can_hide(pack: str, offered: Collection[str], covered: Collection[str]) -> bool:
    """Whether an entry may be hidden: something to choose from is left."""
    return pack in HIDEABLE and bool(set(offered) - set(covered))


def goes_round(code: str, parent: str, parents: Mapping[str, str]) -> bool:
    """Whether an entry would stand under itself."""
    seen: set[str] = set()
    while parent and parent not in seen:
        if parent == code:
            return True
        seen.add(parent)
        parent = parents.get(parent, "")
    return False
