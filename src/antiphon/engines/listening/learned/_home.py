"""Whether a text is of the kind that the reader learned from: of any other nobody measured how often it is right.

Comments of patients about their care use words that the background met again and again. Of 100 of them with eight
words or more, four to seven hold 15 % of others, one holds 25 %; of 100 reports about vaccines or devices, 95 and 65.
Reports in plain words are told by what they report: two of 100 comments may report something.
"""

import numpy as np

from antiphon.engines.listening.learned._grams import Floats, Ints, Said

# From this share of words that the background never met a text is far from home, from the second it is abroad.
FAR, ABROAD = 0.15, 0.25
# The share of fewer words says nothing.
FEWEST_WORDS = 8
# Far from home nothing is likelier than this: even odds.
AT_MOST = 0.5


def strangeness(said: Said) -> Floats:
    """The share of words that are not known, 0 to 1, of each text; 0 where words are few."""
    texts = np.repeat(np.arange(len(said.sizes)), said.sizes)
    strange = np.bincount(texts[said.columns < 0], minlength=len(said.sizes))
    return np.where(said.sizes >= FEWEST_WORDS, strange / np.maximum(said.sizes, 1), 0.0)


def tempered(chances: Floats, strange: Floats, may_report: Ints) -> Floats:
    """Probabilities (one row a text) as far as they can be trusted: less far from home and of what may be a report."""
    is_far = (strange >= FAR) | may_report
    most = np.where(strange >= ABROAD, 0.0, np.where(is_far, AT_MOST, 1.0))
    return np.minimum(chances, most[:, None])
