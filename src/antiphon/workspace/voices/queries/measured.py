"""How well the engine that ships listens, in words: each figure with what it cost and what was aimed at."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from antiphon.content import Measured, listening_figures

Words = str | Promise
Written = Callable[[float], str]


# Never at the beginning of a line.
PER_CENT = "\u00a0%"


def in_hundred(value: float) -> str:
    """A share as so many of a hundred."""
    return str(round(value * 100))


def as_number(value: float) -> str:
    """A number as people write it."""
    return number_format(value, decimal_pos=0 if value == round(value) else 1, force_grouping=True)


def as_percent(value: float) -> str:
    """A share in per cent, to a tenth."""
    return f"{number_format(round(value * 100, 1), decimal_pos=1)}{PER_CENT}"


def as_figure(value: float) -> str:
    """A figure between 0 and 1 that is no share."""
    return number_format(round(value, 3), decimal_pos=3)


@dataclass(frozen=True, slots=True)
class Said:
    """What a figure says: a sentence with a place for the number, one for its cost, and how both are written."""

    sentence: Words
    cost: Words = ""
    in_words: Written = in_hundred
    exact: Written = as_percent
    cost_in_words: Written = in_hundred


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure, in words and exactly; `is_met` is nothing where nothing was aimed at."""

    task: str
    figure: str
    group: str
    language: str
    words: str
    cost_words: str
    n: int
    value: float
    low: float | None
    high: float | None
    reached: str
    interval: str
    target: float | None
    aimed: str
    aimed_words: str
    curve_words: str
    cost: float | None
    cost_target: float | None
    is_met: bool | None
    measured_date: datetime.date
    version: str


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """The figures of one kind of work."""

    label: str
    rows: tuple[FigureRow, ...]


GROUPS: dict[str, Words] = {
    "personal": gettext_lazy("Hiding who people are"),
    "safety": gettext_lazy("Possible safety events"),
    "language": gettext_lazy("Which language it is"),
    "duplicates": gettext_lazy("What was said before"),
    "sections": gettext_lazy("The four sections of needs"),
    "codebook": gettext_lazy("A codebook learned from coded comments"),
    "sentiment_with_question": gettext_lazy("Feeling"),
    "sentiment": gettext_lazy("Feeling"),
    "themes": gettext_lazy("Themes"),
    "search": gettext_lazy("Search"),
    "speed": gettext_lazy("Speed"),
}
LANGUAGES: dict[str, Words] = {
    "*": gettext_lazy("many"),
    "en": gettext_lazy("English"),
    "de": gettext_lazy("German"),
    "es": gettext_lazy("Spanish"),
}
HIDDEN_RIGHTLY = gettext_lazy("Of 100 letters it hides, %(value)s had to be hidden.")
NAMED_WRONGLY = gettext_lazy("Of 100 languages it names, %(value)s are wrong.")
TAKEN_FOR_ANOTHER = gettext_lazy("Comments taken for a repetition that are none: %(value)s.")
DETAILS: dict[str, Words] = {
    "en": gettext_lazy("Of 100 names, contacts, dates and places in sentences, %(value)s are hidden whole."),
    "es": gettext_lazy("Of 100 personal details in clinical texts, %(value)s are hidden whole."),
    "de": gettext_lazy("Of 100 names, contacts and dates in clinical letters, %(value)s are hidden whole."),
}
SAID: dict[tuple[str, str], Said] = {
    ("personal", "person"): Said(gettext_lazy("Of 100 names of people, %(value)s are hidden whole."), HIDDEN_RIGHTLY),
    ("personal", "contact"): Said(
        gettext_lazy("Of 100 phone numbers, e-mail and web addresses, %(value)s are hidden whole."), HIDDEN_RIGHTLY
    ),
    ("personal", "date"): Said(gettext_lazy("Of 100 dates, %(value)s are hidden whole."), HIDDEN_RIGHTLY),
    ("personal", "place"): Said(gettext_lazy("Of 100 places, %(value)s are hidden whole."), HIDDEN_RIGHTLY),
    ("personal", "names_in_1000"): Said(
        gettext_lazy("In 1,000 ordinary comments it hides %(value)s words as a name that are none."),
        in_words=as_number,
        exact=as_number,
    ),
    ("safety", "unseen"): Said(
        gettext_lazy("Of 100 reports of side effects from a source it never learned from, it points out %(value)s."),
        gettext_lazy("Of 100 ordinary comments it points out %(value)s, too."),
    ),
    ("safety", "devices"): Said(
        gettext_lazy("Of 100 reports of trouble with a device, it points out %(value)s."),
        gettext_lazy("Of 100 ordinary comments it takes %(value)s for a faulty product."),
    ),
    ("safety", "mental_health"): Said(
        gettext_lazy("Of 100 questions about mental health, it points out %(value)s: few of them report anything.")
    ),
    ("language", "sentences"): Said(
        gettext_lazy("Of 100 sentences, it names the language of %(value)s rightly."), NAMED_WRONGLY
    ),
    ("language", "word_pairs"): Said(
        gettext_lazy("Of 100 texts of two words, it names the language of %(value)s rightly."), NAMED_WRONGLY
    ),
    ("duplicates", "same_words"): Said(
        gettext_lazy("Of 100 repetitions with other capitals, spaces or full stops, it finds %(value)s."),
        TAKEN_FOR_ANOTHER,
        cost_in_words=as_number,
    ),
    ("duplicates", "one_slip"): Said(
        gettext_lazy("Of 100 repetitions with one wrong letter, it finds %(value)s."),
        TAKEN_FOR_ANOTHER,
        cost_in_words=as_number,
    ),
    ("sections", "micro_f1"): Said(
        gettext_lazy("How far it agrees with people, from 0 to 100: %(value)s (F1 of all suggestions)."),
        exact=as_figure,
    ),
    ("sections", "macro_f1"): Said(
        gettext_lazy(
            "The same where each section counts alike, also the rare ones: %(value)s (F1, mean of sections)."
        ),
        exact=as_figure,
    ),
    ("sections", "precision"): Said(
        gettext_lazy("Of 100 suggestions it is surest of, %(value)s are right."),
        gettext_lazy("These are %(value)s of 100 of its suggestions."),
    ),
    ("sections", "elsewhere"): Said(
        gettext_lazy(
            "Of 100 reports of side effects or faulty devices, no comments on care, it is sure of a need in %(value)s."
        )
    ),
    ("codebook", "micro_f1"): Said(
        gettext_lazy("How far it agrees with people, from 0 to 100: %(value)s (F1 of all suggestions)."),
        exact=as_figure,
    ),
    ("codebook", "macro_f1"): Said(
        gettext_lazy("The same where each code counts alike, also the rare ones: %(value)s (F1, mean of codes)."),
        exact=as_figure,
    ),
    ("sentiment_with_question", "accuracy"): Said(
        gettext_lazy("Where it knows the question: of 100 feelings, it hears %(value)s rightly.")
    ),
    ("sentiment_with_question", "neutral_f1"): Said(
        gettext_lazy("Where it knows the question: how well it hears neither good nor bad, 0 to 100: %(value)s (F1)."),
        exact=as_figure,
    ),
    ("sentiment", "accuracy"): Said(
        gettext_lazy("Where nobody knows the question: of 100 feelings, it hears %(value)s rightly.")
    ),
    ("sentiment", "neutral_f1"): Said(
        gettext_lazy(
            "Where nobody knows the question: how well it hears neither good nor bad, 0 to 100: %(value)s (F1)."
        ),
        exact=as_figure,
    ),
    ("themes", "v_measure"): Said(
        gettext_lazy("How far its themes are those of people, from 0 to 100: %(value)s (V-measure)."),
        exact=as_figure,
    ),
    ("themes", "adjusted_rand"): Said(
        gettext_lazy("The same, where what chance gives counts nothing: %(value)s (adjusted Rand index)."),
        exact=as_figure,
    ),
    ("search", "hit_at_10"): Said(gettext_lazy("Of 100 titles, %(value)s find their question among the first ten.")),
    ("search", "mrr_at_10"): Said(
        gettext_lazy("How near the top it stands, from 0 to 100: %(value)s (MRR of the first ten)."),
        exact=as_figure,
    ),
    ("search", "milliseconds"): Said(
        gettext_lazy("In 100,000 texts, 95 of 100 searches take at most %(value)s thousandths of a second."),
        in_words=as_number,
        exact=as_number,
    ),
    ("speed", "comments_a_second"): Said(
        gettext_lazy("It reads %(value)s comments a second on one processor core."),
        in_words=as_number,
        exact=as_number,
    ),
}


