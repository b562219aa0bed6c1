"""The file behind a reading view: where each part of the view stands in it, and where its tags stand in the view.

A view has no tags, so that names and sentences are found as they are read; a tag has a place between two code points
of the view. What becomes of the tags inside a stretch that changes is decided here.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from toolkit.documents.finishing import Finish
from toolkit.text.spans import Chunk, Edit, OffsetMap, Span, SpanSet

if TYPE_CHECKING:
    from toolkit.documents.model import Document

OBJECT = "\ufffc"
"""What stands in a view for something that is not to be read (U+FFFC, object replacement character)."""

_BARE = ("<", "</", "&", "&#")

Escape = Callable[[str], Sequence[str]]
"""How a text of the view is written in the file: for each of its code points what stands for it."""


def each(written: Callable[[str], str]) -> Escape:
    """An escape for a format in which every code point is written by itself."""
    return lambda text: [written(char) for char in text]


class Side(StrEnum):
    ALONE = "alone"
    """A tag or comment that encloses nothing."""
    CLOSE = "close"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Tag:
    """An inline tag; `span` in the original. `moved` is how it is written among changed words, where that is another
    way (a link that is named by its words)."""

    span: Span
    name: str
    side: Side
    moved: str = ""

    def written(self, text: str) -> str:
        """What stands for it among changed words in the file with this text."""
        return self.moved or self.span.of(text)


@dataclass(frozen=True, slots=True)
class Wrap:
    """The tags that enclose one place exactly, outermost first and last."""

    before: tuple[Tag, ...]
    after: tuple[Tag, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """Words that are also the name of what they link to: when they change, the tag behind them has to tell it."""

    span: Span
    """In the view."""
    tag: Tag


@dataclass(frozen=True, slots=True)
class Rereading:
    """How a format reads a stretch of a file by itself, and how it writes one that has to be written with care."""

    read: Callable[[str], Document]
    begins_block: Callable[[str], bool]
    """Whether a text would be more than words at the beginning of a line: a list, a fence, the text of a note."""
    escape: Escape
    """A text in which no sign is left that could mean something."""
    counterpart: Callable[[Tag, str], str]
    """What ends what a tag begins, or begins what it ends, in a file with this text."""
    spell: Callable[[Tag, str], str]
    """A tag, of a file with this text, by signs that mean the same wherever they stand."""


@dataclass(frozen=True)
class Original:
    """The text of a file, the chunks by which the view differs from it, and the tags by their place in the view.

    Where parts of a file are written in several ways, `escapes` has the offset of the file that each begins at, in
    order; before the first it is `escape`. `finish` is what the format does after changes. `rereading` is there where
    the same words can be stored with the signs of the format among them (Markdown), and where what a sign means
    depends on what stands beside it.
    """

    text: str
    chunks: Sequence[Chunk]
    tags: Mapping[int, Sequence[Tag]]
    escape: Escape
    escapes: Sequence[tuple[int, Escape]] = ()
    finish: Finish | None = None
    labels: Sequence[Label] = ()
    rereading: Rereading | None = None

    def spell(self, span: Span, inserts: Iterable[tuple[int, Tag]], length: int) -> tuple[tuple[int, str], ...]:
        """What is written among the new text of a stretch for the tags that move: (offset in it, text), in order.

        `inserts` are tags by the offset in the new text, of `length` code points, before which they stand.
        """
        return tuple((offset, tag.written(self.text)) for offset, tag in inserts)

    def repairs(self, spans: Iterable[Span]) -> list[Edit]:
        """What else the file needs, outside of these stretches of the view, when they change."""
        changed = SpanSet(spans) if self.labels else SpanSet(())
        return [Edit(label.tag.span, label.tag.moved) for label in self.labels if changed.touches(label.span)]

    @cached_property
    def offsets(self) -> OffsetMap:
        """From the view to the original."""
        return OffsetMap(self.chunks)

    @cached_property
    def _places(self) -> Sequence[int]:
        return sorted(self.tags)

    @cached_property
    def _borders(self) -> Sequence[int]:
        return [offset for offset, _ in self.escapes]

    def escape_at(self, offset: int) -> Escape:
        """How text is written at an offset of the file."""
        index = bisect_right(self._borders, offset) - 1
        return self.escapes[index][1] if index >= 0 else self.escape

    def span(self, span: Span) -> Span:
        """A span of the view in the original, without the tags at its edges."""
        if span.start == span.end:
            return Span(self.offsets.start(span.start), self.offsets.start(span.start))
        return self.offsets.span(span)

    def placed(self, span: Span) -> list[tuple[int, Tag]]:
        """The tags that go where a stretch goes, in order and by their place in the view: all inside it, and those at
        its edges whose counterpart is inside."""
        first, last = bisect_right(self._places, span.start), bisect_left(self._places, span.end)
        found = [(place, tag) for place in self._places[first:last] for tag in self.tags[place]]
        opened: list[Tag] = []
        closing: list[Tag] = []
        for _, tag in found:
            if tag.side is Side.OPEN:
                opened.append(tag)
            elif tag.side is Side.CLOSE and opened and opened[-1].name == tag.name:
                opened.pop()
            elif tag.side is Side.CLOSE:
                closing.append(tag)
        before = _counterparts(reversed(self.tags.get(span.start, ())), closing, Side.OPEN)
        after = _counterparts(self.tags.get(span.end, ()), reversed(opened), Side.CLOSE)
        return [
            *((span.start, tag) for tag in reversed(before)),
            *found,
            *((span.end, tag) for tag in after),
        ]

    def area(self, span: Span) -> Span:
        """A stretch in the original, with the tags at its edges that go where it goes."""
        inner = self.span(span)
        edges = [tag.span for place, tag in self.placed(span) if place in (span.start, span.end)]
        return Span(min([inner.start, *(s.start for s in edges)]), max([inner.end, *(s.end for s in edges)]))

    def movable(self, span: Span) -> bool:
        """Whether all that stands in a stretch besides words can go where they go."""
        return True

    def inside(self, span: Span) -> list[Tag]:
        """The tags between two code points of a stretch."""
        first, last = bisect_right(self._places, span.start), bisect_left(self._places, span.end)
        return [tag for place in self._places[first:last] for tag in self.tags[place]]

    def enclosing(self, span: Span) -> Wrap | None:
        """The tags inside a stretch in an order in which they can enclose all of it; None where there is none.

        `<b>Nagorno</b> Karabakh` can become `<b>Artsakh</b>`; `<b>Nagorno</b><i> Karabakh</i>` has no such order.
        Nor may a stretch change that a bare "<" or "&" stands before: with another letter after it, it may be a tag.
        """
        start = self.span(span).start
        if self.text[max(0, start - 2) : start].endswith(_BARE):
            return None
        opened: list[Tag] = []
        pairs: list[tuple[Tag, Tag]] = []
        closed: list[Tag] = []
        alone: list[Tag] = []
        for tag in self.inside(span):
            if tag.side is Side.ALONE:
                alone.append(tag)
            elif tag.side is Side.OPEN:
                opened.append(tag)
            elif opened and opened[-1].name == tag.name:
                pairs.append((opened.pop(), tag))
            elif opened:
                return None
            else:
                closed.append(tag)
        if opened and closed:
            return None
        before = (*opened, *(pair[0] for pair in pairs))
        return Wrap(before, (*(pair[1] for pair in reversed(pairs)), *closed, *alone))


def _counterparts(beside: Iterable[Tag], waiting: Iterable[Tag], side: Side) -> list[Tag]:
    """Of the tags at an edge, the nearest first, those that begin or end what is begun or ended inside."""
    found = []
    for outer, inner in zip(beside, waiting, strict=False):
        if outer.side is not side or outer.name != inner.name:
            break
        found.append(outer)
    return found
