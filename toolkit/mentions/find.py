"""Find every surface of the glossary in a text: one automaton over stems, endings checked by table.

The text is folded and every character that is no part of a word becomes a space; a pattern is a space and a
stem, so that a match can only begin where a word begins. What follows the stem must be an ending of its
paradigm and end where a word ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, cached_property
from operator import itemgetter

from ahocorasick_rs import AhoCorasick, MatchKind

from toolkit.glossary.names import CompiledName, NameTable, Role
from toolkit.glossary.paradigms import Paradigm, Stem
from toolkit.languages import Language
from toolkit.mentions.model import Hit, Reading
from toolkit.morphology.base import Part
from toolkit.text.folding import Folded, fold
from toolkit.text.scripts import is_word_char
from toolkit.text.spans import Span

_REMEMBERED = 100_000
"""Surfaces whose readings are kept; a newspaper's whole vocabulary of names is far smaller."""

_CLOSED = re.compile(r"""[»”“"](?:['-]?\w+)?'?$""")
"""A closing quotation mark, which an ending may follow: «Ասպարեզ»-ի."""

Readings = tuple[Reading, ...]


class Finder:
    """Finds the names of one language; made once for a table and used for any number of texts."""

    def __init__(self, table: NameTable) -> None:
        self._language = table.language
        self._joiners = "'-" if table.language is Language.AZ else ""
        self._patterns = [_Pattern(stem, targets, table) for stem, targets in table.patterns.items()]
        self._automaton = AhoCorasick(
            [f" {_borders(stem, stem)}" for stem in table.patterns], matchkind=MatchKind.Standard
        )
        self._fitting: dict[tuple[int, str, int], Readings] = {}

    def find(self, text: str) -> list[Hit]:
        """All hits, those that overlap too, in order of their start (offsets in code points of `text`)."""
        folded = fold(text, self._language)
        offsets, remembered = folded.offsets, self._fitting
        found: list[tuple[int, int, Readings, str]] = []
        for number, start, position, end, joiner in self._candidates(folded):
            first, last = (start, end) if offsets.is_identity else (offsets.start(start), offsets.end(end))
            key = (number, text[first:last], end - position)
            readings = remembered.get(key)
            if readings is None:
                readings = self._remember(key, folded.text[position:end])
            if readings:
                found.append((first, last, readings, joiner))
        found.sort(key=itemgetter(0, 1))
        return _hits(found)

    def _candidates(self, text: Folded) -> Iterator[tuple[int, int, int, int, str]]:
        """(pattern, start, start of the ending, end, joiner) wherever a stem has an ending of its own."""
        folded = text.text
        bordered = f" {_borders(folded, text.present)} "
        patterns, joiners = self._patterns, self._joiners
        for number, start, _ in self._automaton.find_matches_as_indexes(bordered, overlapping=True):
            pattern = patterns[number]
            position = start + pattern.length
            word_end = bordered.index(" ", position + 1) - 1
            rest = folded[position:word_end]
            if rest in pattern.within:
                yield number, start, position, word_end, ""
            if rest in pattern.across:
                for end in pattern.ends_across(folded, position, rest):
                    yield number, start, position, end, ""
            if not rest and joiners and folded[position : position + 1] in joiners:
                end = _word_end(folded, position + 1)
                if end > position + 1 and folded[position + 1 : end] in pattern.within:
                    yield number, start, position + 1, end, folded[position]

    def _remember(self, key: tuple[int, str, int], ending: str) -> Readings:
        """The readings of an ending after a pattern's stem that the capitals of the surface allow."""
        if len(self._fitting) >= _REMEMBERED:
            self._fitting.clear()
        number, surface, _ = key
        readings = self._patterns[number].readings(ending)
        fitting = tuple(
            reading
            for reading in readings
            if _quotes_fit(surface, reading) and _capitals_fit(surface, reading, self._language)
        )
        self._fitting[key] = fitting
        return fitting


