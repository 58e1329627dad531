"""Names of people: words in capitals, what stands before them, and lists of names against ordinary words."""

from collections.abc import Iterator
from typing import NamedTuple

from antiphon.engines.listening._lexicons import lexicon
from antiphon.engines.listening._values import Span
from antiphon.engines.listening.personal._judging import EPONYMS, NO_NAMES, is_name, is_ordinary
from antiphon.engines.listening.personal._lists import Lists, lists
from antiphon.engines.listening.personal._tokens import CAPITAL, SHOUTED, Tokens

_WORDS = lexicon("personal")
_TITLES = frozenset(_WORDS["titles"])
_ROLES = frozenset(_WORDS["roles"])
_RELATIONS = frozenset(_WORDS["relations"])
_POSSESSIVES = frozenset(_WORDS["possessives"])
_PARTICLES = frozenset(_WORDS["particles"])
# In capitals these are something else: a scan, a disease.
_ALSO_SHORT_FOR = frozenset({"mr", "ms", "fr", "sr", "pd", "med", "ass"})
_ONLY_AFTER_TITLES = frozenset({"med", "mult", "dipl", "ing", "univ", "ass"})
_PATIENTS = frozenset({"patient", "patientin", "patienten", "pat"})
_GIVEN = frozenset(_WORDS["given_names"])
_SURE = {tuple(each.split()): "introduction" for each in _WORDS["introductions"]}
_LIKELY = {tuple(each.split()): "mention" for each in _WORDS["mentions"]}
_FIELDS = {tuple(each.split()): "field" for each in _WORDS["name_fields"]}
_ENDS_OF_CUES = frozenset(each[-1] for each in (*_SURE, *_LIKELY, *_FIELDS))
_ANNOUNCING = _TITLES | _PARTICLES | _ROLES | _RELATIONS
# Spanish forms end a label in more ways than one.
_ENDS_OF_LABELS = {"en": (":",), "de": (":",), "es": (":", ".", ";")}
_SPACES = frozenset({" ", "  ", "   ", "\u00a0", "-", "-\n", " \u00a0"})
_LONGEST_NAME = 8
_LONGEST_CUE = 3
_BEARERS = frozenset(_WORDS["bearers"])
_NO_PEOPLE = EPONYMS | _BEARERS


class _Run(NamedTuple):
    """Capitalised words side by side: first and last token, and what announces them."""

    first: int
    last: int
    why: str


def name_spans(tokens: Tokens) -> Iterator[Span]:
    """Every name, those announced by a title or a field first; a name once announced is one everywhere."""
    if not tokens.bigs and not tokens.small_names:
        return
    known = lists(tokens.tongue)
    is_small_known = tokens.small_names and tokens.tongue == "en" and not tokens.shouts
    sure = list(_small(tokens, known)) if is_small_known else []
    likely: list[_Run] = []
    for run in _runs(tokens):
        if run.why:
            sure += _announced(tokens, run, known)
        else:
            likely += _unannounced(tokens, run, known)
    for run in (*sure, *likely):
        yield _span(tokens, run)
    if sure:
        yield from _again(tokens, sure, known)


def _span(tokens: Tokens, run: _Run) -> Span:
    start, end = tokens.span(run.first, run.last)
    if (
        run.why == "title"
        and tokens.low[run.first - 1] in _PARTICLES
        and run.first
        and tokens.gaps[run.first - 1] == " "
    ):
        start = tokens.span(run.first - 1, run.last)[0]
    if tokens.said[run.last][-2:] in ("'s", "’s"):
        end -= 2
    return Span(start, end, "person", run.why)


def _small(tokens: Tokens, known: Lists) -> Iterator[_Run]:
    """Names without capitals: after "my name is", or given and family name where the writer uses none at all."""
    for first in tokens.small_names:
        last = first + 1
        if len(tokens.words[last]) == 1 and tokens.gaps[first] == " ":
            last += 1
        has_family = tokens.gaps[last - 1] in (" ", ". ") and _is_small_family(tokens, last, known)
        if _worded_cue(tokens, first, tokens.gaps[first - 1].strip(), "") == "introduction":
            yield _Run(first, last if has_family else first, "introduction")
        elif has_family and not tokens.bigs and len(tokens.low[first]) > 3:
            yield _Run(first, last, "name")


