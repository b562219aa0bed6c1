"""Spans of code points and the one rule by which overlapping ones give way."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range [start, end) of code points."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def shift(self, by: int) -> Span:
        return Span(self.start + by, self.end + by)

    def of(self, text: str) -> str:
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the text at a span by another text."""

    span: Span
    text: str


def leftmost_longest(items: Iterable[T], span_of: Callable[[T], Span]) -> list[T]:
    """Keep, from left to right, the longest item that starts first; drop what overlaps it.

        |-----A-----|
          |--B--|           B starts inside A: dropped
                    |--C--|
                    |--C'---|   same start, longer: C' wins
    Items with the very same span as a winner are kept beside it: they are readings of one place.
    """
    ordered = sorted(items, key=lambda item: (span_of(item).start, -span_of(item).end))
    kept: list[T] = []
    current: Span | None = None
    for item in ordered:
        span = span_of(item)
        if current is None or span.start >= current.end or span == current:
            kept.append(item)
            current = span
    return kept


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Apply edits that do not overlap; raises ValueError where two do."""
    parts: list[str] = []
    position = 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        if edit.span.start < position:
            raise ValueError(f"edits overlap at {edit.span.start}")
        parts.append(text[position : edit.span.start])
        parts.append(edit.text)
        position = edit.span.end
    parts.append(text[position:])
    return "".join(parts)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of original text that became a stretch of another length (nothing, where it was dropped)."""

    derived: Span
    original: Span


class OffsetMap:
    """Maps offsets of a derived text back to the original text it came from.

    Outside the given chunks (in rising order) both texts advance together; an unchanged text has no chunk.
    """

    __slots__ = ("_chunks", "_starts")

    def __init__(self, chunks: Sequence[Chunk] = ()) -> None:
        self._chunks = chunks
        self._starts = [chunk.derived.start for chunk in chunks]

    def start(self, offset: int) -> int:
        """The original offset of the first code point that the derived text has from `offset` on."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0:
            return offset
        chunk = self._chunks[index]
        if offset < chunk.derived.end:
            return chunk.original.start
        return chunk.original.end + offset - chunk.derived.end

    def end(self, offset: int) -> int:
        """The original offset just after the last code point that the derived text has before `offset`."""
        index = bisect_left(self._starts, offset) - 1
        if index < 0:
            return offset
        chunk = self._chunks[index]
        return chunk.original.end + max(0, offset - chunk.derived.end)

    @property
    def is_identity(self) -> bool:
        """Whether both texts have the same offsets everywhere."""
        return not self._chunks

    def span(self, span: Span) -> Span:
        return Span(self.start(span.start), self.end(span.end))


class SpanSet:
    """Disjoint spans in order, asked in logarithmic time."""

    __slots__ = ("_starts", "spans")

    def __init__(self, spans: Iterable[Span]) -> None:
        self.spans = sorted(spans)
        self._starts = [span.start for span in self.spans]

    def covers(self, span: Span) -> bool:
        """Whether one of the spans contains all of `span`."""
        index = bisect_right(self._starts, span.start) - 1
        return index >= 0 and self.spans[index].contains(span)

    def touches(self, span: Span) -> bool:
        """Whether one of the spans overlaps `span`."""
        index = bisect_left(self._starts, span.end) - 1
        return index >= 0 and self.spans[index].overlaps(span)

    def cut_by(self, offset: int) -> bool:
        """Whether a border at `offset` falls inside one of the spans."""
        index = bisect_left(self._starts, offset) - 1
        return index >= 0 and offset < self.spans[index].end

    def inside(self, area: Span) -> list[Span]:
        """The spans that lie wholly in `area`."""
        first, last = bisect_left(self._starts, area.start), bisect_left(self._starts, area.end)
        return [span for span in self.spans[first:last] if span.end <= area.end]
