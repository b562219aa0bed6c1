"""Which of the four languages a text is in: by its script, its letters and, for plain Latin, its small words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from toolkit.languages import Language
from toolkit.text.casing import lower
from toolkit.text.scripts import Script, scripts_in

_AZ_LETTERS = frozenset("əğışöüçİƏĞŞÖÜÇ")
_AZ_CYRILLIC = frozenset("әҹҝғҹөүһӘҸҜҒӨҮҺ")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Identified:
    """A language with how sure it is, 0 to 1."""

    language: Language
    confidence: float


def identify(text: str) -> Identified | None:
    """The language of a text, or None where it has no letter of a script that the four are written in."""
    counts = scripts_in(text)
    letters = {script: counts[script] for script in (Script.ARMENIAN, Script.CYRILLIC, Script.LATIN)}
    total = sum(letters.values())
    if not total:
        return None
    script, count = max(letters.items(), key=lambda item: item[1])
    share = count / total
    if script is Script.ARMENIAN:
        return Identified(Language.HY, share)
    if script is Script.CYRILLIC:
        azerbaijani = any(char in _AZ_CYRILLIC for char in text)
        return Identified(Language.AZ if azerbaijani else Language.RU, share)
    language, sureness = _latin(text)
    return Identified(language, share * sureness)


@cache
def _function_words() -> dict[Language, frozenset[str]]:
    text = files("toolkit.text").joinpath("data/function-words.yaml").read_text(encoding="utf-8")
    return {Language(code): frozenset(words) for code, words in yaml.safe_load(text).items()}


def _latin(text: str) -> tuple[Language, float]:
    """Azerbaijani by its own letters or, typed without them, by its small words; English else."""
    small = _function_words()
    words = [lower(word, Language.EN) for word in _WORD.findall(text)]
    marked = sum(any(char in _AZ_LETTERS for char in word) for word in words)
    azerbaijani = sum(word in small[Language.AZ] for word in words) + marked
    english = sum(word in small[Language.EN] for word in words)
    if azerbaijani > english:
        return Language.AZ, 0.95 if marked else 0.6
    return Language.EN, 0.95 if english else 0.5
