"""A compiled scheme: walks a word letter by letter, remembers words, keeps the case of each.

Texts are cut at spaces and every piece is remembered, so a running text costs little more than a look-up a word.
A word all in capitals stays so, otherwise only the head of what a capital became is raised: ШУША, SHUSHA; Шуша, Shusha.
Letters outside the scheme pass unchanged, so a text already in the target script comes back as it was.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

from toolkit.languages import Language
from toolkit.text.casing import capitalize, lower, upper
from toolkit.text.folding import APOSTROPHES, INVISIBLE
from toolkit.translit.schemes import Scheme, load
from toolkit.translit.table import Piece, Table

_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_MARKS = r"\u0300-\u036f\u055b-\u055e"
WORD = re.compile(rf"[^\W\d_][^\W\d_{_MARKS}]*(?:[{_MARKS}{APOSTROPHES}]*[^\W\d_]|[{_MARKS}])*")
_STRESS = re.compile("[\u0300\u0301]")
_INNER = re.compile("[\u055b-\u055e]")
_APOSTROPHES = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
_ARMENIAN_END = {"\u055c": "!", "\u055e": "?"}
# A capital after an apostrophe, and the letter that must be one.
_O_BRIEN = re.compile(r"(?<=['’])[^\W\d_]")
_REMEMBERED = 200_000
_LONGEST = 80


def prepare(text: str) -> str:
    """Canonical composition (NFC) without invisible characters; letters are never folded together."""
    if not text.isascii():
        if not unicodedata.is_normalized("NFC", text):
            text = unicodedata.normalize("NFC", text)
        if _INVISIBLE.search(text):
            text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    return text


def language_of(code: str) -> Language | None:
    """The working language behind a code such as az-Cyrl or hyw; None for a notation that is no language."""
    primary = code.split("-")[0]
    return Language.HY if primary == "hyw" else Language(primary) if primary in set(Language) else None


class Memo(dict[str, str]):
    """Remembers what a function made of each piece; forgets everything when it grows too large."""

    def __init__(self, make: Callable[[str], str]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, piece: str) -> str:
        made = self._make(piece)
        if len(piece) <= _LONGEST:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[piece] = made
        return made


def by_pieces(make: Callable[[str], str]) -> Callable[[str], str]:
    """Turn a function of short texts into one of long texts; pieces between spaces must not depend on each other."""
    memo = Memo(make)

    def long(text: str) -> str:
        return " ".join(map(memo.__getitem__, text.split(" ")))

    return long


class Compiled:
    """One scheme ready to use; `word` for a single word, `text` for anything."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self.source = language_of(scheme.source)
        self.target = language_of(scheme.target)
        self.table = Table(scheme.all_rules(), scheme.classes)
        self.variants = tuple(Table((rule,), scheme.classes) for rule in scheme.variants)
        self._before = tuple(compiled(name) for name in scheme.through)
        self._leave = re.compile(scheme.leave) if scheme.leave else None
        self._marks = str.maketrans(scheme.marks)
        self._plain = self._plain_table()
        # What looks like Azerbaijani ə and is typed for it.
        self._alike = _APOSTROPHES | (dict.fromkeys(map(ord, "әǝ"), "ə") if scheme.source == "az" else {})
        self._words = Memo(self.word)
        self._long = by_pieces(self._short)

    def small(self, word: str) -> str:
        """The word in small letters of the source, with one kind of apostrophe and of ə."""
        return lower(word, self.source or Language.EN).translate(self._alike)

    def is_foreign(self, word: str) -> bool:
        """Whether no rule touches the word: it is in the target script already, or of a third."""
        return self.leaves(self.small(word))

    def leaves(self, small: str, by_table: bool = True) -> bool:
        """The same of a word in small letters; by the pattern alone where the table is of sounds, not letters."""
        if by_table and not self.table.touches(small):
            return True
        return self._leave is not None and self._leave.search(small) is not None

    def word(self, word: str) -> str:
        """One word, its case kept."""
        for stage in self._before:
            word = stage.word(word)
        small = self.small(word)
        return word if self.leaves(small) else self.spell(word, small)

    def spell(self, word: str, small: str) -> str:
        """The first answer for a word by its letters; `small` is the word in small letters."""
        language = self.target or Language.EN
        if small == word or word.islower():
            return self.table.spell(small)
        if not word[0].isupper():
            return self.write(word, tuple(self.table.pieces(small)))
        if word[1:].islower() or len(word) == 1:
            return capitalize(self.table.spell(small), language)
        if word.isupper():
            return upper(self.table.spell(small), language)
        return self.write(word, tuple(self.table.pieces(small)))

    def write(self, word: str, pieces: tuple[Piece, ...]) -> str:
        """Put the first answers together in the case of the word they came from."""
        language = self.target or Language.EN
        plain = "".join(piece.targets[0] for piece in pieces)
        if word.islower():
            return plain
        if word.isupper() and len(word) > 1:
            return upper(plain, language)
        if word[0].isupper() and (len(word) == 1 or word[1:].islower()):
            return capitalize(plain, language)
        if len(self.small(word)) != len(word):
            return capitalize(plain, language)
        text = "".join(self._cased(word, piece, language) for piece in pieces)
        if any(match.group().isupper() for match in _O_BRIEN.finditer(word)):
            return _O_BRIEN.sub(lambda match: capitalize(match.group(), language), text)
        return text

    @staticmethod
    def _cased(word: str, piece: Piece, language: Language) -> str:
        text = piece.targets[0]
        stretch = word[piece.start : piece.end]
        if not stretch[0].isupper():
            # A letter outside the scheme keeps its own case; so does everything small.
            return text
        after = word[piece.end : piece.end + 1]
        loud = after.isupper() or (not after.isalpha() and word[piece.start - 1 : piece.start].isupper())
        return upper(text, language) if loud else capitalize(text, language)

    def text(self, text: str) -> str:
        """A text of any length: words by the scheme, everything else as it stands."""
        prepared = prepare(text)
        if self._plain is not None:
            return prepared.translate(self._plain)
        made = self._long(prepared)
        return made if made.isascii() or unicodedata.is_normalized("NFC", made) else unicodedata.normalize("NFC", made)

    def _short(self, piece: str) -> str:
        return words_in(piece, self._words.__getitem__, self.source).translate(self._marks)

    def _plain_table(self) -> dict[int, str] | None:
        """For a scheme of single letters without context: one table for str.translate."""
        rules = self.scheme.all_rules()
        simple = all(rule.bare and len(rule.source) == 1 and len(rule.targets[0]) == 1 for rule in rules)
        if not simple or self._before or self._leave or not rules:
            return None
        table: dict[int, str] = {ord(key): value for key, value in self.scheme.marks.items()}
        for rule in rules:
            small, large = rule.targets[0], upper(rule.targets[0], self.target or Language.EN)
            table[ord(upper(rule.source, self.source or Language.EN))] = large
            table[ord(rule.source)] = small
        return table


def words_in(piece: str, make: Callable[[str], str], source: Language | None) -> str:
    """Apply a function to each word of a short text; marks inside words step aside for it."""
    if piece.isalpha():
        return make(piece)

    def one(match: re.Match[str]) -> str:
        word = match.group()
        tail = ""
        if source is Language.HY and _INNER.search(word):
            tail = "".join(_ARMENIAN_END.get(mark, "") for mark in _INNER.findall(word))
            word = _INNER.sub("", word)
        elif source is Language.RU and _STRESS.search(word):
            word = _STRESS.sub("", word)
        return make(word) + tail

    return WORD.sub(one, piece)


@cache
def compiled(scheme_id: str) -> Compiled:
    """The compiled scheme of this id; raises BadOption where there is none."""
    return Compiled(load(scheme_id))
