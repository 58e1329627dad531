"""The reader that ships: how likely a passage speaks of each section, and how it feels."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, BinaryIO, NamedTuple, cast

import numpy as np

from antiphon.engines.listening._phrases import Words
from antiphon.engines.listening._values import Sentiment, Why
from antiphon.engines.listening.learned._background import Background, background
from antiphon.engines.listening.learned._fields import asked
from antiphon.engines.listening.learned._grams import Floats, Ints, Said
from antiphon.engines.listening.learned._home import strangeness, tempered
from antiphon.engines.listening.learned._lens import Lens
from antiphon.engines.listening.learned._machine import Machine, read_machine
from antiphon.engines.listening.learned._pack import Pack
from antiphon.engines.listening.learned._ridge import NO_CONTEXT
from antiphon.engines.listening.learned._thresholds import nearness
from antiphon.engines.listening.learned._weighing import Weigher
from antiphon.engines.listening.learned._words import words_read

KIND = "reader"
SECTIONS = ("N1", "N2", "N3", "N4")
FEELINGS: tuple[Sentiment, ...] = ("negative", "neutral", "positive")
NOT_TOLD = len(FEELINGS)
FEELINGS_TOLD = (*FEELINGS, None)
DIGITS = 4
# The column of a feeling's features that holds which way the word list leans.
LEAN_AT = 8
# Where the model wavers this little between good and bad, words that lean this clearly decide: "not good at all".
WAVERS, CLEARLY = 0.3, 0.25
# Neither feeling is told when none is likelier than this.
UNSURE = 0.4


class Text(NamedTuple):
    """A passage in words, with what the word lists say of it: a score for each section, which way it leans.

    `may_report` says that it may tell of a side effect or a faulty product.
    """

    words: Words
    question: str
    sections: Sequence[float]
    lean: float
    may_report: bool = False


class Reading(NamedTuple):
    """Of one passage: probability of each section and whether it suffices; a feeling and its lean, -1 to 1.

    `doubt` in 0..1 says how near the section named by `doubtful` came to its threshold.
    """

    sections: tuple[float, ...]
    said: tuple[bool, ...]
    feeling: Sentiment | None
    lean: float
    doubt: float
    doubtful: str


@dataclass(frozen=True, slots=True)
class Reader:
    """Weights of all labels, and how they become probabilities.

    `machine` scores sections and feelings of any text, `asked` feelings of one whose question is known.
    """

    version: str
    ground: Background
    machine: Machine
    asked: Machine
    contexts: dict[str, int]
    sections: Floats
    least: Floats
    feeling: tuple[Floats, Floats]
    neutral: tuple[float, float]
    weigher: Weigher
    lens: Lens

    def read(self, texts: Sequence[Text]) -> list[Reading]:
        """One reading a text; of a text without a known word there is nothing to tell."""
        said = self.ground.grams.said([words_read(each.words) for each in texts])
        words, meanings, known = self._seen(said)
        leans = leans_of(texts)
        scores = self.machine.summed(words[:, : len(self.machine.bias)], meanings)
        split = len(SECTIONS)
        sections = self._sections(scores[:, :split], texts) * known[:, None]
        sections = tempered(sections, strangeness(said), np.array([each.may_report for each in texts], dtype=bool))
        contexts = self._contexts([each.question for each in texts])
        chance = chances(features_of_feeling(scores[:, split:], leans), self.feeling[0])
        for_asked = np.flatnonzero(contexts != NO_CONTEXT)
        if len(for_asked):
            under = self._asked(words[for_asked], meanings[for_asked], contexts[for_asked])
            chance[for_asked] = chances(features_of_feeling(under, leans[for_asked]), self.feeling[1])
        least = np.where(contexts == NO_CONTEXT, *self.neutral)
        return self._readings(sections, settled(chance, leans), least, known)

    def _seen(self, said: Said) -> tuple[Floats, Floats, Ints]:
        """What the words of each text add to all labels, where it stands in meaning, whether any piece is known."""
        pieces = self.ground.grams.piece_rows(said)
        along = self.lens.of(said, pieces)
        meant = self.ground.directions.shape[1]
        return along[:, meant:], self.ground.meant(pieces, along[:, :meant]), np.any(along, axis=1)

    def _asked(self, words: Floats, meanings: Floats, contexts: Ints) -> Floats:
        """Scores of feelings under a question."""
        labels, first = len(self.asked.bias), len(self.machine.bias)
        alone, *extra = (words[:, at : at + labels] for at in range(first, words.shape[1], labels))
        scores = self.asked.summed(alone, meanings)
        for number, under in enumerate(self.asked.under):
            chosen = np.flatnonzero(contexts == number)
            scores[chosen] += extra[number][chosen] + under.bias
        return scores

    def _sections(self, scores: Floats, texts: Sequence[Text]) -> Floats:
        """Probabilities of the sections, with what the word list says of each."""
        hints = np.array([each.sections for each in texts]).reshape(scores.shape)
        return np.round(chances_of_sections(features_of_sections(scores, hints), self.sections), DIGITS)

    def _readings(self, sections: Floats, chance: Floats, least: Floats, known: Ints) -> list[Reading]:
        """What is told of each text; no feeling where none is likely enough, nothing of a text that is not known."""
        told = np.where(known & (chance.max(axis=1) >= UNSURE), feeling_of(chance, least), NOT_TOLD)
        each = zip(
            map(tuple, sections.tolist()),
            map(tuple, (sections >= self.least).tolist()),
            [FEELINGS_TOLD[number] for number in told.tolist()],
            (np.round(chance[:, 2] - chance[:, 0], DIGITS) * known).tolist(),
            *doubts_of(sections, self.least),
            strict=True,
        )
        return [Reading(*values) for values in each]

    def why(self, words: Words, section: str) -> tuple[Why, ...]:
        """Those of a text's words that speak most for a section."""
        return self.weigher.why(words, SECTIONS.index(section), section)

    def _contexts(self, questions: Sequence[str]) -> Ints:
        remembered: dict[str, int] = {}
        for question in questions:
            if question not in remembered:
                plain = asked({"question": question}, ("question",))
                remembered[question] = self.contexts.get(plain, NO_CONTEXT)
        return np.array([remembered[question] for question in questions], dtype=np.int64)


