"""What a pack says about itself, and what every entry of each pack carries."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    model_validator,
)

#: S0 to S4 a founding document; V seen in a public source; P seen in part; R recalled and not confirmed;
#: I Antiphon's own; W a workspace's own, which no shipped file may claim.
Provenance = Literal["S0", "S1", "S2", "S3", "S4", "V", "P", "R", "I", "W"]
OUR_OWN = frozenset({"I", "W"})

#: The languages into which labels may be translated; the packs themselves are in English.
Language = Literal["de"]

#: Shipped ids never begin so: a workspace that names its entries this way cannot meet a later edition.
WORKSPACE_PREFIX = "own."


def _as_tuple(value: object) -> object:
    if isinstance(value, str):
        return (value,)
    return tuple(value) if isinstance(value, list) else value


def _as_pairs(value: object) -> object:
    return tuple(value.items()) if isinstance(value, dict) else value


def _one_line(value: str) -> str:
    if value != " ".join(value.split()):
        raise ValueError("one line, without doubled or outer spaces")
    return value


Id = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z0-9_]+)*$", max_length=60)]
Label = Annotated[str, Field(min_length=1, max_length=70), AfterValidator(_one_line)]
Plain = Annotated[str, Field(max_length=140), AfterValidator(_one_line)]
Text = Annotated[str, Field(max_length=400), AfterValidator(_one_line)]
Labels = Annotated[tuple[tuple[Language, Label], ...], BeforeValidator(_as_pairs)]
Ids = Annotated[tuple[Id, ...], BeforeValidator(_as_tuple)]
Tags = Annotated[tuple[Provenance, ...], BeforeValidator(_as_tuple), Field(min_length=1)]


class Record(BaseModel):
    """A frozen value that accepts nothing its schema does not name."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Source(Record):
    """Where a fact was read; entries name it by id."""

    id: Id
    title: Text
    address: Annotated[str, Field(pattern=r"^(https?://\S+)?$")] = ""
    licence: Text


class Header(Record):
    """What a pack is, from where, on what terms, and what was changed."""

    id: Id
    title: Label
    edition: Annotated[str, Field(pattern=r"^\d{4}(-\d{2})?$")]
    language: Literal["en"]
    licence: Text
    provenance: Tags
    attribution: Text
    changed: Text
    sources: Annotated[tuple[Source, ...], BeforeValidator(_as_tuple)] = ()


class Entry(Record):
    """One thing a workspace can point at: a stable id and its words."""

    id_pattern: ClassVar[str] = r"[a-z][a-z0-9_]*"
    #: Fields that hold ids of another pack's entries: field name to pack id.
    references: ClassVar[Mapping[str, str]] = {}

    id: Id
    label: Label
    labels: Labels = ()
    plain: Plain = ""
    description: Text = ""
    parent: Id | None = None
    provenance: Tags
    source: Ids = ()
    unverified: bool = False
    retired_in: Annotated[str, Field(pattern=r"^\d{4}(-\d{2})?$")] | None = None
    replaced_by: Id | None = None
    _depth: int = PrivateAttr(default=0)

    @property
    def depth(self) -> int:
        """How many entries stand above this one."""
        return self._depth

    @property
    def retired(self) -> bool:
        """Whether an edition has taken it out of use; its id stays readable."""
        return self.retired_in is not None

    def label_in(self, language: str) -> str:
        """Its short name in a language; in English where nobody translated it. `de-at` is read as `de`."""
        return dict[str, str](self.labels).get(language.partition("-")[0].lower(), self.label)

    def in_language(self, language: str) -> Self:
        """The same entry under its name in a language."""
        named = self.label_in(language)
        return self if named == self.label else self.renamed(named)

    def renamed(self, label: str) -> Self:
        """The same entry under another name, standing where it stood."""
        copy = self.model_copy(update={"label": label})
        copy._depth = self._depth
        return copy

    def placed(self, *, parent: str | None, depth: int) -> Self:
        """The same entry, standing where the pack puts it."""
        copy = self.model_copy(update={"parent": parent})
        copy._depth = depth
        return copy

    @model_validator(mode="after")
    def _recalled_is_unverified(self) -> Self:
        if "R" in self.provenance and not self.unverified:
            raise ValueError("provenance R needs unverified: true")
        return self

    @model_validator(mode="after")
    def _source_where_one_is_claimed(self) -> Self:
        claims = set(self.provenance) - OUR_OWN
        if bool(claims) != bool(self.source):
            raise ValueError("a source belongs to every provenance but I and W, and to no other")
        return self

    @model_validator(mode="after")
    def _replaced_only_when_retired(self) -> Self:
        if self.replaced_by and not self.retired:
            raise ValueError("replaced_by needs retired_in")
        return self