def _hits(found: Sequence[tuple[int, int, Readings, str]]) -> list[Hit]:
    """One hit for each place, with the readings of all stems that end there."""
    hits: list[Hit] = []
    place: tuple[int, int] | None = None
    for first, last, readings, joiner in found:
        if place == (first, last):
            hits[-1] = replace(hits[-1], readings=hits[-1].readings + readings)
        else:
            hits.append(Hit(Span(first, last), readings, joiner))
            place = (first, last)
    return hits


class _Pattern:
    """A folded stem with all names that share it, and the endings they can have; tables are made when first met."""

    def __init__(self, stem: str, targets: Sequence[tuple[CompiledName, Stem]], table: NameTable) -> None:
        self.length = len(stem)
        self._targets = targets
        self._table = table

    @cached_property
    def within(self) -> frozenset[str]:
        """Endings inside the word; "" where the stem is a form itself."""
        return frozenset(ending for paradigm in self._paradigms() for ending in paradigm.within_word)

    @cached_property
    def across(self) -> dict[str, list[str]]:
        """Endings over several words, by what of them stands before the first border; longest first."""
        endings = {ending for paradigm in self._paradigms() for ending in paradigm.across_words}
        found: dict[str, list[str]] = {}
        for ending in sorted(endings, key=len, reverse=True):
            found.setdefault(ending[: _word_end(ending, 0)], []).append(ending)
        return found

    def ends_across(self, folded: str, position: int, rest: str) -> Iterator[int]:
        """Where an ending over several words ends, for each that the text has after the stem."""
        for ending in self.across[rest]:
            end = position + len(ending)
            if folded.startswith(ending, position) and _word_end(folded, end) == end:
                yield end

    def readings(self, ending: str) -> Readings:
        """All readings of an ending, over the names that share the stem."""
        found: dict[Reading, None] = {}
        for name, stem in self._targets:
            paradigm = self._table.paradigms[stem.paradigm]
            for table in (paradigm.within_word, paradigm.across_words):
                for index, usual in table.get(ending, ()):
                    found[Reading(name, self._table.features[index], usual)] = None
        return tuple(found)

    def _paradigms(self) -> Iterator[Paradigm]:
        return (self._table.paradigms[stem.paradigm] for _, stem in self._targets)


@cache
def _is_border(char: str) -> bool:
    return char != " " and not is_word_char(char)


def _borders(text: str, present: Iterable[str]) -> str:
    """The text with everything that separates words as a space, offsets unchanged."""
    for char in filter(_is_border, {*present, "'", "-"}):
        text = text.replace(char, " ")
    return text


def _word_end(text: str, position: int) -> int:
    end = position
    while end < len(text) and is_word_char(text[end]):
        end += 1
    return end


def _quotes_fit(surface: str, reading: Reading) -> bool:
    """Whether a name that has quotation marks of its own («Карабах», a club) has them in the text too."""
    name = reading.name.lexeme.text
    if not name.endswith("»") or not name.startswith("«"):
        return True
    return surface[0] in '«“„"' and _CLOSED.search(surface) is not None


def _capitals_fit(surface: str, reading: Reading, language: Language) -> bool:
    """Whether a surface is written as the name may be: a name has its capital, an acronym all of them."""
    name = reading.name.lexeme.text
    if reading.features.part is not Part.NAME and language is not Language.EN:
        return True
    letters, written = _letters(surface), _letters(name)
    if not written or not letters:
        return True
    if len(written) > 1 and written.isupper():
        return _keeps_capitals(surface.split(), name.split())
    if reading.name.role is Role.ACRONYM and not letters.isupper():
        return surface.startswith(name)
    if written[0].isupper() or reading.features.part is not Part.NAME:
        return letters[0].isupper()
    return surface != surface.lower() or name == name.lower()


def _keeps_capitals(surface: Sequence[str], name: Sequence[str]) -> bool:
    """Whether the letters of an acronym are capital; an ending in small ones may follow each word: МИДа РФ."""
    if len(surface) != len(name):
        surface, name = ["".join(surface)], ["".join(name)]
    own = [_letters(written)[: len(_letters(word))] for written, word in zip(surface, name, strict=True)]
    return all(letters.isupper() for letters in own if letters)


def _letters(word: str) -> str:
    return "".join(filter(str.isalpha, word))
