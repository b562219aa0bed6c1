"""Months and weekdays: found in a text in any form, and written in the form another one had."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from toolkit.languages import Language
from toolkit.morphology.base import Case, Features, Form, Lexeme, Part
from toolkit.morphology.grammars import grammar_of
from toolkit.text.folding import fold, fold_key
from toolkit.text.spans import Span

MONTH, WEEKDAY = "month", "weekday"


@dataclass(frozen=True, slots=True)
class Day:
    """A month or weekday in a text: "month" or "weekday", its number from 1, its base form, the forms it can be."""

    span: Span
    cls: str
    value: str
    lexeme: Lexeme
    features: tuple[Features, ...]


@dataclass(frozen=True)
class Calendar:
    """The months and weekdays of one language with all their forms."""

    language: Language
    words: Mapping[tuple[str, str], tuple[Lexeme, tuple[Form, ...]]]
    surfaces: Mapping[str, tuple[tuple[str, str, Features], ...]]
    pattern: re.Pattern[str]
    beside: Mapping[str, re.Pattern[str]]

    def find(self, text: str) -> list[Day]:
        """The months and weekdays of a text, in order; English ones only with their capital."""
        folded = fold(text, self.language)
        found = []
        for match in self.pattern.finditer(folded.text):
            span = folded.offsets.span(Span(*match.span()))
            readings = self.surfaces[match.group()]
            cls, value, _ = readings[0]
            lexeme = self.words[cls, value][0]
            beside = self.beside.get(lexeme.text)
            if beside and not beside.match(folded.text, match.end()):
                continue
            if self.language is Language.EN and not span.of(text)[0].isupper():
                continue
            found.append(Day(span, cls, value, lexeme, tuple(features for _, _, features in readings)))
        return found

    def lexeme(self, cls: str, value: str) -> Lexeme:
        return self.words[cls, value][0]

    def forms(self, cls: str, value: str, features: Features) -> list[Form]:
        """The preferred forms with these features."""
        return [form for form in self.words[cls, value][1] if form.features == features and form.preferred]


@cache
def calendar_of(language: Language) -> Calendar:
    """The calendar of a language, from data/calendar.yaml and the grammar."""
    text = files("toolkit.memory").joinpath("data/calendar.yaml").read_text(encoding="utf-8")
    data = yaml.safe_load(text)[language.value]
    words: dict[tuple[str, str], tuple[Lexeme, tuple[Form, ...]]] = {}
    surfaces: dict[str, list[tuple[str, str, Features]]] = {}
    for cls, key in ((MONTH, "months"), (WEEKDAY, "weekdays")):
        for number, base in enumerate(data[key], 1):
            lexeme = Lexeme(base, "other")
            forms = _forms(lexeme, data.get("also", {}).get(base, {}), language)
            words[cls, str(number)] = (lexeme, forms)
            for form in forms:
                readings = surfaces.setdefault(fold_key(form.text, language), [])
                if not readings or readings[0][:2] == (cls, str(number)):
                    readings.append((cls, str(number), form.features))
    longest_first = sorted(surfaces, key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w'-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])")
    beside = {base: re.compile(rf"\s+(?:{'|'.join(after)})\b") for base, after in data.get("beside", {}).items()}
    return Calendar(language, words, {key: tuple(value) for key, value in surfaces.items()}, pattern, beside)


def _forms(lexeme: Lexeme, also: Mapping[str, Any], language: Language) -> tuple[Form, ...]:
    """Forms of the singular; the declared ones are written, the grammar's of the same case only recognised."""
    regular = [
        form
        for form in grammar_of(language).forms(lexeme)
        if form.features.part is Part.NAME and not form.features.possessor and not form.features.tail
    ]
    declared = [Form(text, Features(case=Case(case))) for case, texts in also.items() for text in texts]
    replaced = {form.features for form in declared}
    kept = [Form(f.text, f.features, f.preferred and f.features not in replaced) for f in regular]
    return (*declared, *kept)
