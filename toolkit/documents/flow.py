"""The original of running text with flat formatting: stretches, each inside its own containers (runs, spans, links).

    view      Step|anakert is |quiet
    file      <r>Step</r><r>anakert is </r><link><r>quiet</r></link>
    paths     (r)  (r)               (link, r)

A reader sees formats, not tags: stretches that look alike are one, however often the program that wrote the file has
cut them. In a sentence the format of most of its letters is its own; every other is a pair of tags around its words.
Where a changed text crosses from one stretch into another, the containers are closed and opened anew, so that what
comes out is nested as it was.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from toolkit.documents.original import Original, Side, Tag, Wrap
from toolkit.text.spans import Edit, Span, SpanSet


@dataclass(frozen=True, slots=True)
class Container:
    """An element around text. `key` says what it means to a reader; empty where it means nothing."""

    key: str
    opening: str
    closing: str
    binding: bool = False
    """Whether it must not be lost where a name that it holds a part of changes (a link)."""


Path = tuple[Container, ...]
"""The containers around a stretch, outermost first."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the view within one path, by its number."""

    start: int
    end: int
    path: int


@dataclass(frozen=True, slots=True)
class Loose:
    """A mark in the text that has no words of its own and may move a little: an end of a bookmark or comment."""

    text: str
    first: bool
    """Whether it stands before what it marks."""


BARRIER = "barrier"
"""The name of a tag that nothing may be moved over."""


@dataclass(frozen=True)
class FlowOriginal(Original):
    """`tags` are the objects among the text (a note's number, a picture); formats come from the stretches."""

    stretches: Sequence[Stretch] = ()
    paths: Sequence[Path] = ()
    loose: Mapping[int, Sequence[Loose]] = field(default_factory=dict)
    objects: Mapping[Span, str] = field(default_factory=dict)
    """How an object is written alone where its own span does not say it."""
    hidden: SpanSet = field(default_factory=lambda: SpanSet(()))
    keeping: str = ""
    """The attribute without which the innermost element drops the spaces at its edges, where there is such."""
    apart: bool = False
    """Whether objects stand outside of the innermost container."""

    @cached_property
    def _starts(self) -> Sequence[int]:
        return [stretch.start for stretch in self.stretches]

    @cached_property
    def _meanings(self) -> Sequence[tuple[str, ...]]:
        return [tuple(container.key for container in path if container.key) for path in self.paths]

    @cached_property
    def _loose_places(self) -> Sequence[int]:
        return sorted(self.loose)

    def _within(self, span: Span) -> list[Stretch]:
        """The stretches of a span, cut at its edges; one of nothing but spaces goes with the one before."""
        first = max(0, bisect_right(self._starts, span.start) - 1)
        last = bisect_left(self._starts, max(span.end, span.start + 1))
        return [
            Stretch(max(one.start, span.start), min(one.end, span.end), one.path) for one in self.stretches[first:last]
        ]

    def _formats(self, span: Span) -> tuple[int, list[Stretch]]:
        """The path that most letters of a span are in, and its stretches, neighbours of one meaning joined.

        The format of a space alone is no format: it goes with its neighbours, if they differ with the most common one.
        """
        weights: dict[tuple[str, ...], int] = {}
        chosen: dict[tuple[str, ...], int] = {}
        within = self._within(span)
        for one in within:
            meaning = self._meanings[one.path]
            weights[meaning] = weights.get(meaning, 0) + one.end - one.start
            chosen.setdefault(meaning, one.path)
        own = max(weights, key=lambda meaning: weights[meaning], default=())
        joined: list[Stretch] = []
        blank: Stretch | None = None
        for one in within:
            if self._is_blank(one) and joined:
                blank = one
                continue
            meaning = self._meanings[one.path]
            start = one.start if blank is None or meaning != own else blank.start
            if joined and self._meanings[joined[-1].path] in (meaning, own) and start == one.start:
                joined[-1] = Stretch(joined[-1].start, one.start, joined[-1].path)
            if joined and self._meanings[joined[-1].path] == meaning:
                joined[-1] = Stretch(joined[-1].start, one.end, joined[-1].path)
            else:
                joined.append(Stretch(start, one.end, one.path))
            blank = None
        return chosen.get(own, 0), joined

    def _is_blank(self, stretch: Stretch) -> bool:
        area = self.span(Span(stretch.start, stretch.end))
        return len(area) < 8 and area.of(self.text).isspace()

    def placed(self, span: Span) -> list[tuple[int, Tag]]:
        base, stretches = self._formats(span)
        own = self._meanings[base] if self.paths else ()
        found: list[tuple[int, Tag]] = []
        for one in stretches:
            words = self._words(one)
            if self._meanings[one.path] != own and len(words):
                area = self.span(words)
                found.append((words.start, Tag(Span(area.start, area.start), str(one.path), Side.OPEN)))
                found.append((words.end, Tag(Span(area.end, area.end), str(one.path), Side.CLOSE)))
        places = sorted(self.tags) if len(self.tags) < 8 else self._places
        first, last = bisect_right(places, span.start), bisect_left(places, span.end)
        found += [(place, tag) for place in places[first:last] for tag in self.tags[place]]
        return sorted(found, key=lambda pair: (pair[0], _ORDER[pair[1].side]))

    def _words(self, stretch: Stretch) -> Span:
        """A stretch without the spaces at its edges, which have no look of their own."""
        start, end = stretch.start, stretch.end
        while start < end and self._at(start).isspace():
            start += 1
        while start < end and self._at(end - 1).isspace():
            end -= 1
        return Span(start, end)

    def _at(self, place: int) -> str:
        """The text of the file behind one code point of the view."""
        return self.span(Span(place, place + 1)).of(self.text)

    def movable(self, span: Span) -> bool:
        """No field or content control is cut by it, and nothing hidden is inside."""
        return not self.hidden.touches(span) and all(tag.name != BARRIER for _, tag in self.placed(span))

    def enclosing(self, span: Span) -> Wrap | None:
        """The objects inside a stretch, to follow it; None where one cannot move, or where two links share it."""
        if self.hidden.touches(span):
            return None
        first, last = bisect_right(self._places, span.start), bisect_left(self._places, span.end)
        objects = [tag for place in self._places[first:last] for tag in self.tags[place]]
        if any(tag.name == BARRIER for tag in objects) or self._binding(span) is None:
            return None
        return Wrap((), tuple(objects))

    def _binding(self, span: Span) -> int | None:
        """The path for all of a stretch: of those that keep its links, the one of most letters; None without one."""
        weights: dict[int, int] = {}
        for one in self._within(span):
            weights[one.path] = weights.get(one.path, 0) + one.end - one.start
        bound = {c.key for path in weights for c in self.paths[path] if c.binding}
        fitting = [path for path in weights if bound <= {c.key for c in self.paths[path]}]
        return max(fitting, key=lambda path: weights[path], default=None)

    def spell(self, span: Span, inserts: Iterable[tuple[int, Tag]], length: int) -> tuple[tuple[int, str], ...]:
        """The closing and opening of containers among the new text, and the objects that move."""
        if not self.paths:
            return ()
        inserts = list(inserts)
        formatted = any(tag.side is not Side.ALONE for _, tag in inserts)
        base, _ = self._formats(span)
        within = self._within(span)
        if not formatted:
            base = bound if (bound := self._binding(span)) is not None else base
        writer = _Writer(self, self.paths[within[0].path])
        loose = self._loose_inside(span)
        writer.put([mark.text for mark in loose if mark.first])
        stack = [base]
        for offset, group in _by_offset(inserts, length):
            for tag in group:
                if tag.side is Side.OPEN:
                    stack.append(int(tag.name))
                elif tag.side is Side.CLOSE and len(stack) > 1:
                    stack.pop()
                else:
                    writer.put([self.objects.get(tag.span, tag.span.of(self.text))])
            if offset < length:
                writer.enter(self.paths[stack[-1]], offset)
        writer.put([mark.text for mark in loose if not mark.first])
        writer.leave(self.paths[within[-1].path], length)
        return tuple(writer.out)

    def _loose_inside(self, span: Span) -> list[Loose]:
        first, last = bisect_right(self._loose_places, span.start), bisect_left(self._loose_places, span.end)
        return [mark for place in self._loose_places[first:last] for mark in self.loose[place]]

    def repairs(self, spans: Iterable[Span]) -> list[Edit]:
        """Keep the spaces at the edges of the elements in which a change begins that goes on in another one.

        Where the change before reached into that element, its tag is gone, and the text stands in that change's own.
        """
        if not self.keeping:
            return []
        areas = SpanSet(self.span(span) for span in spans)
        found: dict[Span, Edit] = {}
        for area in areas.spans:
            if "<" in area.of(self.text):
                start = self.text.rfind("<", 0, area.start)
                end = self.text.index(">", start)
                if "xml:space" not in self.text[start:end] and not areas.touches(Span(start, end + 1)):
                    found[Span(end, end)] = Edit(Span(end, end), self.keeping)
        return list(found.values())


