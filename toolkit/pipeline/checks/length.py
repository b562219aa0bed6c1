"""A translation far shorter or longer than translations of such a text are."""

from __future__ import annotations

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


def check_length(pair: Pair, remarks: Remarks) -> None:
    """T014 where the proportion of the lengths is outside what two languages can do; T015 for an empty translation."""
    source, target = len(pair.source.text.strip()), len(pair.target.text.strip())
    if source and not target:
        remarks.add("T015", None)
    elif source >= _SHORTEST and not _is_usual(source, target, _widening(pair)):
        remarks.add("T014", None, None, ratio=f"{target / source:.0%}")


def is_short(source: str, language: Language, translation: str, target: Language) -> bool:
    """Whether a translation is so short that a passage may be left out: no proof, many good ones are."""
    usual = len(source.strip()) * _WIDTH[target] / _WIDTH[language]
    return len(translation.strip()) < _FULL * usual


def _is_usual(source: int, target: int, widening: float) -> bool:
    if source >= _LONG and not _LEAST_LONG <= target / source / widening <= _MOST_LONG:
        return False
    return _LEAST * source - _ROOM / 2 <= target <= _MOST * source + _ROOM


def _widening(pair: Pair) -> float:
    """The usual length of a translation for one of its source."""
    return _WIDTH[pair.target.language] / _WIDTH[pair.source.language]
