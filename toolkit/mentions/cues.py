"""The words of data/zones.yaml as compiled expressions, one set a language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from toolkit.languages import Language

NAMES = ("\ue000", "\uefff")
"""Characters that stand for a name in the form in which the language gives names (◆), first and last."""

OTHER_NAMES = ("\uf000", "\uf8ff")
"""Characters that stand for a name in another form (◇ is either)."""

_NAMING = "{}-{}".format(*NAMES)
_ANY = f"{NAMES[0]}-{OTHER_NAMES[1]}"
_MARKS = r"[\"«»“”„'*_]{0,2}"
_GAP = rf"(?:[^\w{_ANY}.;!?]+[\w{_ANY}]+){{0,6}}?[^\w{_ANY}.;!?]+"
_SPACED_GAP = re.compile(r"\s*…\s*")


@dataclass(frozen=True, slots=True)
class Cues:
    """Compiled lists, for folded text.

    `titled`, `ranks` and `place` match a word from its beginning, `kin` and `locative` whole words, `naming` the
    phrases with the names they give, `gloss` all that may stand between two names of one thing.
    """

    titled: re.Pattern[str]
    naming: tuple[re.Pattern[str], ...]
    ranks: re.Pattern[str]
    kin: re.Pattern[str]
    place: re.Pattern[str]
    locative: re.Pattern[str]
    gloss: re.Pattern[str]


@cache
def cues_of(language: Language) -> Cues:
    text = files("toolkit.mentions").joinpath("data/zones.yaml").read_text(encoding="utf-8")
    lists = yaml.safe_load(text)[language.value]
    joined = "|".join(map(re.escape, lists["joined"]))
    return Cues(
        titled=_beginnings(lists["titled"]),
        naming=tuple(_phrase(phrase, joined) for phrase in lists["naming"]),
        ranks=_beginnings(lists["ranks"]),
        kin=re.compile("|".join(map(re.escape, lists["kin"]))),
        place=_beginnings(lists["place"]),
        gloss=_gloss(lists["gloss"]),
        locative=re.compile("|".join(map(re.escape, lists["locative"])) or r"(?!)"),
    )


def _beginnings(words: list[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(re.escape(word) for word in longest_first)})\w*")


def _gloss(words: list[str]) -> re.Pattern[str]:
    """What may stand between two names of one thing: punctuation, and at most six of the words of a gloss."""
    longest_first = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"\W*(?:(?:{longest_first})(?!\w)\W*){{0,6}}")


def _phrase(phrase: str, joined: str) -> re.Pattern[str]:
    pattern = _SPACED_GAP.sub(lambda _: _GAP, phrase).replace(r"\w◇", rf"\w{_ANY}")
    for mark, letters in (("◆", _NAMING), ("◇", _ANY)):
        name = f"{_MARKS}[{letters}]{_MARKS}"
        pattern = pattern.replace(mark, rf"{name}(?:(?:, ?|[/–—-]| (?:{joined}) (?:the )?){name})*")
    return re.compile(rf"(?<!\w)(?:{pattern})")
