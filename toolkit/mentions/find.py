"""Find every surface of the glossary in a text: one automaton over stems, endings checked by table.

The text is folded and every character that is no part of a word becomes a space; a pattern is a space and a
stem, so that a match can only begin where a word begins. What follows the stem must be an ending of its
paradigm and end where a word ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from toolkit.glossary.names import CompiledName, NameTable
from toolkit.glossary.paradigms import Stem
from toolkit.languages import Language
from toolkit.mentions.model import Hit, Reading
from toolkit.morphology.base import Part
from toolkit.text.folding import fold
from toolkit.text.scripts import is_word_char
from toolkit.text.spans import Span

_REMEMBERED = 100_000
"""Surfaces whose readings are kept; a newspaper's whole vocabulary of names is far smaller."""

Readings = tuple[Reading, ...]


class Finder:
    """Finds the names of one language; made once for a table and used for any number of texts."""

    def __init__(self, table: NameTable) -> None:
        self._language = table.language
        self._patterns = [_Pattern(stem, targets, table) for stem, targets in table.patterns.items()]
        self._automaton = AhoCorasick([f" {_borders(stem)}" for stem in table.patterns], matchkind=MatchKind.Standard)
        self._fitting: dict[tuple[int, str, str], Readings] = {}

    def find(self, text: str) -> list[Hit]:
        """All hits, those that overlap too, in order of their start (offsets in code points of `text`)."""
        folded = fold(text, self._language)
        bordered = f" {_borders(folded.text)} "
        found: dict[tuple[int, int], tuple[Readings, str]] = {}
        for number, start, _ in self._automaton.find_matches_as_indexes(bordered, overlapping=True):
            pattern = self._patterns[number]
            position = start + pattern.length
            word_end = bordered.index(" ", position + 1) - 1
            for end, joiner in pattern.ends(folded.text, position, word_end, self._language):
                span = folded.offsets.span(Span(start, end))
                ending = folded.text[position + len(joiner) : end]
                readings = self._readings(number, ending, span.of(text))
                if readings:
                    known, first_joiner = found.get((span.start, span.end), ((), joiner))
                    found[span.start, span.end] = (known + readings, first_joiner)
        return [Hit(Span(*place), readings, joiner) for place, (readings, joiner) in sorted(found.items())]

    def _readings(self, number: int, ending: str, surface: str) -> Readings:
        """The readings of an ending after a pattern's stem that the capitals of the surface allow; remembered."""
        key = (number, ending, surface)
        known = self._fitting.get(key)
        if known is None:
            if len(self._fitting) >= _REMEMBERED:
                self._fitting.clear()
            readings = self._patterns[number].readings(ending)
            known = tuple(reading for reading in readings if _capitals_fit(surface, reading, self._language))
            self._fitting[key] = known
        return known


class _Pattern:
    """A folded stem with all names that share it, and the endings they can have; tables are made when first met.

    Endings over several words are kept by what of them stands before the first word border.
    """

    __slots__ = ("_across", "_longest", "_table", "_targets", "_within", "length")

    def __init__(self, stem: str, targets: Sequence[tuple[CompiledName, Stem]], table: NameTable) -> None:
        self.length = len(stem)
        self._targets = targets
        self._table = table
        self._within: dict[str, None] | None = None
        self._across: dict[str, list[str]] = {}
        self._longest = 0

    def ends(self, folded: str, position: int, word_end: int, language: Language) -> Iterator[tuple[int, str]]:
        """(end, joiner) for each ending that the text has after the stem."""
        if self._within is None:
            self._within = self._learn()
        if word_end - position <= self._longest and folded[position:word_end] in self._within:
            yield word_end, ""
        if word_end == position and language is Language.AZ and folded[position : position + 1] in ("'", "-"):
            joined_end = _word_end(folded, position + 1)
            if joined_end > position + 1 and folded[position + 1 : joined_end] in self._within:
                yield joined_end, folded[position]
        for ending in self._across.get(folded[position:word_end], ()):
            end = position + len(ending)
            if folded.startswith(ending, position) and _word_end(folded, end) == end:
                yield end, ""

    def readings(self, ending: str) -> Readings:
        """All readings of an ending, over the names that share the stem."""
        found: dict[Reading, None] = {}
        for name, stem in self._targets:
            paradigm = self._table.paradigms[stem.paradigm]
            for table in (paradigm.within_word, paradigm.across_words):
                for index, usual in table.get(ending, ()):
                    found[Reading(name, self._table.features[index], usual)] = None
        return tuple(found)

    def _learn(self) -> dict[str, None]:
        within: dict[str, None] = {}
        across: set[str] = set()
        for _, stem in self._targets:
            paradigm = self._table.paradigms[stem.paradigm]
            within.update(dict.fromkeys(paradigm.within_word))
            across.update(paradigm.across_words)
        for ending in sorted(across, key=len, reverse=True):
            self._across.setdefault(ending[: _word_end(ending, 0)], []).append(ending)
        self._longest = max(map(len, within), default=-1)
        return within


@cache
def _is_border(char: str) -> bool:
    return char != " " and not is_word_char(char)


def _borders(text: str) -> str:
    """The text with everything that separates words as a space, offsets unchanged."""
    for char in filter(_is_border, set(text)):
        text = text.replace(char, " ")
    return text


def _word_end(text: str, position: int) -> int:
    end = position
    while end < len(text) and is_word_char(text[end]):
        end += 1
    return end


def _capitals_fit(surface: str, reading: Reading, language: Language) -> bool:
    """Whether a surface is written as the name may be: a name has its capital, an acronym all of them."""
    name = reading.name.lexeme.text
    if reading.features.part is not Part.NAME and language is not Language.EN:
        return True
    letters = [char for char in surface if char.isalpha()]
    written = [char for char in name if char.isalpha()]
    if not written or not letters:
        return True
    if len(written) > 1 and all(char.isupper() for char in written):
        return all(char.isupper() for char in letters[: len(written)])
    if written[0].isupper() or reading.features.part is not Part.NAME:
        return letters[0].isupper()
    return surface != surface.lower() or name == name.lower()
