"""Prepositions and postpositions that surely leave the name beside them only some cases; see data/adpositions.yaml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from toolkit.languages import Language
from toolkit.morphology.base import Case, Context
from toolkit.text.folding import fold_key

_BEFORE = re.compile(r"(?<![\w-])([\w-]+) $")
_AFTER = re.compile(r" (\w+)(?![\w-])")


@dataclass(frozen=True, slots=True)
class Governor:
    """The word that governs a name, as written, and the cases it leaves, the usual one first."""

    word: str
    cases: tuple[Case, ...]


def governor(context: Context, language: Language) -> Governor | None:
    """The listed adposition directly beside a name; None where none stands there. English has no such cases."""
    before, after = _listed(language)
    for pattern, text, listed in ((_BEFORE, context.before, before), (_AFTER, context.after, after)):
        found = (pattern.search(text) if pattern is _BEFORE else pattern.match(text)) if listed else None
        cases = listed.get(fold_key(found[1], language)) if found else None
        if found is not None and cases is not None:
            return Governor(found[1], cases)
    return None


@cache
def _listed(language: Language) -> tuple[Mapping[str, tuple[Case, ...]], Mapping[str, tuple[Case, ...]]]:
    """Words before and words after a name with the cases they leave; the Russian locative counts as prepositional."""
    text = files("toolkit.morphology").joinpath("data/adpositions.yaml").read_text(encoding="utf-8")
    table = yaml.safe_load(text).get(language.value, {})
    found = []
    for side in ("before", "after"):
        words: dict[str, tuple[Case, ...]] = {}
        for cases, listed in table.get(side, {}).items():
            allowed = tuple(map(Case, cases.split()))
            allowed += (Case.LOC,) if Case.PREP in allowed else ()
            words.update((fold_key(word, language), allowed) for word in listed)
        found.append(words)
    return found[0], found[1]
