"""Words that a model repeats without end or reason."""

from __future__ import annotations

import re
from functools import cached_property

from toolkit.mentions.cues import cues_of
from toolkit.pipeline.checks.pair import Pair, Remarks, Side
from toolkit.text.spans import Span

_WORD = re.compile(r"[\w'’-]+")
_LONGEST = 12
"""Words of the longest phrase looked for."""
_LONG_WORD = 5
_SHORT_NAME = 2
_PHRASE = 3
"""Words of a phrase that nobody says twice in a row, whatever stands between."""
_THOUSAND = ["000"]
"""A part of a number in figures."""
_RETURNS = 4
"""A phrase of this many words that comes again in a sentence whose source repeats no word."""
_STUTTER = re.compile(r"(?<!\w)\w*(?:([^\W\d_])\1{3,}|([^\W\d_]{2,4})\2{3,})\w*")
_PAUSE = re.compile("[.!?:;։…]")


def check_loops(pair: Pair, remarks: Remarks) -> None:
    """T011 for a word or phrase that is repeated where the source repeats nothing."""
    target = _Words(pair.target)
    if len(set(target.words)) == len(target.words) and not target.within_word():
        return
    place = target.beside() or target.within_word()
    if place is None and (returning := target.returning()) and not _Words(pair.source).repeats_a_word():
        place = returning
    if place is not None and _Words(pair.source).beside() is None:
        remarks.add("T011", None, place, surface=place.of(pair.target.text)[:60])


class _Words:
    """The words of a text, folded, with their places."""

    def __init__(self, side: Side) -> None:
        self._text = side.text
        self._side = side
        self.words: list[str] = _WORD.findall(side.folded.text)

    @cached_property
    def places(self) -> list[Span]:
        return [self._side.original(*match.span()) for match in _WORD.finditer(self._side.folded.text)]

    def beside(self) -> Span | None:
        """The same phrase side by side: a short word three times, a long one or several words twice."""
        words = self.words
        for size in range(1, min(_LONGEST, len(words) // 2) + 1):
            for start in range(len(words) - 2 * size + 1):
                phrase = words[start : start + size]
                if phrase != words[start + size : start + 2 * size]:
                    continue
                thrice = words[start + 2 * size : start + 3 * size] == phrase
                figures = not any(word[0].isalpha() for word in phrase)
                if (figures and not thrice) or phrase == _THOUSAND:
                    continue
                enough = size > 1 or self._is_weighty(start) or (thrice and (figures or len(phrase[0]) > 1))
                ends = start + 2 * size - 1
                whole = size >= _PHRASE and (thrice or not self._opens_sentence(start + size))
                if enough and (whole or not self._pauses(start, ends, any_mark=size == 1 and not thrice)):
                    return Span(self.places[start].start, self.places[start + (2 + thrice) * size - 1].end)
        return None

    def _opens_sentence(self, index: int) -> bool:
        """Whether a word is the first one after a full stop: “a cyclical event. A cyclical event is …”."""
        place = self.places[index]
        between = self._text[self.places[index - 1].end : place.start]
        return self._text[place.start].isupper() and _PAUSE.search(between) is not None

    def _is_weighty(self, index: int) -> bool:
        """Whether a word that comes twice is enough: a long one, a name, with its capital both times, the last one of a
        name, or what a place is after its name (Xızı rayonu rayonu)."""
        word = self.words[index]
        place = self.places[index]
        if any(mention.span.start < place.start and mention.span.end == place.end for mention in self._side.mentions):
            return True
        named_before = any(mention.span.end + 1 == place.start for mention in self._side.mentions)
        if named_before and cues_of(self._side.language).place.fullmatch(word):
            return True
        named = all(self._text[place.start].isupper() for place in self.places[index : index + 2])
        return len(word) > _LONG_WORD or (named and len(word) > _SHORT_NAME)

    def _pauses(self, first: int, last: int, *, any_mark: bool) -> bool:
        """Whether a sentence ends between two words; for a single word any mark but a space, as in a definition."""
        if any_mark:
            return self._text[self.places[first].end : self.places[last].start] not in (" ", ", ")
        return any(_PAUSE.search(self._text[self.places[i].end : self.places[i + 1].start]) for i in range(first, last))

    def returning(self) -> Span | None:
        """A phrase that stands in the same sentence a second time."""
        seen: dict[tuple[str, ...], int] = {}
        for start in range(len(self.words) - _RETURNS + 1):
            phrase = tuple(self.words[start : start + _RETURNS])
            before = seen.setdefault(phrase, start)
            if start - before >= _RETURNS and not self._pauses(before, start, any_mark=False):
                return Span(self.places[start].start, self.places[start + _RETURNS - 1].end)
        return None

    def repeats_a_word(self) -> bool:
        """Whether a longer word comes twice, in whatever form."""
        stems = [word[:_LONG_WORD] for word in self.words if len(word) >= _LONG_WORD]
        return len(set(stems)) < len(stems)

    def within_word(self) -> Span | None:
        """A word that stutters: Masachusettttts, hahahahaha."""
        match = _STUTTER.search(self._side.folded.text)
        return self._side.original(*match.span()) if match else None
