"""How good an engine is for a pair, by what has been published: COMET on FLORES-200 devtest.

From the evaluation of the Firefox Translations models (December 2025), where each engine stands with the best of
its small models. What nobody measured counts as WEAK: after what is known to be good, before what is known to be bad.
"""

from __future__ import annotations

from toolkit.languages import Language

WEAK = 0.7

_EN = Language.EN
_COMET = {
    "argos": {"en-az": 0.52, "az-en": 0.64, "en-ru": 0.85, "ru-en": 0.80},
    "firefox": {"en-az": 0.84, "az-en": 0.83, "en-ru": 0.85, "ru-en": 0.84},
    "nllb": {"en-hy": 0.87, "hy-en": 0.85, "en-az": 0.84, "az-en": 0.81, "en-ru": 0.86, "ru-en": 0.85},
    "opus-mt": {"en-hy": 0.68, "hy-en": 0.67, "en-az": 0.56, "az-en": 0.58, "en-ru": 0.85, "ru-en": 0.84},
}


def comet(name: str, source: Language, target: Language) -> float:
    """The published figure for an engine whose name starts with, or holds, one of the table's names.

    For a pair without English that one model translates, the worse of its two halves; a pivot has their product,
    since the second engine builds upon the first one's errors.
    """
    if ">" in name:
        first, _, second = name.partition(">")
        return comet(first, source, _EN) * comet(second, _EN, target)
    figures = next((figures for family, figures in _COMET.items() if family in name.lower()), {})
    if _EN in (source, target):
        return figures.get(f"{source}-{target}", WEAK)
    return min(figures.get(f"{source}-{_EN}", WEAK), figures.get(f"{_EN}-{target}", WEAK))
