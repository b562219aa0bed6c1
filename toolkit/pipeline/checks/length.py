"""A translation far shorter or longer than translations of such a text are."""

from __future__ import annotations

from math import exp, log

from toolkit.languages import Language
from toolkit.pipeline.checks.pair import Pair, Remarks

_SHORTEST = 20
"""Code points of a source below which its length tells nothing."""
_LEAST, _MOST = 0.42, 2.3
_ROOM = 12
_LONG = 90
"""Code points from which languages keep their proportion, so that a clause left out can be seen."""
_LEAST_LONG, _MOST_LONG = 0.52, 1.85
_FULL = 0.75
"""Of the usual length: below it something may be left out."""
_WIDTH = {Language.AZ: 1.08, Language.EN: 1.0, Language.HY: 1.1, Language.RU: 1.08}
"""How long a text is in each language, measured against English."""
_WORDS = {Language.AZ: 0.80, Language.EN: 1.0, Language.HY: 0.86, Language.RU: 0.84}
"""How many words it has; and its letters, where both are counted."""
_LETTERS = {Language.AZ: 1.0, Language.EN: 1.0, Language.HY: 1.03, Language.RU: 1.0}
_BY_LETTERS = 0.65
"""The weight of letters in the size of a text, the rest is that of words: together they vary less than each alone."""
_SIZED = 60
"""Code points of a source from which the size of its translation is asked for."""
_LEAST_SIZE = 0.58
_LEAST_ENGLISH = 0.4
"""Of the usual size: into English less, since what is translated from it grows."""


def check_length(pair: Pair, remarks: Remarks) -> None:
    """T014 where the proportion of the lengths is outside what two languages can do; T015 for an empty translation."""
    source, target = len(pair.source.text.strip()), len(pair.target.text.strip())
    if source and not target:
        remarks.add("T015", None)
    elif source >= _SHORTEST and (not _is_usual(source, target, _widening(pair)) or _is_small(pair)):
        remarks.add("T014", None, None, ratio=f"{target / source:.0%}")


def is_short(source: str, language: Language, translation: str, target: Language) -> bool:
    """Whether a translation is so short that a passage may be left out: no proof, many good ones are."""
    usual = len(source.strip()) * _WIDTH[target] / _WIDTH[language]
    return len(translation.strip()) < _FULL * usual


def size_of(pair: Pair) -> float:
    """How large the translation is, in letters and words, as a part of what is usual for its source: 1 is usual."""
    texts = [(side.text.strip(), side.language) for side in (pair.source, pair.target)]
    if not all(text for text, _ in texts):
        return 1.0 if not texts[0][0] else 0.0
    here, there = (
        _BY_LETTERS * log(len(text) / _LETTERS[language])
        + (1 - _BY_LETTERS) * log(len(text.split()) / _WORDS[language])
        for text, language in texts
    )
    return exp(there - here)


def _is_small(pair: Pair) -> bool:
    least = _LEAST_ENGLISH if pair.target.language is Language.EN else _LEAST_SIZE
    return len(pair.source.text.strip()) >= _SIZED and size_of(pair) < least


def _is_usual(source: int, target: int, widening: float) -> bool:
    if source >= _LONG and not _LEAST_LONG <= target / source / widening <= _MOST_LONG:
        return False
    return _LEAST * source - _ROOM / 2 <= target <= _MOST * source + _ROOM


def _widening(pair: Pair) -> float:
    """The usual length of a translation for one of its source."""
    return _WIDTH[pair.target.language] / _WIDTH[pair.source.language]
