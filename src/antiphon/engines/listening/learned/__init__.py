"""Models learned from coded comments: features, fitting, applying, and the file they live in."""

from antiphon.engines.listening.learned._codebook import (
    Code,
    Codebook,
    Weighed,
    learned_with,
    read_codebook,
    write_codebook,
)
from antiphon.engines.listening.learned._fields import is_question
from antiphon.engines.listening.learned._files import Applied, Line, apply_file, coded_of, fit_files, lines_of
from antiphon.engines.listening.learned._fit import Coded, TooFewExamples, fit_codebook
from antiphon.engines.listening.learned._pack import UnreadableModel

__all__ = [
    "Applied",
    "Code",
    "Codebook",
    "Coded",
    "Line",
    "TooFewExamples",
    "UnreadableModel",
    "Weighed",
    "apply_file",
    "coded_of",
    "fit_codebook",
    "fit_files",
    "is_question",
    "learned_with",
    "lines_of",
    "read_codebook",
    "write_codebook",
]
