"""Whether words in capitals are somebody's name where nothing announces one: by language, as each writes its own."""

from antiphon.engines.listening._lexicons import lexicon
from antiphon.engines.listening.personal._lists import Lists
from antiphon.engines.listening.personal._tokens import CAPITAL, SHOUTED, Tokens

_WORDS = lexicon("personal")
_GIVEN = frozenset(_WORDS["given_names"])
_PARTICLES = frozenset(_WORDS["particles"])
EPONYMS = frozenset(_WORDS["eponyms"])
NO_NAMES = (
    frozenset(_WORDS["no_names"])
    | frozenset(_WORDS["roles"])
    | frozenset(_WORDS["relations"])
    | frozenset(_WORDS["name_stops"])
)
# Towns follow these, people do not.
_BEFORE_PLACES = frozenset(_WORDS["before_places"])
_WRITERS = frozenset({"began", "wrote", "said", "says", "flew", "listed"})
_VERBS = frozenset(_WORDS["what_people_do"])
_FAREWELLS = frozenset({"grüßen", "grüssen", "gruß"})


def is_name(tokens: Tokens, first: int, last: int, known: Lists) -> bool:
    """Whether a run of capitalised words that are no ordinary ones is a name."""
    judge = _JUDGES.get(tokens.tongue, _is_name_in_english)
    return judge(tokens, first, last, known)


def is_ordinary(tokens: Tokens, position: int, known: Lists) -> bool:
    """Whether a word proves nothing: an ordinary one, or a letter that abbreviates none."""
    word = tokens.words[position]
    if len(word) == 1:
        return position + 1 >= len(tokens) or tokens.gaps[position] not in (". ", ".")
    return word in known.ordinary or word in NO_NAMES or word in _PARTICLES or "'" in tokens.low[position][:-2]


def _is_name_in_english(tokens: Tokens, first: int, last: int, known: Lists) -> bool:
    words = tokens.words[first : last + 1]
    if tokens.words[first - 1] in _BEFORE_PLACES and " ".join(words) in known.places:
        return False
    if last > first:
        return _is_full_name(tokens, first, words, known)
    return _is_lone_name(tokens, first, words[0], known)


def _is_lone_name(tokens: Tokens, first: int, word: str, known: Lists) -> bool:
    if len(word) < 3 or tokens.shape[first] == SHOUTED or not word.isalpha():
        return word in _GIVEN and tokens.shape[first] == CAPITAL
    if word in _GIVEN or (not word.isascii() and word not in known.places):
        return True
    if word in known.places and word not in known.given:
        return False
    if "\n" in tokens.gaps[first - 1] and tokens.gaps[first][:2] == ": ":
        return word in known.given
    if tokens.starts_a_sentence(first):
        return _is_doing_something(tokens, first, word, known)
    return word in known.given or (word in known.family and tokens.words[first + 1] in _VERBS)


def _is_doing_something(tokens: Tokens, first: int, word: str, known: Lists) -> bool:
    if tokens.words[first + 1] in _WRITERS or _is_beside_a_name(tokens, first, known):
        return word not in known.places
    is_doing = tokens.words[first + 1] in _VERBS or tokens.gaps[first][:2] == ", "
    return (word in known.given or word in known.family) and is_doing


def _is_beside_a_name(tokens: Tokens, at: int, known: Lists) -> bool:
    """ "Somebody and Sarah": what stands beside a name is one."""
    other = tokens.words[at + 2]
    is_name = other in known.family or other in known.given
    return tokens.low[at + 1] == "and" and tokens.big[at + 2] and is_name and other not in known.ordinary


def _is_full_name(tokens: Tokens, first: int, words: tuple[str, ...], known: Lists) -> bool:
    if " ".join(words) in known.places or words[-1] in EPONYMS:
        return False
    if words[0] in known.given or len(words[0]) == 1:
        return any(word in known.family or word in known.given or word not in known.ordinary for word in words[1:])
    if any(len(word) == 1 for word in words[1:-1]):
        return True
    if not known.places.isdisjoint(words) or all(len(word) == 1 for word in words):
        return False
    if not all(word.isascii() for word in words) or _fills_its_line(tokens, first, first + len(words) - 1):
        return True
    return not tokens.starts_a_sentence(first) or any(word in known.family or word in known.given for word in words)


def _fills_its_line(tokens: Tokens, first: int, last: int) -> bool:
    before = tokens.gaps[first - 1] if first else "\n"
    return "\n" in before and "\n" in tokens.gaps[last][:3] and last - first < 3


def _is_name_in_spanish(tokens: Tokens, first: int, last: int, known: Lists) -> bool:
    words = tokens.words[first : last + 1]
    if tokens.words[first - 1] in ("de", "del", "tipo", "con") or words[0] in EPONYMS:
        return False
    named = sum(word in known.given or word in known.family for word in words)
    if last > first:
        return words[0] in known.given and named > 1 and " ".join(words) not in known.places
    return words[0] in _GIVEN and words[0] not in known.places


def _is_name_in_german(tokens: Tokens, first: int, last: int, known: Lists) -> bool:
    # Every noun has a capital here, so a name is a given name and a family name, or stands alone on its line.
    words = tokens.words[first : last + 1]
    if last == first:
        return words[0] in _GIVEN and words[0] not in known.places
    if words[0] in known.given or (len(words[0]) == 1 and tokens.gaps[first] in (". ", ".")):
        before, after = tokens.gaps[first - 1][-1:], tokens.gaps[last].strip(" ")[:1]
        is_alone = before in ("\n", "\t", "") and after in ("\n", "\t", "", ",", "*", "(", "/")
        if words[-1] in EPONYMS:
            return False
        if not _is_known(words[-1], known):
            return is_alone and (
                words[0] in _GIVEN or bool(_FAREWELLS.intersection(tokens.low[max(0, first - 30) : first]))
            )
        return words[0] in _GIVEN or (is_alone and after not in (",", "/"))
    return False


def _is_known(word: str, known: Lists) -> bool:
    return word in known.family or word in known.given


_JUDGES = {"es": _is_name_in_spanish, "de": _is_name_in_german}
