"""Words with something of a denial in them that both texts have: refuse and отказаться, without and առանց.

They say the same on both sides, and so tell nothing of a negation beside them: “700 families are without gas, and
repairs will begin” lacks a negation of «700 семей без газа, ремонт не начнётся», though both texts deny something.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from toolkit.languages import Language
from toolkit.pipeline.checks.word_lists import word_lists

_NEGATED_AZ = re.compile(
    r"[^\W\d]{2,}(?:m[aə](?:d[ıi](?!r)|y[ıi]b|yaca|yəcə|m[ıi]ş|yan|yən|s[ıi]n|m[aə][qkğy])|m[ıiuü]r)\w*"
)
"""An Azerbaijani verb that is denied itself: kəsilmədi says the opposite of stopped."""


def without_kindred(text: str, language: Language, other: str, other_language: Language) -> str:
    """The folded text with spaces for the words that have a counterpart in the other one, each paired with one. The
    counterpart may be a denied verb: stopped is the word of չկանգնեցրեց, and does not say what its չ- says."""
    for here, there in zip(_kindred(language), _kindred(other_language, denied=True), strict=True):
        places = [match.span() for match in here.finditer(text) if not _NEGATED_AZ.fullmatch(match.group())]
        if not places:
            continue
        shared = [match.span() for match in there.finditer(other)]
        shared = shared[: len(places)]
        for start, end in places[: len(shared)]:
            text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
        for start, end in shared:
            other = f"{other[:start]}{' ' * (end - start)}{other[end:]}"
    return text


def blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def whole_words(listed: str) -> re.Pattern[str]:
    """Expressions for whole words, separated by spaces; ~ stands for a space inside one."""
    return whole([either(listed)])


def either(listed: str) -> str:
    return "|".join(listed.replace("~", r"\s").split())


def whole(expressions: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(expressions)})(?!\w)")


@cache
def _kindred(language: Language, *, denied: bool = False) -> Sequence[re.Pattern[str]]:
    """What is said, in the order of the list, as expressions of one language; `denied`: with the Armenian չ- too."""
    listed: Mapping[str, Mapping[str, str]] = word_lists("kindred")
    prefix = "չ?" if denied and language is Language.HY else ""
    return tuple(whole([f"{prefix}(?:{either(by[language.value])})"]) for by in listed.values())
