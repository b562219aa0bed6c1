"""Names as stems and endings: the compiled form of everything a grammar can list.

All forms of a part of a name (the name, its adjective, its demonym) share a stem; what follows it is a
paradigm, a table from ending to readings. Names that inflect alike share one paradigm, so the compiled
glossary stays small and a surface is read by one look-up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from toolkit.languages import Language
from toolkit.morphology.base import Features, Form, Part
from toolkit.text.folding import fold_key
from toolkit.text.scripts import is_word_char

Ending = tuple[str, int, bool]
"""Text, index of the Features, preferred."""

Readings = tuple[tuple[int, bool], ...]
"""Indices of Features with whether they are preferred for the ending."""

_SHORTEST_STEM = 2


@dataclass(frozen=True)
class Paradigm:
    """Endings with their readings; `language` decides how they are folded."""

    language: Language
    endings: tuple[Ending, ...]

    @cached_property
    def within_word(self) -> dict[str, Readings]:
        """Readings by folded ending, for endings that stay inside one word ("" is the bare stem)."""
        return self._by_folded(lambda ending: all(is_word_char(char) for char in ending))

    @cached_property
    def across_words(self) -> dict[str, Readings]:
        """Readings by folded ending, for endings with a space, hyphen or apostrophe, longest first."""
        found = self._by_folded(lambda ending: not all(is_word_char(char) for char in ending))
        return dict(sorted(found.items(), key=lambda item: -len(item[0])))

    def _by_folded(self, wanted: Callable[[str], bool]) -> dict[str, Readings]:
        table: dict[str, dict[int, bool]] = {}
        for text, features, preferred in self.endings:
            folded = fold_key(text, self.language)
            if wanted(folded):
                known = table.setdefault(folded, {})
                known[features] = preferred or known.get(features, False)
        return {ending: tuple(readings.items()) for ending, readings in table.items()}

    def texts(self, features: int) -> list[tuple[str, bool]]:
        """The endings that express these features, preferred ones first."""
        found = [(text, preferred) for text, index, preferred in self.endings if index == features]
        return sorted(found, key=lambda item: not item[1])


@dataclass(frozen=True, slots=True)
class Stem:
    """A stem as written and the paradigm that continues it."""

    text: str
    part: Part
    paradigm: int


@dataclass
class ParadigmTable:
    """Interns features and paradigms while a language is compiled."""

    language: Language
    features: dict[Features, int] = field(default_factory=dict)
    paradigms: dict[tuple[Ending, ...], int] = field(default_factory=dict)

    def stems(self, forms: Sequence[Form]) -> tuple[Stem, ...]:
        """Split all forms of a name into stems and interned paradigms."""
        by_part: dict[Part, list[Form]] = {}
        for form in forms:
            by_part.setdefault(form.features.part, []).append(form)
        return tuple(
            self._stem(part, stem, group)
            for part, members in by_part.items()
            for stem, group in _grouped_by_stem(members)
        )

    def _stem(self, part: Part, stem: str, forms: Iterable[Form]) -> Stem:
        endings = tuple(
            dict.fromkeys((form.text[len(stem) :], self._feature(form.features), form.preferred) for form in forms)
        )
        return Stem(stem, part, self.paradigms.setdefault(endings, len(self.paradigms)))

    def _feature(self, features: Features) -> int:
        return self.features.setdefault(features, len(self.features))


def _grouped_by_stem(forms: Sequence[Form]) -> list[tuple[str, list[Form]]]:
    """One stem for all forms where they share enough of a beginning; else one for each text."""
    common = _common_beginning(form.text for form in forms)
    if len(common) >= _SHORTEST_STEM:
        return [(common, list(forms))]
    texts: dict[str, list[Form]] = {}
    for form in forms:
        texts.setdefault(form.text, []).append(form)
    return list(texts.items())


def _common_beginning(texts: Iterable[str]) -> str:
    ordered = sorted(texts)
    first, last = ordered[0], ordered[-1]
    length = next((index for index, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    return first[:length]