def _is_small_family(tokens: Tokens, at: int, known: Lists) -> bool:
    word = tokens.words[at]
    return len(word) > 3 and word in known.family and word not in known.ordinary and word not in NO_NAMES


def _runs(tokens: Tokens) -> Iterator[_Run]:
    reached = -1
    for position in tokens.bigs:
        if position <= reached or tokens.low[position] in _TITLES or tokens.words[position] in NO_NAMES:
            continue
        reached = _end_of_run(tokens, position)
        yield _Run(position, reached, _cue(tokens, position))


def _end_of_run(tokens: Tokens, first: int) -> int:
    last = first
    while last - first < _LONGEST_NAME:
        following = _next_of_name(tokens, last)
        if following is None:
            return last
        last = following
    return last


def _next_of_name(tokens: Tokens, last: int) -> int | None:
    gap, following = tokens.gaps[last], last + 1
    if gap not in _SPACES and not (gap in (". ", ".", ".-") and len(tokens.said[last]) < 3 and tokens.big[last]):
        return None
    while tokens.words[following] in _PARTICLES and tokens.gaps[following][:1] != "." and following - last <= 3:
        if tokens.gaps[following] not in (" ", "'", "’", "´"):
            return None
        following += 1
    if not tokens.big[following] or tokens.low[following] in _TITLES:
        return None
    is_initial = len(tokens.said[following]) == 1 and tokens.gaps[following][:1] == "."
    if tokens.words[following] in NO_NAMES and not is_initial:
        return None
    # "C/" is a street and "E-mail" no name.
    if len(tokens.low[following]) == 1 and tokens.gaps[following][:1] in ("/", "-"):
        return None
    return following


def _cue(tokens: Tokens, first: int) -> str:
    """What announces a name here: a title, a role, a relation, a field, a way of speaking; or nothing."""
    before = tokens.words[first - 1]
    if before not in _ANNOUNCING and tokens.low[first - 1] not in _ENDS_OF_CUES:
        return ""
    gap = tokens.gaps[first - 1].strip(" \t\u00a0")
    if gap in ("", ".", ".\n", "\n", ":", ".:") and _is_title(tokens, first - 1, gap):
        return "title"
    if before in _PARTICLES and gap == "" and _is_title(tokens, first - 2, "") and tokens.gaps[first - 2] == " ":
        return "title"
    return _worded_cue(tokens, first, gap, before)


def _is_title(tokens: Tokens, at: int, gap: str) -> bool:
    word = tokens.words[at]
    if word not in _TITLES or (word in _ALSO_SHORT_FOR and tokens.shape[at] == SHOUTED and not tokens.shouts):
        return False
    if word in _ONLY_AFTER_TITLES:
        return tokens.words[at - 1] in _TITLES
    return "\n" not in gap or tokens.big[at]


def _worded_cue(tokens: Tokens, first: int, gap: str, before: str) -> str:
    if gap == "" and before in _ROLES:
        return "role"
    if gap in ("", ",") and before in _RELATIONS:
        owner = {tokens.words[first - 2], tokens.words[first - 3]}
        return "relation" if owner & _POSSESSIVES else ""
    if first == 0 or tokens.low[first - 1] not in _ENDS_OF_CUES:
        return ""
    for length in range(_LONGEST_CUE, 0, -1):
        words = tokens.low[max(0, first - length) : first]
        if gap in ("", ",", ":", ",\n", "\n") and words in _SURE:
            return _SURE[words]
        if gap[:1] in _ENDS_OF_LABELS[tokens.tongue] and words in _FIELDS:
            return _FIELDS[words]
        if gap == "" and words in _LIKELY:
            return _LIKELY[words]
    return ""


