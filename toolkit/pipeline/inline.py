"""Where inline tags go in a translation: around the words that translate those they were around.

Tags are elements by what they enclose in the source. Each takes the stretch of the translation that is aligned to its
words; one that has no certain stretch gets the likeliest and is said to be doubtful. No tag is ever dropped, and
elements that were one in another or one after another stay so.

    source    The <a>road to Lachin</a> is <b>closed</b> .
    target    <b>Закрыта</b> <a>дорога на Лачин</a> .
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from toolkit.documents.original import Side, Tag
from toolkit.text.spans import Span

Link = tuple[Span, Span]
"""A stretch of the source and the one of the translation that is aligned to it."""

_SIGNS = {"bracket": "()[]", "quote": "\"'«»‘’“”„", "stop": ".,:;!?…։՝"}
_WORD = re.compile(r"\w+(?:[-'’.]\w+)*|\ufffc")


@dataclass(eq=False)
class Element:
    """What a pair of tags encloses; one of them is None where it stands outside the segment, `after` for a lone tag."""

    span: Span
    before: Tag | None
    after: Tag | None
    children: list[Element] = field(default_factory=list)

    @property
    def lone(self) -> bool:
        return self.before is not None and self.before.side is Side.ALONE


@dataclass(frozen=True, slots=True)
class Placement:
    """The tags by their offset in the translation, in the order in which they are written; the doubtful elements."""

    tags: tuple[tuple[int, Tag], ...]
    doubtful: tuple[Element, ...] = ()


def elements_of(tags: Sequence[tuple[int, Tag]], length: int) -> list[Element]:
    """The outermost elements of a segment of `length` code points; `tags` in order, by their offset in it."""
    top: list[Element] = []
    stack: list[Element] = []
    for offset, tag in tags:
        siblings = stack[-1].children if stack else top
        if tag.side is Side.ALONE:
            siblings.append(Element(Span(offset, offset), tag, None))
        elif tag.side is Side.OPEN:
            element = Element(Span(offset, length), tag, None)
            siblings.append(element)
            stack.append(element)
        elif stack and any(one.before is not None and one.before.name == tag.name for one in stack):
            while True:
                element = stack.pop()
                if element.before is not None and element.before.name == tag.name:
                    element.span, element.after = Span(element.span.start, offset), tag
                    break
        else:
            inner = siblings[:]
            siblings[:] = [Element(Span(stack[-1].span.start if stack else 0, offset), None, tag, inner)]
    return top


def place_tags(elements: Sequence[Element], source: str, target: str, links: Sequence[Link]) -> Placement:
    """A place in `target` for every tag."""
    words = [Span(*match.span()) for match in _WORD.finditer(target)]
    placer = _Placer(source, target, words, sorted(links))
    placer.place(elements, Span(0, len(target)))
    return Placement(tuple(placer.tags), tuple(placer.doubtful))


@dataclass
class _Placer:
    source: str
    target: str
    words: Sequence[Span]
    links: Sequence[Link]
    tags: list[tuple[int, Tag]] = field(default_factory=list)
    doubtful: list[Element] = field(default_factory=list)

    def place(self, elements: Sequence[Element], area: Span) -> None:
        """Write elements into a stretch of the target, one after another."""
        reached = area.start
        for span, sure, element in self._apart(elements, area):
            start = min(max(span.start, reached), area.end)
            end = min(max(span.end, start), area.end)
            if not sure or (len(element.span) and (start, end) != (span.start, span.end)):
                self.doubtful.append(element)
            if element.before is not None:
                self.tags.append((start, element.before))
            self.place(element.children, Span(start, end))
            if element.after is not None:
                self.tags.append((end, element.after))
            reached = end

    def _apart(self, elements: Sequence[Element], area: Span) -> list[tuple[Span, bool, Element]]:
        """Where elements go, in order and none over another: what is doubtful gives way, of two the longer.

        One that would be left without a word gets the nearest that no other one has: a link without words is lost.
        """
        found = [(*self._stretch(element), number, element) for number, element in enumerate(elements)]
        taken: list[tuple[Span, bool, int, Element]] = []
        for span, sure, number, element in sorted(found, key=lambda one: (not one[1], len(one[0]), one[2])):
            free = span
            for other, *_ in taken:
                if len(free) and free.overlaps(other):
                    sides = Span(free.start, max(free.start, other.start)), Span(min(other.end, free.end), free.end)
                    free = max(sides, key=len)
            if self.source[element.span.start : element.span.end].strip() and not _inside(free, area):
                free = self._nearest(span, area, [other for other, *_ in taken]) or free
            taken.append((self._trimmed(free), sure and free == span, number, element))
        ordered = sorted(taken, key=lambda one: (one[0].start, one[0].end, one[2]))
        return [(span, sure, element) for span, sure, _, element in ordered]

    def _nearest(self, span: Span, area: Span, taken: Sequence[Span]) -> Span | None:
        """The word of an area nearest to a stretch that none of these has."""
        left = [word for word in self.words if area.contains(word) and not any(word.overlaps(one) for one in taken)]
        return min(left, key=lambda word: abs(word.start - span.start), default=None)

    def _trimmed(self, span: Span) -> Span:
        """The stretch without the spaces at its edges, which a neighbour may have left."""
        text = span.of(self.target)
        if not text.strip():
            return span
        return Span(span.start + len(text) - len(text.lstrip()), span.start + len(text.rstrip()))

    def _stretch(self, element: Element) -> tuple[Span, bool]:
        """Where an element goes, and whether that is certain."""
        whole = Span(0, len(self.target))
        if not self.source[element.span.start : element.span.end].strip():
            return self._point(element)
        if element.before is None and element.after is None:
            return whole, True
        marks = [self._mark(word, element.span) for word in self.words]
        run = _best_run(marks, from_start=element.before is None, to_end=element.after is None)
        if run is None:
            return self._nearby(element.span), False
        first, last = run
        inside = marks[first : last + 1]
        sure = (
            self._mostly_linked(element.span)
            and not any(mark < 0 for mark in inside)
            and not any(mark > 0 for mark in (*marks[:first], *marks[last + 1 :]))
        )
        start = 0 if element.before is None else self.words[first].start
        end = len(self.target) if element.after is None else self.words[last].end
        return self._with_signs(Span(start, end), element), sure

    def _mostly_linked(self, span: Span) -> bool:
        """Whether at least half of the words of a stretch of the source are aligned to something."""
        words = [Span(*match.span()).shift(span.start) for match in _WORD.finditer(span.of(self.source))]
        linked = sum(any(ours.overlaps(word) for ours, _ in self.links) for word in words)
        return 2 * linked >= len(words)

    def _mark(self, word: Span, span: Span) -> float:
        """How a word of the target speaks for the stretch of the source: 1 it is aligned to it, -1 to others only."""
        theirs = [ours for ours, there in self.links if there.overlaps(word)]
        if not theirs:
            return 0.0
        inside = sum(ours.overlaps(span) for ours in theirs)
        return 1.0 if inside == len(theirs) else 0.25 if inside else -1.0

    def _with_signs(self, span: Span, element: Element) -> Span:
        """The stretch with the quotation mark or full stop beside it, where the element had one."""
        inner = element.span.of(self.source)
        start, end = span.start, span.end
        if element.before is not None and _kind(inner[:1]):
            while start and _kind(self.target[start - 1]) == _kind(inner[:1]):
                start -= 1
        if element.after is not None and _kind(inner[-1:]):
            while end < len(self.target) and _kind(self.target[end]) == _kind(inner[-1:]):
                end += 1
        return Span(start, end)

    def _point(self, element: Element) -> tuple[Span, bool]:
        """Where an element without words goes: behind what translates the word before it, or before the word after."""
        offset = element.span.start
        before = [there.end for ours, there in self.links if ours.end <= offset and not self._words(ours.end, offset)]
        after = [
            there.start for ours, there in self.links if ours.start >= offset and not self._words(offset, ours.start)
        ]
        touching = offset > 0 and not self.source[offset - 1].isspace()
        if before and (touching or not after):
            return Span(max(before), max(before)), True
        if after:
            return Span(min(after), min(after)), True
        nearby = self._nearby(Span(offset, offset))
        nearer_end = 2 * self._between(self._known(), offset) >= nearby.start + nearby.end
        place = nearby.end if touching or nearer_end else nearby.start
        return Span(place, place), False

    def _words(self, start: int, end: int) -> bool:
        return any(char.isalnum() for char in self.source[start:end])

    def _nearby(self, span: Span) -> Span:
        """A guess by what stands around: as far between two aligned places as it was in the source."""
        if not self.words:
            return Span(0, len(self.target))
        known = self._known()
        ends = [self._between(known, offset) for offset in (span.start, span.end)]
        first = min(bisect_left([word.end for word in self.words], min(ends) + 1), len(self.words) - 1)
        last = max(first, bisect_left([word.start for word in self.words], max(ends)) - 1)
        return Span(self.words[first].start, self.words[last].end)

    def _known(self) -> list[tuple[int, int]]:
        """Offsets of the source with those of the target that they answer to."""
        known = [(0, 0), (len(self.source), len(self.target))]
        for ours, there in self.links:
            known += [(ours.start, there.start), (ours.end, there.end)]
        return known

    @staticmethod
    def _between(known: Sequence[tuple[int, int]], offset: int) -> int:
        low = max((pair for pair in known if pair[0] <= offset), default=(0, 0))
        high = min((pair for pair in known if pair[0] > offset), default=low)
        share = (offset - low[0]) / (high[0] - low[0]) if high[0] > low[0] else 0.0
        return round(low[1] + share * (high[1] - low[1]))


def _inside(span: Span, area: Span) -> bool:
    """Whether some of a stretch is left in an area."""
    return min(span.end, area.end) > max(span.start, area.start)


def _kind(char: str) -> str:
    """What kind of sign a character is, so that a quotation mark answers to a quotation mark; empty for a letter."""
    return next((kind for kind, signs in _SIGNS.items() if char and char in signs), "")


def _best_run(marks: Sequence[float], *, from_start: bool, to_end: bool) -> tuple[int, int] | None:
    """The first and last word of the run that speaks most for an element; the shorter one of two that are even.

    `from_start`, `to_end`: the element began before the segment, or goes on after it.
    """
    speaking = [index for index, mark in enumerate(marks) if mark > 0]
    if not speaking:
        return None
    sums = [0.0, *accumulate(marks)]
    runs = [
        (first, last)
        for first in ([0] if from_start else speaking)
        for last in ([len(marks) - 1] if to_end else speaking)
        if first <= last
    ]
    return max(runs, key=lambda run: (sums[run[1] + 1] - sums[run[0]], run[0] - run[1]))
