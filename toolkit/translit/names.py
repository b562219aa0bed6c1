"""Transliteration of texts and names between the four languages.

A name is looked for in the glossary (through a hook), then among exonyms and name elements, then spelled by
letters. English is spelled by sound, so its letters give two readings, the English and the plain one, and every
answer is a guess.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from toolkit.errors import BadOption
from toolkit.languages import Language, parse_language
from toolkit.text.casing import upper
from toolkit.text.scripts import Script, script_of
from toolkit.translit.elements import Elements, element_key, elements
from toolkit.translit.engine import WORD, Compiled, Memo, Piece, by_pieces, compiled, prepare, words_in
from toolkit.translit.schemes import scheme_ids

Origin = Literal["glossary", "rule", "guess"]
Known = Callable[[str], Sequence[str]]
Scored = tuple[float, str]

_ALTERNATIVES = 7
_WIDTH = 12
_VARIETIES = {"classical": "hy", "cyrl": "az", "western": "hy"}
_AZ_CYRILLIC = frozenset("ҝјөүһҹғҜЈӨҮҺҸҒ")
# Ends of names that come into English from the region, and are read as they are spelled.
_REGIONAL = re.compile(
    r"(ya?n|ian|yants|unts|[aeiou]v|[aeiou]va|yev|yeva|shvili|dze|enko|s[kc]y|skaya|zade|oglu|kh.*|.*kh.*|.*zh.*|.*dz.*|"
    r".*gh[aeiouy].*|.*ts[aeiou].*|.*[aeiou]y[aeou].*)$"
)


@dataclass(frozen=True, slots=True)
class TransliteratedName:
    """A name in another language: the first answer, where it is from, and the others, best first."""

    text: str
    source: Origin
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Writing:
    """A language, and its variety where the spelling differs: western or classical Armenian, Cyrillic Azerbaijani."""

    language: Language
    variety: str | None = None


def parse_writing(code: str, *, where: str = "") -> Writing:
    """Read a code such as hy, hyw, hy-classical, az-Cyrl; raises UnknownLanguage for anything else."""
    parts = code.strip().lower().replace("_", "-").split("-")
    if parts[0] == "hyw" or (parts[0] == "hy" and {"arevmda", "western"} & set(parts[1:])):
        return Writing(Language.HY, "western")
    language = parse_language(code, where=where)
    for part in parts[1:]:
        if _VARIETIES.get(part) == language.value:
            return Writing(language, part)
    return Writing(language)


class Writer:
    """Writes words of one scheme, with name elements where the scheme asks for them."""

    def __init__(self, scheme: Compiled, reading: Compiled | None = None) -> None:
        self.scheme = scheme
        self.source = scheme.source or Language.EN
        self.target = scheme.target or Language.EN
        self._reading = reading
        self.elements: Elements | None = elements(self.source, self.target) if scheme.scheme.elements else None
        words = Memo(self.word)
        self._long = by_pieces(lambda piece: words_in(piece, words.__getitem__, self.source).translate(self.marks))
        self.marks = str.maketrans(scheme.scheme.marks)

    def word(self, word: str) -> str:
        """The first answer for a word."""
        small = self.scheme.small(word)
        if self._leaves(small):
            return word
        cut = self._cut(word, small)
        if cut is not None:
            return self.scheme.write(word, cut)
        return self._letters(word)[0][1] if self._reading else self.scheme.spell(word, small)

    def text(self, text: str) -> str:
        """The first answer for every word of a text."""
        prepared = prepare(text)
        if self.elements is None and self._reading is None:
            return self.scheme.text(prepared)
        return self._long(prepared)

    def ways(self, word: str) -> list[Scored]:
        """All answers for a word with their costs, the best first."""
        if self.is_foreign(word):
            return [(0.0, word)]
        ways: list[Scored] = []
        cut = self._cut(word, self.scheme.small(word))
        if cut is not None:
            ways += [(cost, self.scheme.write(word, pieces)) for cost, pieces in spread(cut)]
        letters = self._letters(word)
        behind = 1.6 if cut is not None else 0.0
        ways += [(behind + cost, text) for cost, text in letters]
        return best(ways, _WIDTH)

    def is_foreign(self, word: str) -> bool:
        """Whether the word has no letter of the source, or is in the target writing already."""
        return self._leaves(self.scheme.small(word))

    def _leaves(self, small: str) -> bool:
        if self._reading is None:
            return self.scheme.leaves(small)
        return self._reading.leaves(small) or self.scheme.leaves(small, by_table=False)

    def _cut(self, word: str, small: str) -> tuple[Piece, ...] | None:
        if self.elements is None or len(small) != len(word):
            return None
        cut = self.elements.cut(small)
        if cut is None and self._reading is None:
            end = self.elements.end(small)
            if end is not None:
                cut = (*self.scheme.table.pieces(small, 0, end.start), end)
        return cut

    def _letters(self, word: str) -> list[Scored]:
        if self._reading is None:
            pieces = tuple(self.scheme.table.pieces(self.scheme.small(word)))
            return [(cost, self.scheme.write(word, ways)) for cost, ways in spread(pieces)]
        return self._by_sound(word)

    def _by_sound(self, word: str) -> list[Scored]:
        """Read the letters into sounds, in the English and the plain way, then write the sounds."""
        assert self._reading is not None  # noqa: S101 - the caller has looked
        small = self.scheme.small(word)
        regional = _REGIONAL.search(small) is not None
        ways: list[Scored] = []
        for reading, behind in ((compiled("en-sound-english"), 0.9 * regional), (self._reading, 0.9 * (not regional))):
            for cost, sounds in spread(tuple(reading.table.pieces(small)))[:6]:
                said = "".join(piece.targets[0] for piece in sounds)
                written = tuple(self.scheme.table.pieces(said))
                for more, pieces in spread(written)[:4]:
                    plain = "".join(piece.targets[0] for piece in pieces)
                    ways.append((behind + cost + more, self.scheme.write(word, (Piece(0, len(word), (plain,)),))))
        return best(ways, _WIDTH)


def spread(pieces: tuple[Piece, ...]) -> list[tuple[float, tuple[Piece, ...]]]:
    """The ways to choose among the targets of pieces, by how many are not the first choice."""
    open_ = [index for index, piece in enumerate(pieces) if len(piece.targets) > 1]
    ways: list[tuple[float, tuple[Piece, ...]]] = [(0.0, pieces)]
    for index in open_:
        piece = pieces[index]
        turned = [
            (cost + number, (*way[:index], Piece(piece.start, piece.end, (target,)), *way[index + 1 :]))
            for cost, way in ways
            for number, target in enumerate(piece.targets[1:], 1)
        ]
        ways = heapq.nsmallest(_WIDTH, (*ways, *turned), key=lambda item: item[0])
    return ways


def best(ways: Iterable[Scored], width: int) -> list[Scored]:
    """The cheapest ways without doubles; the order of equal ones is kept."""
    kept: dict[str, float] = {}
    for cost, text in sorted(ways, key=lambda item: item[0]):
        kept.setdefault(text, cost)
    return [(cost, text) for text, cost in kept.items()][:width]


def route(source: Language, target: Language, scheme: str, variety: str | None) -> tuple[str, ...]:
    """The ids of the schemes that lead from one writing to the other, in order; raises BadOption where none does."""
    if variety is not None and _VARIETIES.get(variety) != source.value:
        known = ", ".join(name for name, language in sorted(_VARIETIES.items()) if language == source.value) or "none"
        raise BadOption(f"no variety {variety[:30]!r} of {source.value}", remedy=f"varieties: {known}")
    first: tuple[str, ...] = ()
    if variety == "western" and target is Language.EN and scheme == "press":
        return ("hy-hy-classical", "hyw-en-press")
    if variety in ("classical", "western"):
        first = ("hy-hy-classical",)
    elif variety == "cyrl" or scheme == "az-cyrl":
        first = ("az-az-cyrl",)
        scheme = "press" if scheme == "az-cyrl" else scheme
    if source is target:
        return first
    wanted = f"{source.value}-{target.value}-{scheme}"
    if wanted not in scheme_ids():
        offered = ", ".join(name for name in scheme_ids() if name.startswith(f"{source.value}-{target.value}-"))
        raise BadOption(f"no scheme {scheme[:30]!r} from {source.value} to {target.value}", remedy=f"use {offered}")
    return (*first, wanted)


@cache
def writer(scheme_id: str) -> Writer:
    """The writer of a scheme; one for each, since it remembers words."""
    scheme = compiled(scheme_id)
    by_sound = "en-sound-english" in scheme.scheme.through
    return Writer(scheme, compiled("en-sound-plain") if by_sound else None)


def transliterate(
    text: str, source: Language, target: Language, scheme: str = "press", variety: str | None = None
) -> str:
    """A whole text in the letters of another language; raises BadOption for a scheme or variety there is not.

    Azerbaijani in Cyrillic letters is told by its script, also without a variety.
    """
    for scheme_id in route(source, target, scheme, variety or _cyrillic(text, source, target)):
        text = writer(scheme_id).text(text)
    return text


def transliterate_name(
    name: str,
    source: Language,
    target: Language,
    scheme: str = "press",
    variety: str | None = None,
    known: Known | None = None,
) -> TransliteratedName:
    """A name in another language with ranked alternatives.

    `known` gives the glossary's renderings of a name, best first; they come before everything else.
    Raises BadOption for a scheme or variety there is not.
    """
    *before, last = route(source, target, scheme, variety or _cyrillic(name, source, target)) or ("",)
    told = tuple(dict.fromkeys(known(name))) if known is not None else ()
    for scheme_id in before:
        name = writer(scheme_id).text(name)
    answers = tuple(text for _, text in _answers(prepare(name), writer(last))) if last else (name,)
    if told:
        rest = tuple(answer for answer in answers if answer not in told)
        return TransliteratedName(told[0], "glossary", (*told[1:], *rest)[:_ALTERNATIVES])
    origin: Origin = "guess" if source is Language.EN and target is not Language.EN else "rule"
    return TransliteratedName(answers[0], origin, answers[1 : _ALTERNATIVES + 1])


def _cyrillic(text: str, source: Language, target: Language) -> str | None:
    """Whether a text said to be Azerbaijani is in Cyrillic letters; schwa look-alikes alone do not make it so.

    On the way into Russian a text of Russian letters alone is there already.
    """
    if source is not Language.AZ or text.isascii():
        return None
    if target is Language.RU and _AZ_CYRILLIC.isdisjoint(text):
        return None
    scripts = [script_of(char) for char in text if char not in "әӘ"]
    return "cyrl" if scripts.count(Script.CYRILLIC) > scripts.count(Script.LATIN) else None


def _answers(name: str, by: Writer) -> list[Scored]:
    """The answers for a name of several words, cheapest first."""
    ways: list[Scored] = []
    if by.elements is not None:
        whole = by.elements.whole.get(element_key(name, by.source), ())
        ways += [(number / 4, _loud(name, text, by.target)) for number, text in enumerate(whole)]
    behind = 1.5 if ways else 0.0
    combined: list[Scored] = [(behind, "")]
    position = 0
    for start, end in word_spans(name):
        options = _word_ways(name[start:end], by)
        between = name[position:start]
        combined = best(
            ((cost + more, text + between + word) for cost, text in combined for more, word in options), _WIDTH
        )
        position = end
    ways += [(cost, (text + name[position:]).translate(by.marks)) for cost, text in combined]
    return best(ways, _ALTERNATIVES + 1)


def _word_ways(word: str, by: Writer) -> list[Scored]:
    ways = by.ways(word)
    whole = by.elements.whole.get(element_key(word, by.source), ()) if by.elements is not None else ()
    if not whole or by.is_foreign(word):
        return ways
    named = [(number / 4, _loud(word, text, by.target)) for number, text in enumerate(whole)]
    return best((*named, *((1.5 + cost, text) for cost, text in ways)), _WIDTH)


def _loud(name: str, text: str, target: Language) -> str:
    return upper(text, target) if name.isupper() and len(name) > 1 else text


def word_spans(text: str) -> list[tuple[int, int]]:
    """Where the words of a text stand."""
    return [match.span() for match in WORD.finditer(text)]
