"""Words by which two sentences say different things however alike they look: negations and numerals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from toolkit.languages import Language
from toolkit.text.folding import fold_key


@dataclass(frozen=True, slots=True)
class Weighty:
    """The lists of one language, folded."""

    negation: frozenset[str]
    counting: frozenset[str]
    affixes: re.Pattern[str] | None

    def negates(self, word: str) -> bool:
        return word in self.negation or bool(self.affixes and self.affixes.fullmatch(word))


@cache
def weighty_words(language: Language) -> Weighty:
    """The lists of data/words.yaml for one language."""
    lists = yaml.safe_load(files("toolkit.memory").joinpath("data/words.yaml").read_text(encoding="utf-8"))[language]
    affixes = "|".join(lists["affixes"])
    return Weighty(
        negation=frozenset(fold_key(word, language) for word in lists["negation"]),
        counting=frozenset(fold_key(word, language) for word in lists["counting"]),
        affixes=re.compile(affixes) if affixes else None,
    )
