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

from toolkit.documents.finishing import Finish
from toolkit.text.spans import Chunk, Edit, OffsetMap, Span

OBJECT = "\ufffc"
"""What stands in a view for something that is not to be read (U+FFFC, object replacement character)."""

_BARE = ("<", "</", "&", "&#")

Escape = Callable[[str], str]
"""How a code point of the view is written in the file."""


class Side(StrEnum):
    ALONE = "alone"
    """A tag or comment that encloses nothing."""
    CLOSE = "close"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Tag:
    """An inline tag; `span` in the original."""

    span: Span
    name: str
    side: Side


@dataclass(frozen=True, slots=True)
class Wrap:
    """The tags that enclose one place exactly, outermost first and last."""

    before: tuple[Tag, ...]
    after: tuple[Tag, ...]


@dataclass(frozen=True)
class Original:
    """The text of a file, the chunks by which the view differs from it, and the tags by their place in the view.

    Where parts of a file are written in several ways, `escapes` has the offset of the file that each begins at, in
    order; before the first it is `escape`. `finish` is what the format does after changes.
    """

    text: str
    chunks: Sequence[Chunk]
    tags: Mapping[int, Sequence[Tag]]
    escape: Escape
    escapes: Sequence[tuple[int, Escape]] = ()
    finish: Finish | None = None

    def spell(self, span: Span, inserts: Iterable[tuple[int, Tag]], length: int) -> tuple[tuple[int, str], ...]:
        """What is written among the new text of a stretch for the tags that move: (offset in it, text), in order.

        `inserts` are tags by the offset in the new text, of `length` code points, before which they stand.
        """
        return tuple((offset, tag.span.of(self.text)) for offset, tag in inserts)

    def repairs(self, spans: Iterable[Span]) -> list[Edit]:
        """What else the file needs, outside of these stretches of the view, when they change."""
        return []

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
