"""What Antiphon learned from a workspace's own coding, how good it is, and from what it learns."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from antiphon.content import Need, Pack
from antiphon.platform import clock
from antiphon.platform.errors import NoSuch
from antiphon.platform.runs.models import Run
from antiphon.platform.vocabulary.queries import vocabulary
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.voices import permissions
from antiphon.workspace.voices.models import Coding, LearnedModel, Voice
from antiphon.workspace.voices.queries.sittings import sittings
from antiphon.workspace.voices.rules import FEWEST_TO_LEARN_FROM, is_right_enough, passages_until_it_learns

LEARN = "voices.learn"
GOING = (Run.State.WAITING, Run.State.RUNNING)
# Learning takes seconds; what has gone on for longer has stopped.
STOPPED_AFTER = datetime.timedelta(minutes=15)
# More than can be learned from: those read last.
MOST_READ = 20_000


class NoSuchModel(NoSuch):
    """Nothing of this id was learned in this workspace."""


@dataclass(frozen=True, slots=True)
class Example:
    """A passage that people have read, and the codes they gave it; `speaker` keeps what one person said together."""

    text: str
    question: str
    speaker: str
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Examples:
    """Everything that can be learned from, and how many people spoke and coded."""

    rows: list[Example]
    speaker_count: int
    coder_count: int


@dataclass(frozen=True, slots=True)
class CodeFit:
    """How well a code is heard on passages not seen: right of those suggested, found of those meant."""

    code: str
    label: str
    section: str
    precision: float
    recall: float
    f1: float
    n: int
    is_suggested: bool

    @property
    def right(self) -> int:
        """Of a hundred suggestions, so many are right."""
        return round(self.precision * 100)

    @property
    def found(self) -> int:
        """Of a hundred that people mean, so many are found."""
        return round(self.recall * 100)


@dataclass(frozen=True, slots=True)
class LearnedRow:
    """One learned model, as pages and programs show it."""

    id: UUID
    number: int
    made_at: datetime.datetime
    made_by: str
    is_automatic: bool
    passage_count: int
    speaker_count: int
    coder_count: int
    code_count: int
    micro_f1: float
    macro_f1: float
    sha256: str
    is_used: bool


@dataclass(frozen=True, slots=True)
class Learning:
    """How learning stands in a workspace."""

    used: LearnedRow | None
    models: tuple[LearnedRow, ...]
    codes: tuple[CodeFit, ...]
    left_out: tuple[tuple[str, int], ...]
    read_count: int
    fewest: int
    until_it_learns: int
    waits_for_a_person: bool
    is_learning: bool
    trouble: str
    unread_count: int
    weighed_count: int
    can_teach: bool

    @property
    def agrees(self) -> int:
        """How far what is in use agrees with people on passages it had not seen, of a hundred."""
        return round(self.used.micro_f1 * 100) if self.used else 0

    @property
    def is_moving(self) -> bool:
        """Whether the page should look again."""
        return self.is_learning or (self.used is not None and self.weighed_count < self.unread_count)

    @property
    def can_start(self) -> bool:
        """Whether this member can let it learn now."""
        return self.can_teach and not self.is_learning and self.read_count >= self.fewest


def learning(member: Member) -> Learning:
    """How learning stands: what is in use, how good it is code by code, and when it learns anew."""
    models = list(models_of(member))
    used = next((model for model in models if model.used_at), None)
    read_count = _read(member).count()
    run = Run.objects.visible_to(member).filter(kind=LEARN).order_by("-created_at").first()
    # What somebody has open is weighed when they have left it.
    unread = Voice.objects.visible_to(member).unread().exclude(pk__in=sittings(member).values("voice"))
    return Learning(
        used=_row(used) if used else None,
        models=tuple(_row(model) for model in models),
        codes=tuple(fits(member, used)) if used else (),
        left_out=_left_out(member, used) if used else (),
        read_count=read_count,
        fewest=FEWEST_TO_LEARN_FROM,
        until_it_learns=passages_until_it_learns(used.passage_count, read_count) if used else 0,
        waits_for_a_person=bool(models) and models[0] is not used,
        is_learning=run is not None and is_under_way(run),
        trouble=run.trouble if run else "",
        unread_count=unread.count(),
        weighed_count=unread.filter(weighed_by=weighed_by(used)).count() if used else 0,
        can_teach=permissions.may_teach(member),
    )


def models_of(member: Member) -> QuerySet[LearnedModel]:
    """Everything that was learned, the latest first."""
    return LearnedModel.objects.visible_to(member).select_related("file", "made_by__user").order_by("-number")


def get_model(member: Member, model_id: UUID | str) -> LearnedModel:
    """One learned model of the member's workspace."""
    found = models_of(member).filter(pk=model_id).first()
    if found is None:
        raise NoSuchModel(model_id)
    return found


