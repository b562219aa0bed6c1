"""The words of data/zones.yaml as compiled expressions, one set a language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from toolkit.languages import Language

_GAP = r"(?:\W+\w+){0,6}?\W+"


@dataclass(frozen=True, slots=True)
class Cues:
    """`titled` and `ranks` match a word from its beginning, `locative` whole words, `naming` a phrase anywhere;
    all on folded text."""

    titled: re.Pattern[str]
    naming: re.Pattern[str]
    ranks: re.Pattern[str]
    locative: re.Pattern[str]


@cache
def cues_of(language: Language) -> Cues:
    text = files("toolkit.mentions").joinpath("data/zones.yaml").read_text(encoding="utf-8")
    lists = yaml.safe_load(text)[language.value]
    return Cues(
        titled=_beginnings(lists["titled"]),
        naming=re.compile("|".join(rf"\b(?:{_expand(phrase)})\w*" for phrase in lists["naming"])),
        ranks=_beginnings(lists["ranks"]),
        locative=re.compile("|".join(map(re.escape, lists["locative"])) or r"(?!)"),
    )


def _beginnings(words: list[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(re.escape(word) for word in longest_first)})\w*")


def _expand(phrase: str) -> str:
    return re.sub(r"\s*…\s*", lambda _: _GAP, phrase)
