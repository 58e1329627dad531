"""The obvious way to find phrases: try every phrase at every word. The oracle for the index."""

from antiphon.engines.listening._phrases import ANY_WORD, Match, Phrase, Word


def find_slowly(phrases: list[Phrase], words: list[Word]) -> list[Match]:
    found = []
    for position in range(len(words)):
        for each in phrases:
            here = words[position : position + len(each.words)]
            if len(here) == len(each.words) and all(map(_fits, each.words, here)):
                last = position + len(each.words) - 1
                found.append(Match(each, position, last))
    return found


def _fits(pattern: str, word: Word) -> bool:
    if pattern == ANY_WORD:
        return True
    if pattern[-1] == "*":
        return word.text[: len(pattern) - 1] == pattern[:-1]
    return word.text == pattern