def get_learned(member: Member, model_id: UUID | str) -> LearnedRow:
    """One learned model, as programs show it."""
    return _row(get_model(member, model_id))


def weighed_by(model: LearnedModel) -> str:
    """The mark of what this model weighed and suggested."""
    return f"own coding {model.number}"


def is_under_way(run: Run) -> bool:
    """Whether somebody can still wait for it."""
    return run.state in GOING and clock.now() - run.created_at < STOPPED_AFTER


def fits(member: Member, model: LearnedModel) -> list[CodeFit]:
    """How well a model hears each code on passages it had not seen, the most frequent first."""
    pack = vocabulary(member).needs
    found = [
        CodeFit(
            code=code,
            label=pack.label(code),
            section=pack.path(code)[0].label if code in pack else "",
            is_suggested=is_right_enough(told["precision"]) and pack.offers(code),
            **told,
        )
        for code, told in model.quality.get("codes", {}).items()
    ]
    return sorted(found, key=lambda fit: (-fit.n, fit.code))


def read_count(member: Member) -> int:
    """How many passages can be learned from."""
    return _read(member).count()


def examples(member: Member) -> Examples:
    """Passages that people finished or coded, each with its codes; a code none of them gave is no code of it."""
    pack = vocabulary(member).needs
    given, coders = _given(member)
    meant = frozenset(code for codes in given.values() for code in codes if pack.offers(code))
    fields = ("pk", "redacted", "column", "source_id", "intake_id", "number")
    found = _read(member).order_by("-read_at", "-pk").values_list(*fields)[:MOST_READ]
    rows = [
        Example(text, column, f"{source}/{intake}/{number}", codes_of(pack, given.get(pk, ())) & meant)
        for pk, text, column, source, intake, number in found
    ]
    return Examples(rows, len({row.speaker for row in rows}), len(coders))


def codes_of(pack: Pack[Need], codes: Iterable[str]) -> frozenset[str]:
    """Codes with those they stand under: who speaks of travel speaks of practical matters, too."""
    return frozenset(above.id for code in codes if code in pack for above in pack.path(code))


def _given(member: Member) -> tuple[dict[UUID, set[str]], set[UUID]]:
    standing = Coding.objects.visible_to(member).filter(withdrawn_at=None)
    given: dict[UUID, set[str]] = {}
    coders: set[UUID] = set()
    for voice_id, code, coder in standing.values_list("voice_id", "code", "coded_by_id"):
        given.setdefault(voice_id, set()).add(code)
        coders.add(coder)
    return given, coders


def _read(member: Member) -> QuerySet[Voice]:
    coded = Coding.objects.visible_to(member).filter(withdrawn_at=None).values("voice")
    return Voice.objects.visible_to(member).filter(~Q(read_at=None) | Q(pk__in=coded))


def _left_out(member: Member, model: LearnedModel) -> tuple[tuple[str, int], ...]:
    pack = vocabulary(member).needs
    return tuple((pack.label(code), count) for code, count in model.quality.get("left_out", {}).items())


def _row(model: LearnedModel) -> LearnedRow:
    return LearnedRow(
        id=model.pk,
        number=model.number,
        made_at=model.made_at,
        made_by=model.made_by.name,
        is_automatic=model.is_automatic,
        passage_count=model.passage_count,
        speaker_count=model.speaker_count,
        coder_count=model.coder_count,
        code_count=len(model.quality.get("codes", {})),
        micro_f1=model.quality.get("micro_f1", 0.0),
        macro_f1=model.quality.get("macro_f1", 0.0),
        sha256=model.file.sha256,
        is_used=model.used_at is not None,
    )
