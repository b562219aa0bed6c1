"""Name elements: what given names, surname stems and parts of place names are called in the other languages.

Letters alone do not know that az Həsən is ru Гасан or that hy Հակոբ is ru Акоп. The tables in data/elements hold
such elements in four columns; a word is cut into a stem and what may follow (Həsən|ov, Heydər|abad, Xan|hüseyn|ov),
and each part is rendered by the table. A table says where its elements may stand: `whole` word, `stem`, `prefix`
(only before a stem), `ending` (only after a stem) or `suffix` (after any letters).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Literal

from pydantic import BaseModel, ConfigDict

from toolkit.languages import Language
from toolkit.text.casing import lower
from toolkit.translit.table import Piece

# A suffix shorter than this, in a language it is not at home in, proves nothing about the letters before it.
_TELLING = 4
# A shorter name in Russian, Armenian or Azerbaijani letters need not be the English name it sounds like (Ян, Jan).
_TELLING_BACK = 5


_HARMONY = {"a": "lı", "ı": "lı", "e": "li", "ə": "li", "i": "li", "o": "lu", "u": "lu", "ö": "lü", "ü": "lü"}


class Position(StrEnum):
    """Where in a word an element may stand."""

    ENDING = "ending"
    PREFIX = "prefix"
    STEM = "stem"
    SUFFIX = "suffix"
    WHOLE = "whole"


class ElementTable(BaseModel):
    """One file of elements; `home` is the language the elements come from, empty where they have none.

    `sources` are the languages in which the elements are looked for, all where none is said.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    home: Literal["", "az", "en", "hy", "ru"]
    position: Position
    sources: tuple[Language, ...] = tuple(Language)
    columns: tuple[Language, ...]
    rows: tuple[tuple[str, ...], ...]

    def forms(self, row: tuple[str, ...], language: Language) -> tuple[str, ...]:
        """The forms of a row in a language, the usual one first."""
        return tuple(row[self.columns.index(language)].split("|"))