class Need(Entry):
    """What patients and those close to them need: a section, its categories, their details."""

    id_pattern: ClassVar[str] = r"N[1-9](\.[1-9][0-9]?){0,2}"

    goal: Text = ""

    @property
    def level(self) -> Literal["section", "category", "detail"]:
        """Which storey of the framework it stands on."""
        return "section" if self.depth == 0 else "category" if self.depth == 1 else "detail"


class DecisionPoint(Entry):
    """A moment in a medicine's life at which patients can change what is decided."""

    id_pattern: ClassVar[str] = r"DP[0-9]{2}"
    references: ClassVar[Mapping[str, str]] = {"stage": "lifecycle_stages"}

    stage: Id
    paradigm: Literal["research_priority_setting", "trial_design", "early_dialogue"] | None = None


class Function(Entry):
    """A part of the organisation that decides, and owes an answer."""

    id_pattern: ClassVar[str] = r"F_[A-Z]+"
    references: ClassVar[Mapping[str, str]] = {
        "decision_points": "decision_points",
        "suggested_decision_points": "decision_points",
    }

    decision_points: Ids = ()
    suggested_decision_points: Ids = ()
    note: Text = ""
    caution: Text = ""


class StakeholderType(Entry):
    """Who takes part: an organisation, or a group of people with experience of a condition."""

    id_pattern: ClassVar[str] = r"[A-Z]{2,3}|[a-z][a-z_]*"

    kind: Literal["organisation", "contributor"]
    speaks_from: Literal["own_experience", "caring", "many_people", "profession"]
    payee: Literal["person", "organisation", "none"]
    needs_permission: bool = False


class ActivityType(Entry):
    """A way of engaging."""

    people: Literal["one", "few", "many"]
    gives_voices: bool
    agreement: Literal["consultancy", "advisory_board", "speaker", "collaboration"] | None = None


class InvolvementRole(Entry):
    """How much say a person has, from leading the work to taking part in a trial."""

    rung: Annotated[int, Field(ge=1, le=9)]
    counts_as_engagement: bool


class Disposition(Entry):
    """What became of an insight that was weighed."""

    opening: Annotated[str, Field(min_length=1, max_length=60), AfterValidator(_one_line)]
    answers_as: Literal["did", "will", "could_not", "passed_on"]
    final: bool
    owes_follow_up: bool


class Adjustment(Entry):
    """Something that makes it possible for a person to take part."""

    moment: Literal["inviting", "preparing", "meeting", "afterwards"] | None = None


class ConsentScope(Entry):
    """One thing a person can allow, and take back."""

    references: ClassVar[Mapping[str, str]] = {"includes": "consent_scopes"}

    allows: Literal["use", "share", "quote", "record", "contact"]
    includes: Ids = ()
    leaves_workspace: bool
    identifies_person: bool


#: Every shipped pack, in reading order, with what its entries carry.
KINDS: Mapping[str, type[Entry]] = {
    "needs": Need,
    "lifecycle_stages": Entry,
    "decision_points": DecisionPoint,
    "functions": Function,
    "stakeholder_types": StakeholderType,
    "activity_types": ActivityType,
    "involvement_roles": InvolvementRole,
    "dispositions": Disposition,
    "adjustments": Adjustment,
    "consent_scopes": ConsentScope,
}