_ORDER = {Side.CLOSE: 0, Side.ALONE: 1, Side.OPEN: 2}


def _by_offset(inserts: Iterable[tuple[int, Tag]], length: int) -> list[tuple[int, list[Tag]]]:
    """The tags by offset, in order; the beginning and the end always with them."""
    groups: dict[int, list[Tag]] = {0: [], length: []}
    for offset, tag in inserts:
        groups.setdefault(offset, []).append(tag)
    return sorted(groups.items())


class _Writer:
    """Writes the way from one path to the next, no sooner than text or an object needs it."""

    def __init__(self, original: FlowOriginal, path: Path) -> None:
        self._original = original
        self._path = path
        self._waiting: list[str] = []
        self.out: list[tuple[int, str]] = []

    def put(self, objects: Sequence[str]) -> None:
        """Objects to be written before what comes next."""
        self._waiting += objects

    def enter(self, path: Path, offset: int) -> None:
        """Text in a path follows: one that looks as the present one does needs nothing."""
        if self._waiting or _meaning(path) != _meaning(self._path):
            self._move(path, offset)

    def leave(self, path: Path, offset: int) -> None:
        """The file goes on within `path`, so all must be nested as there."""
        alike = _meaning(path) == _meaning(self._path) and _closings(path) == _closings(self._path)
        if self._waiting or not alike:
            self._move(path, offset)

    def _move(self, path: Path, offset: int) -> None:
        text = ""
        if self._waiting and self._original.apart:
            text = _way(self._path, self._path[:-1])
            self._path = self._path[:-1]
        text += "".join(self._waiting)
        self._waiting = []
        text += _way(self._path, path)
        self._path = path
        if text:
            self.out.append((offset, text))


def _meaning(path: Path) -> tuple[str, ...]:
    return tuple(container.key for container in path if container.key)


def _closings(path: Path) -> tuple[str, ...]:
    return tuple(container.closing for container in path)


def _way(here: Path, there: Path) -> str:
    """Close what does not hold any more, open what does now."""
    same = 0
    while same < min(len(here), len(there)) and here[same] == there[same]:
        same += 1
    closing = "".join(container.closing for container in reversed(here[same:]))
    return closing + "".join(container.opening for container in there[same:])
