"""The words of data/zones.yaml as compiled expressions, one set a language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from toolkit.languages import Language

_GAP = r"(?:\W+\w+){0,6}?\W+"
_NAME = "◇"
_MARKS = re.compile(rf"\s*[…{_NAME}]\s*")


@dataclass(frozen=True, slots=True)
class Cues:
    """Compiled lists, for folded text.

    `titled` and `ranks` match a word from its beginning, `locative` whole words, `naming` a phrase anywhere,
    `naming_around` a phrase with the name inside, `gloss` all that may stand between two names of one thing.
    """

    titled: re.Pattern[str]
    naming: re.Pattern[str]
    naming_around: re.Pattern[str]
    ranks: re.Pattern[str]
    locative: re.Pattern[str]
    gloss: re.Pattern[str]


@cache
def cues_of(language: Language) -> Cues:
    text = files("toolkit.mentions").joinpath("data/zones.yaml").read_text(encoding="utf-8")
    lists = yaml.safe_load(text)[language.value]
    return Cues(
        titled=_beginnings(lists["titled"]),
        naming=_phrases(phrase for phrase in lists["naming"] if _NAME not in phrase),
        naming_around=_phrases(phrase for phrase in lists["naming"] if _NAME in phrase),
        ranks=_beginnings(lists["ranks"]),
        gloss=_gloss(lists["gloss"]),
        locative=re.compile("|".join(map(re.escape, lists["locative"])) or r"(?!)"),
    )


def _beginnings(words: list[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(re.escape(word) for word in longest_first)})\w*")


def _gloss(words: list[str]) -> re.Pattern[str]:
    """What may stand between two names of one thing: punctuation, and at most three of the words of a gloss."""
    longest_first = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"\W*(?:(?:{longest_first})\W+){{0,3}}")


def _phrases(phrases: Iterable[str]) -> re.Pattern[str]:
    expanded = [_MARKS.sub(lambda _: _GAP, phrase) for phrase in phrases]
    return re.compile("|".join(rf"\b(?:{phrase})\w*" for phrase in expanded) or r"(?!)")