def figure_rows() -> list[FigureRow]:
    """Every figure as measured on the shipped evaluation, in the order in which they are told."""
    return [_row(one) for one in listening_figures()]


def figure_groups(rows: list[FigureRow]) -> list[FigureGroup]:
    """The same by kind of work."""
    labels = dict.fromkeys(row.group for row in rows)
    return [FigureGroup(label, tuple(row for row in rows if row.group == label)) for label in labels]


def _row(one: Measured) -> FigureRow:
    said = _said(one)
    interval = f"{said.exact(one.low).removesuffix(PER_CENT)}–{said.exact(one.high)}" if one.low is not None else ""
    return FigureRow(
        task=one.task,
        figure=one.figure,
        group=str(GROUPS[one.task]),
        language=str(LANGUAGES[one.language]),
        words=str(said.sentence) % {"value": said.in_words(one.value)},
        cost_words=str(said.cost) % {"value": said.cost_in_words(one.cost)} if one.cost is not None else "",
        n=one.n,
        value=one.value,
        low=one.low,
        high=one.high,
        reached=said.exact(one.value),
        interval=interval,
        target=one.target,
        aimed=_aimed(one, said.exact),
        aimed_words=_aimed(one, said.in_words),
        curve_words=_curve(one, said.in_words),
        cost=one.cost,
        cost_target=one.cost_target,
        is_met=one.is_met,
        measured_date=one.measured_date,
        version=one.version,
    )


def _said(one: Measured) -> Said:
    if (one.task, one.figure) == ("personal", "all"):
        return Said(DETAILS[one.language], HIDDEN_RIGHTLY)
    return SAID[one.task, one.figure]


def _curve(one: Measured, written: Written) -> str:
    """What it is when learned from fewer examples than there are."""
    fewer = [
        _("%(value)s from %(count)s") % {"value": written(value), "count": as_number(count)}
        for count, value in one.curve[:-1]
    ]
    return _("With fewer coded comments: %(each)s.") % {"each": ", ".join(fewer)} if fewer else ""


def _aimed(one: Measured, written: Written) -> str:
    if one.target is None:
        return ""
    words = _("at most %(value)s") if one.less_is_better else _("at least %(value)s")
    return words % {"value": written(one.target)}
