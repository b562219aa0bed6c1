"""Words by which two sentences say different things however alike they look: negations, numerals, kinds of places."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from toolkit.languages import Language
from toolkit.text.folding import fold_key


@dataclass(frozen=True, slots=True)
class Weighty:
    """The lists of one language, folded."""

    negation: frozenset[str]
    counting: frozenset[str]
    turning: frozenset[str]
    affixes: re.Pattern[str] | None

    def negates(self, word: str) -> bool:
        return word in self.negation or bool(self.affixes and self.affixes.fullmatch(word))


@cache
def weighty_words(language: Language) -> Weighty:
    """The lists of data/words.yaml for one language."""
    lists = _data()[language.value]
    affixes = "|".join(lists["affixes"])
    return Weighty(
        negation=frozenset(fold_key(word, language) for word in lists["negation"]),
        counting=frozenset(fold_key(word, language) for word in lists["counting"]),
        turning=frozenset(fold_key(word, language) for word in lists["turning"]),
        affixes=re.compile(affixes) if affixes else None,
    )


@cache
def kind_words(language: Language, kind: str) -> re.Pattern[str] | None:
    """The words that say of a place that it is of this kind (city, village …), on folded text."""
    beginnings = _data()["kinds"][language.value].get(kind)
    return re.compile(rf"(?<!\w)(?:{'|'.join(beginnings)})\w*") if beginnings else None


@cache
def _data() -> Any:
    return yaml.safe_load(files("toolkit.memory").joinpath("data/words.yaml").read_text(encoding="utf-8"))