@cache
def tables() -> tuple[ElementTable, ...]:
    """All tables of elements, in the order of their file names."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    folder = resources.files("toolkit.translit") / "data" / "elements"
    files = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".yaml")), key=lambda entry: entry.name)
    contents = (yaml.load(entry.read_text("utf-8"), Loader=loader) for entry in files)  # noqa: S506 - safe loaders
    return tuple(ElementTable.model_validate(content) for content in contents)


def element_key(text: str, language: Language) -> str:
    """An element as it is looked up: small letters, Russian ё as е, Armenian եւ as և."""
    return _folded(lower(text, language), language)


def _folded(small: str, language: Language) -> str:
    if language is Language.RU:
        return small.replace("ё", "е")
    if language is Language.HY:
        return small.replace("եւ", "և")
    return small


@dataclass(slots=True)
class Elements:
    """The elements for one direction, by position."""

    source: Language
    target: Language
    whole: dict[str, tuple[str, ...]] = field(default_factory=dict)
    stems: dict[str, tuple[str, ...]] = field(default_factory=dict)
    prefixes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    suffixes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    # The same stems by the language they are at home in, and the home of each suffix: -yan wants an Armenian stem.
    at_home: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    suffix_home: dict[str, str] = field(default_factory=dict)
    free: set[str] = field(default_factory=set)
    _first: frozenset[str] | None = None
    _longest: int = 0

    def cut(self, word: str) -> tuple[Piece, ...] | None:
        """Cut a small-letter word into elements, the longest first; None where some letters are left over."""
        key = _folded(word, self.source)
        if len(key) != len(word) or key[:2] not in self._heads():
            return None
        chain = self._chain(key, 0)
        return self._of_one_home(key, chain) if chain is not None and len(chain) > 1 else chain

    def _of_one_home(self, word: str, chain: tuple[Piece, ...]) -> tuple[Piece, ...]:
        """Prefer stems of the language that the last part is at home in: Бадалян is Armenian, Бадалов Azerbaijani."""
        last = word[chain[-1].start : chain[-1].end]
        stems = self.at_home.get(self.suffix_home.get(last, ""), {})
        parts = [(piece, stems.get(word[piece.start : piece.end], piece.targets)) for piece in chain[:-1]]
        return (*(Piece(piece.start, piece.end, targets) for piece, targets in parts), chain[-1])

    def _heads(self) -> frozenset[str]:
        """The first two letters of all stems and prefixes: most words of a text end here."""
        if self._first is None:
            self._first = frozenset(part[:2] for part in (*self.stems, *self.prefixes))
        return self._first

    def _chain(self, word: str, start: int) -> tuple[Piece, ...] | None:
        for end in range(len(word), start, -1):
            part = word[start:end]
            if start and part in self.suffixes:
                here = Piece(start, end, self.suffixes[part])
            elif part in self.stems and (start == 0 or end - start > 2):
                here = Piece(start, end, self.stems[part])
            elif start == 0 and part in self.prefixes and end < len(word):
                here = Piece(start, end, self.prefixes[part])
            else:
                continue
            if end == len(word):
                return (here,)
            rest = self._chain(word, end)
            if rest is not None:
                return (here, *(self._harmonized(here, rest) if self.target is Language.AZ else rest))
        return None

    @staticmethod
    def _harmonized(stem: Piece, rest: tuple[Piece, ...]) -> tuple[Piece, ...]:
        """Azerbaijani -lı, -li, -lu, -lü agrees with the last vowel before it."""
        if len(rest) != 1 or rest[0].targets[0] not in _HARMONY.values():
            return rest
        vowels = [letter for letter in stem.targets[0] if letter in _HARMONY]
        agreeing = _HARMONY[vowels[-1]] if vowels else rest[0].targets[0]
        return (Piece(rest[0].start, rest[0].end, tuple(dict.fromkeys((agreeing, *rest[0].targets)))),)

    def end(self, word: str) -> Piece | None:
        """The longest suffix that may follow letters of any kind; two letters or more must be left before it."""
        key = _folded(word, self.source)
        if len(key) != len(word):
            return None
        if not self._longest:
            self._longest = max(map(len, self.free), default=1)
        for start in range(max(2, len(key) - self._longest), len(key) - 1):
            if key[start:] in self.free:
                return Piece(start, len(key), self.suffixes[key[start:]])
        return None


def _ordered(source: Language) -> list[ElementTable]:
    return sorted(tables(), key=lambda table: (table.home != source.value, table.home == Language.EN.value))


@cache
def elements(source: Language, target: Language) -> Elements:
    """The elements known in a source language with their renderings in a target language."""
    found = Elements(source, target)
    homes = {
        Position.ENDING: found.suffixes,
        Position.PREFIX: found.prefixes,
        Position.STEM: found.stems,
        Position.SUFFIX: found.suffixes,
        Position.WHOLE: found.whole,
    }
    for usual in (True, False):
        for table in _ordered(source):
            if source not in table.sources:
                continue
            for row in table.rows:
                forms = table.forms(row, source)
                _enter(found, table, forms[:1] if usual else forms[1:], row, target, homes[table.position])
    return found


def _enter(
    found: Elements,
    table: ElementTable,
    forms: tuple[str, ...],
    row: tuple[str, ...],
    target: Language,
    into: dict[str, tuple[str, ...]],
) -> None:
    """Enter a row under each of its source forms; what is known already keeps the lead and gains alternatives."""
    whole = table.position is Position.WHOLE
    targets = tuple(form if whole else lower(form, target) for form in table.forms(row, target))
    for form in forms:
        key = element_key(form, found.source)
        if table.home == Language.EN.value and found.source is not Language.EN and len(key) < _TELLING_BACK:
            continue
        if table.position is Position.STEM:
            home = found.at_home.setdefault(table.home, {})
            home[key] = tuple(dict.fromkeys((*home.get(key, ()), *targets)))
        elif table.position in (Position.ENDING, Position.SUFFIX):
            found.suffix_home.setdefault(key, table.home)
        into[key] = tuple(dict.fromkeys((*into.get(key, ()), *targets)))
        if table.position is Position.SUFFIX and (
            (table.home == found.source.value and len(key) > 2) or len(key) >= _TELLING
        ):
            found.free.add(key)
