"""Find every surface of the glossary in a text: one automaton over stems, endings checked by table.

The text is folded and every character that is no part of a word becomes a space; a pattern is a space and a
stem, so that a match can only begin where a word begins. What follows the stem must be an ending of its
paradigm and end where a word ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ahocorasick_rs import AhoCorasick, MatchKind

from toolkit.glossary.names import NameTable, Role
from toolkit.glossary.paradigms import Paradigm, Readings
from toolkit.languages import Language
from toolkit.mentions.model import Hit, Reading
from toolkit.morphology.base import Part
from toolkit.text.folding import fold
from toolkit.text.scripts import is_word_char
from toolkit.text.spans import Span

_NO_WORD = re.compile(r"[^\w\u0300-\u036f]")
_JOINERS = "'-"
_SHORTEST_LOWER_STEM = 3


def _borders(text: str) -> str:
    """The text with everything that separates words as a space, offsets unchanged."""
    return _NO_WORD.sub(" ", text)


class Finder:
    """Finds the names of one language; made once for a table and used for any number of texts."""

    def __init__(self, table: NameTable) -> None:
        self._table = table
        self._language = table.language
        patterns = table.patterns
        self._targets = list(patterns.values())
        self._lengths = [len(stem) for stem in patterns]
        self._automaton = AhoCorasick([f" {_borders(stem)}" for stem in patterns], matchkind=MatchKind.Standard)

    def find(self, text: str) -> list[Hit]:
        """All hits, those that overlap too, in order of their start (offsets in code points of `text`)."""
        folded = fold(text, self._language)
        bordered = f" {_borders(folded.text)}"
        found: dict[tuple[int, int], tuple[list[Reading], str]] = {}
        for pattern, start, _end in self._automaton.find_matches_as_indexes(bordered, overlapping=True):
            for end, readings, joiner in self._readings(folded.text, start, pattern):
                known, _ = found.setdefault((start, end), ([], joiner))
                known.extend(readings)
        hits = []
        for (start, end), (readings, joiner) in sorted(found.items()):
            span = folded.offsets.span(Span(start, end))
            surface = span.of(text)
            fitting = tuple(
                r
                for r in dict.fromkeys(readings)
                if _quotes_fit(surface, r) and _capitals_fit(surface, r, self._language)
            )
            if fitting:
                hits.append(Hit(span, fitting, joiner))
        return hits

    def _readings(self, folded: str, start: int, pattern: int) -> Iterator[tuple[int, list[Reading], str]]:
        """Every end at which a stem found at `start` has an ending, with the readings there."""
        position = start + self._lengths[pattern]
        for name, stem in self._targets[pattern]:
            paradigm = self._table.paradigms[stem.paradigm]
            for end, features, joiner in _endings(folded, position, paradigm, self._language):
                yield end, [Reading(name, self._table.features[index], sure) for index, sure in features], joiner


def _endings(folded: str, position: int, paradigm: Paradigm, language: Language) -> Iterator[tuple[int, Readings, str]]:
    """(end, features, joiner) for each ending of the paradigm that the text has at `position`."""
    word_end = _word_end(folded, position)
    features = paradigm.within_word.get(folded[position:word_end])
    if features is not None:
        yield word_end, features, ""
    if word_end == position and language is Language.AZ and folded[position : position + 1] in _JOINERS:
        joined_end = _word_end(folded, position + 1)
        joined = folded[position + 1 : joined_end]
        features = paradigm.within_word.get(joined)
        if joined and features is not None:
            yield joined_end, features, folded[position]
    for ending, readings in paradigm.across_words.items():
        end = position + len(ending)
        if folded.startswith(ending, position) and _word_end(folded, end) == end:
            yield end, readings, ""


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
    return surface[0] in "«“„\"" and surface.rstrip("'").endswith(("»", "”", "“", '"'))


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
    if reading.name.role is Role.ACRONYM and not all(char.isupper() for char in letters):
        return surface.startswith(name)
    if written[0].isupper() or reading.features.part is not Part.NAME:
        return letters[0].isupper()
    return surface != surface.lower() or name == name.lower()