def _announced(tokens: Tokens, run: _Run, known: Lists) -> list[_Run]:
    first = run.first
    if set(tokens.low[first]) == {"x"} or _is_lone_letter(tokens, run):
        return []
    if run.why in ("title", "field", "introduction"):
        return [_with_given(tokens, run, known)]
    if tokens.tongue == "de" and tokens.words[first - 1] in _PATIENTS:
        is_named = run.last > first or tokens.gaps[run.last].strip()[:1] in (",", "(", "*")
        return [_with_given(tokens, run, known)] if is_named else []
    if tokens.words[run.last + 1] in _BEARERS or tokens.words[run.last] in _BEARERS:
        return []
    word = tokens.words[first]
    if word in known.ordinary or len(word) < 2 or tokens.shape[first] == SHOUTED:
        return []
    if tokens.words[first - 1] in ("i'm", "am") and run.last > first:
        return [run] if not any(is_ordinary(tokens, at, known) for at in (first, run.last)) else []
    if run.why != "mention" or run.last > first:
        return _unannounced(tokens, run, known) if run.why == "mention" else [run]
    is_family = word in known.family and word not in known.places
    return [run] if word in known.given or is_family else []


def _is_called(tokens: Tokens, run: _Run, known: Lists) -> bool:
    """Somebody is spoken to: "Do not go, Mark!"."""
    is_apart = tokens.gaps[run.first - 1] == ", " and tokens.gaps[run.last][:1] in ("!", "?")
    return is_apart and run.first == run.last and tokens.words[run.first] in known.given


def _is_lone_letter(tokens: Tokens, run: _Run) -> bool:
    return run.first == run.last and len(tokens.said[run.first]) == 1 and tokens.gaps[run.last][:1] != "."


def _with_given(tokens: Tokens, run: _Run, known: Lists) -> _Run:
    """The given name that stands behind a comma belongs to it: "Frau Tausend, Irene"."""
    after = run.last + 1
    if run.last == run.first and tokens.gaps[run.last] == ", " and tokens.big[after]:
        is_given = tokens.words[after] in known.given and tokens.words[after] not in known.ordinary
        is_closed = tokens.words[after + 1] == "geb" or tokens.gaps[after].strip(" \t")[:1] in (",", "(", "*")
        if is_given or (is_closed and tokens.tongue == "de"):
            return _Run(run.first, after, run.why)
    return run


def _unannounced(tokens: Tokens, run: _Run, known: Lists) -> list[_Run]:
    if tokens.shouts:
        return []
    first = run.first
    while first <= run.last and is_ordinary(tokens, first, known):
        first += 1
    last = run.last
    if _is_called(tokens, run, known):
        return [run]
    if first > last:
        return []
    while last > first and (
        is_ordinary(tokens, last, known) or (tokens.shape[last] == SHOUTED and tokens.shape[first] == CAPITAL)
    ):
        last -= 1
    # "C.P.N" is a post, not a person, and a disease bears a name without being one.
    if tokens.words[last] in _NO_PEOPLE or tokens.words[last + 1] in _BEARERS:
        return []
    if len(tokens.words[first]) == 1 and all(len(word) == 1 for word in tokens.words[first : last + 1]):
        return []
    return [_Run(first, last, "name")] if is_name(tokens, first, last, known) else []


def _again(tokens: Tokens, sure: list[_Run], known: Lists) -> Iterator[Span]:
    """The same words elsewhere in the text, once a title or a field has said that they are a name."""
    told = {
        tokens.words[at]
        for run in sure
        if _tells(tokens, run)
        for at in range(run.first, run.last + 1)
        if len(tokens.words[at]) > 3 and tokens.words[at] not in known.ordinary
    } - NO_NAMES
    if not told:
        return
    for position in tokens.bigs:
        if tokens.words[position] in told:
            yield _span(tokens, _Run(position, position, "named before"))


def _tells(tokens: Tokens, run: _Run) -> bool:
    # In German organs and days are written like the names of doctors.
    if tokens.tongue == "de":
        return tokens.words[run.first - 1] in ("frau", "herr", "herrn", "name", *_PATIENTS)
    return run.why in ("title", "field", "introduction", "relation")
