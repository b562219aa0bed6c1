"""One reading view over many small texts in a file: cells, strings, elements, each read by a reader of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from toolkit.documents.finishing import Finish
from toolkit.documents.html_blocks import GAP, as_it_is
from toolkit.documents.model import Block, BlockKind, Document, LanguageCode
from toolkit.documents.original import Escape, Label, Original, Tag
from toolkit.text.spans import Chunk, OffsetMap, Span


@dataclass(frozen=True, slots=True)
class Value:
    """A text as it stands in the file: what it says, and the chunks (at most one code point of `text` each, in
    offsets of `text` and of the file) by which what it says is written otherwise."""

    span: Span
    text: str
    chunks: Sequence[Chunk] = ()
    escape: Escape = as_it_is

    @classmethod
    def plain(cls, file: str, span: Span) -> Value:
        """A text that is written as it is read."""
        return cls(span, span.of(file))


@dataclass(frozen=True, slots=True)
class Part:
    """A text of the file, read."""

    value: Value
    document: Document
    heading: bool = False


def assemble(
    file: str, parts: Iterable[Part], codes: Sequence[LanguageCode] = (), finish: Finish | None = None
) -> Document:
    """The parts that hold language, in the order of the file, as one document."""
    made = _Assembly()
    for part in parts:
        if part.document.blocks:
            made.add(part)
    original = Original(file, made.chunks, made.tags, as_it_is, made.escapes, finish, made.labels)
    return Document("".join(made.views), tuple(made.blocks), tuple(made.markup), tuple(codes), original)


class _Assembly:
    """The view as it grows."""

    def __init__(self) -> None:
        self._length = 0
        self._written = 0
        self.views: list[str] = []
        self.chunks: list[Chunk] = []
        self.blocks: list[Block] = []
        self.markup: list[Span] = []
        self.tags: dict[int, list[Tag]] = {}
        self.escapes: list[tuple[int, Escape]] = []
        self.labels: list[Label] = []

    def add(self, part: Part) -> None:
        document, value = part.document, part.value
        gap = GAP if self.views else ""
        place = Span(self._length, self._length + len(gap))
        self.chunks.append(Chunk(place, Span(self._written, value.span.start)))
        self._length = place.end
        there = _file_map(value)
        self.chunks += _composed(document, value, there, self._length)
        for block in document.blocks:
            self.blocks.append(Block(block.span.shift(self._length), BlockKind.HEADING if part.heading else block.kind))
        self.markup += [span.shift(self._length) for span in document.markup]
        if document.original is not None:
            for offset, tags in document.original.tags.items():
                self.tags[offset + self._length] = [_moved(tag, value, there) for tag in tags]
            for label in document.original.labels:
                self.labels.append(Label(label.span.shift(self._length), _moved(label.tag, value, there)))
        self.escapes += _escapes(document, value, there)
        self.views += [gap, document.text]
        self._length += len(document.text)
        self._written = value.span.end


def _moved(tag: Tag, value: Value, there: OffsetMap) -> Tag:
    """A tag of a value as one of the file."""
    return Tag(there.span(tag.span), tag.name, tag.side, "".join(value.escape(tag.moved)))


def _file_map(value: Value) -> OffsetMap:
    start = Chunk(Span(0, 0), Span(value.span.start, value.span.start))
    return OffsetMap([start, *value.chunks])


def _composed(document: Document, value: Value, there: OffsetMap, by: int) -> list[Chunk]:
    """The chunks from a part's view, which stands at `by`, to the file."""
    if document.original is None:
        return [Chunk(chunk.derived.shift(by), chunk.original) for chunk in value.chunks]
    found: list[Chunk] = []
    waiting = iter(value.chunks)
    chunk = next(waiting, None)
    view = inner = 0

    def take(until: int, shift: int | None) -> None:
        """Pass the value's chunks before an offset of the value; those that the view has as they are, are kept."""
        nonlocal chunk
        while chunk is not None and chunk.derived.start < until:
            if shift is not None:
                found.append(Chunk(chunk.derived.shift(shift), chunk.original))
            chunk = next(waiting, None)

    for own in document.original.chunks:
        take(own.original.start, view - inner + by)
        take(own.original.end, None)
        file = there.span(own.original) if len(own.original) else _point(there, own.original.start)
        found.append(Chunk(own.derived.shift(by), file))
        view, inner = own.derived.end, own.original.end
    take(inner + len(document.text) - view, view - inner + by)  # what follows is not in the view
    return found


def _point(there: OffsetMap, offset: int) -> Span:
    place = there.start(offset)
    return Span(place, place)


def _escapes(document: Document, value: Value, there: OffsetMap) -> list[tuple[int, Escape]]:
    """How text is written from each place of a value on: first as its own format has it, then as the file has it."""
    original = document.original
    if original is None:
        return [(value.span.start, value.escape)]
    borders = [(value.span.start, original.escape), *((there.start(at), escape) for at, escape in original.escapes)]
    return [(at, partial(_escaped_twice, inner=inner, outer=value.escape)) for at, inner in borders]


def _escaped_twice(text: str, inner: Escape, outer: Escape) -> list[str]:
    return ["".join(outer(written)) for written in inner(text)]