def doubts_of(sections: Floats, least: Floats) -> tuple[list[float], list[str]]:
    """How near a section (one column each) comes to its threshold, at most 1, and which; none where that is never."""
    near = np.round(nearness(sections, least), DIGITS)
    nearest, doubts = near.argmax(axis=1).tolist(), near.max(axis=1).tolist()
    return doubts, [SECTIONS[at] if doubt > 0 else "" for at, doubt in zip(nearest, doubts, strict=True)]


def leans_of(texts: Sequence[Text]) -> Floats:
    """What the word list says of feeling, and how long each text is."""
    said = np.array([(each.lean, len(each.words)) for each in texts], dtype=np.float64).reshape(-1, 2)
    return np.column_stack([said[:, 0], np.log1p(said[:, 1])])


def features_of_sections(scores: Floats, hints: Floats) -> Floats:
    """What the probability of each section is made from, [text, section, feature].

    That is its score, the strongest word of the list for it, their squares and their product.
    """
    return np.stack([scores, scores**2, hints, hints**2, scores * hints], axis=-1)


def chances_of_sections(features: Floats, weights: Floats) -> Floats:
    """Probabilities; `weights`: a row for each section, its constant last."""
    raw = np.einsum("tsf,sf->ts", features, weights[:, :-1]) + weights[:, -1]
    return cast(Floats, 1 / (1 + np.exp(-np.clip(raw, -30, 30))))


def features_of_feeling(scores: Floats, leans: Floats) -> Floats:
    """What the probabilities of feelings are made from: scores of the three and of the lean, the word list, both."""
    wide = np.asarray(scores, dtype=np.float64)
    lean, length = leans[:, :1], leans[:, 1:]
    both = [wide[:, :1] * lean, wide[:, 2:3] * lean]
    return np.hstack([wide, wide**2, lean, np.abs(lean), lean**2, *both, length, lean == 0])


def chances(features: Floats, weights: Floats) -> Floats:
    """Probabilities of the three feelings."""
    raw = features @ weights[:, :-1].T + weights[:, -1]
    raw = np.exp(raw - raw.max(axis=1, keepdims=True))
    return cast(Floats, raw / raw.sum(axis=1, keepdims=True))


def settled(chance: Floats, leans: Floats) -> Floats:
    """Good and bad change places where the model wavers and the words of the list clearly lean the other way."""
    tilt, lean = chance[:, 2] - chance[:, 0], leans[:, 0]
    turned = (np.abs(tilt) < WAVERS) & (np.abs(lean) >= CLEARLY) & (tilt * lean < 0)
    return np.where(turned[:, None], chance[:, ::-1], chance)


def feeling_of(chance: Floats, least: Any) -> Ints:
    """The number of the feeling: neutral from its own least on, else the likelier side."""
    return np.where(chance[:, 1] >= least, 1, np.where(chance[:, 0] >= chance[:, 2], 0, 2))


@cache
def reader() -> Reader:
    """The one that ships."""
    with (files("antiphon.engines.listening") / "models" / "reader.model").open("rb") as file:
        return read_reader(Pack(cast(BinaryIO, file), KIND), background())


def read_reader(pack: Pack, ground: Background) -> Reader:
    """As it was packed, upon the background it was learned with."""
    every = read_machine(pack, len(pack.head["contexts"]))
    # Feelings stand there twice, without and with the question.
    first = (len(every.bias) + len(SECTIONS)) // 2
    machine, asked = every.of(slice(first)), every.of(slice(first, None))
    alone, under = pack.array("neutral").tolist()
    lens = Lens(ground.grams, [ground.directions, np.hstack([machine.weights, *asked.ways])])
    return Reader(
        version=str(pack.head["version"]),
        ground=ground,
        machine=machine,
        asked=asked,
        contexts={context: number for number, context in enumerate(pack.head["contexts"])},
        sections=pack.array("sections"),
        least=np.round(pack.array("least").astype(float), DIGITS),
        feeling=(pack.array("feeling"), pack.array("feeling_asked")),
        neutral=(alone, under),
        weigher=Weigher(ground.grams, machine, lens, ground.directions.shape[1]),
        lens=lens,
    )
