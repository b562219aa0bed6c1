"""The reading view of a page, built piece by piece: text as it is read, tags as places, the rest as gaps."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.documents.finishing import Finish
from toolkit.documents.html_attributes import escape_attribute
from toolkit.documents.model import Block, BlockKind, Document, LanguageCode
from toolkit.documents.original import OBJECT, Escape, Label, Original, Rereading, Side, Tag, each
from toolkit.text.spans import Chunk, Span

GAP = "\n\n"
_UNEVEN = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)|[ \t\n\r\f]{2,}|[\t\n\r\f]")
_UNEVEN_SPACE = re.compile(r"[ \t\n\r\f]{2,}|[\t\n\r\f]")
_SPACE = " \t\n\r\f"


def as_it_is(text: str) -> str:
    """Text that is written as it is read."""
    return text


@each
def escape(char: str) -> str:
    """A letter as it is written between tags, so that no text can be read as one."""
    return html.escape(char, quote=False)


@dataclass(frozen=True, slots=True)
class _Piece:
    """What a stretch of the file is in the view: some text, an object, or nothing (a tag, white space)."""

    text: str
    span: Span
    tag: Tag | None = None
    hidden: bool = False
    attributes: tuple[Span, ...] = ()
    """Of a tag: the values that are texts."""

    @property
    def is_apart(self) -> bool:
        """Whether it can stand beside a sentence as well as in it: an element that encloses nothing, white space."""
        return self.tag.side is Side.ALONE if self.tag is not None else not self.hidden and not self.text.strip()


def _says_something(pieces: Sequence[_Piece]) -> bool:
    return any(char.isalnum() for piece in pieces if not piece.hidden for char in piece.text)


class Blocks:
    """Collects the pieces of one block after another. `view`, `chunks`, `tags`, `found` and `hidden` are the result."""

    def __init__(self, text: str, *, references: bool = True, written: Escape | None = None) -> None:
        """Without `references`, "&" is a sign as any other, and text is written as it is read, if not by `written`."""
        self._text = text
        self._uneven = _UNEVEN if references else _UNEVEN_SPACE
        self._escape = written or (escape if references else as_it_is)
        self._pieces: list[_Piece] = []
        self._parts: list[str] = []
        self._length = 0
        self._written = 0
        """Where in the file the last block ended."""
        self.chunks: list[Chunk] = []
        self.tags: dict[int, list[Tag]] = {}
        self.found: list[tuple[Span, BlockKind]] = []
        self.hidden: list[Span] = []
        self._escapes: list[tuple[int, Escape]] = []
        self._attribute = written or escape_attribute

    @property
    def view(self) -> str:
        return "".join(self._parts)

    def document(
        self,
        codes: Sequence[LanguageCode] = (),
        finish: Finish | None = None,
        rereading: Rereading | None = None,
    ) -> Document:
        """What was collected."""
        original = Original(
            self._text, self.chunks, self.tags, self._escape, self._escapes, finish, self._labels(), rereading
        )
        found = tuple(Block(span, kind) for span, kind in self.found)
        return Document(self.view, found, tuple(self.hidden), tuple(codes), original)

    def add_tag(self, tag: Tag, attributes: Sequence[Span] = ()) -> None:
        """A tag, with those of its attributes that are texts. They are blocks of their own, and are read where the tag
        stands beside a sentence; a tag inside one may move, and stays as it is."""
        self._pieces.append(_Piece("", tag.span, tag, attributes=tuple(attributes)))

    def add_attributes(self, attributes: Sequence[Span]) -> None:
        """Attributes that are texts, of a tag between blocks."""
        for span in attributes:
            self.write_by(self._attribute, span)
            self.add_text(span)
            self._finish(BlockKind.PARAGRAPH)

    def add_dropped(self, span: Span) -> None:
        """What is no text and stays in its place."""
        self._pieces.append(_Piece("", span))

    def write_by(self, written: Escape, span: Span) -> None:
        """Text in this stretch of the file is written in a way of its own."""
        self._escapes += [(span.start, written), (span.end, self._escape)]

    def add_read(self, text: str, span: Span) -> None:
        """What a stretch of the file reads as."""
        self._pieces.append(_Piece(text, span))

    def add_hidden(self, span: Span) -> None:
        """Text that is to stay as it is; white space alone is not worth a sign."""
        if span.of(self._text).strip():
            self._pieces.append(_Piece(OBJECT, span, hidden=True))

    def add_text(self, span: Span) -> None:
        """Text with its references decoded and each run of white space as one space."""
        text = span.of(self._text)
        position = span.start + len(text) - len(text.lstrip(_SPACE))
        if position > span.start:
            self._pieces.append(_Piece(" ", Span(span.start, position)))
        for match in self._uneven.finditer(self._text, position, span.end):
            if match.start() > position:
                self._pieces.append(_Piece(self._text[position : match.start()], Span(position, match.start())))
            read = " " if match.group()[0] != "&" else html.unescape(match.group())
            self._pieces.append(_Piece(read, Span(*match.span())))
            position = match.end()
        if position < span.end:
            self._pieces.append(_Piece(self._text[position : span.end], Span(position, span.end)))

    def finish(self, kind: BlockKind) -> None:
        """End the block, and read the attributes of the tags before and after it."""
        pieces, self._pieces = self._pieces, []
        if not any(piece.attributes for piece in pieces):
            self._pieces = pieces
            self._finish(kind)
            return
        first, last = 0, len(pieces)
        while first < last and pieces[first].is_apart:
            first += 1
        while last > first and pieces[last - 1].is_apart:
            last -= 1
        if not _says_something(pieces[first:last]):
            first = last = len(pieces)
        self._add_attributes_of(pieces[:first])
        self._pieces = pieces[first:last]
        self._finish(kind)
        self._add_attributes_of(pieces[last:])

    def _add_attributes_of(self, pieces: Sequence[_Piece]) -> None:
        for piece in pieces:
            self.add_attributes(piece.attributes)

    def _finish(self, kind: BlockKind) -> None:
        """End the block. Without a letter or figure in it there is none: its pieces are part of the gap."""
        pieces, self._pieces = self._pieces, []
        if not _says_something(pieces):
            return
        start = pieces[0].span.start
        self._chunk(GAP if self.found else "", Span(self._written, start))
        parts = len(self._parts)
        first = self._length
        spaced = True
        for piece in pieces:
            if piece.tag is not None:
                self.tags.setdefault(self._length, []).append(piece.tag)
            dropped = piece.text == " " and spaced
            if piece.hidden:
                self.hidden.append(Span(self._length, self._length + 1))
            self._chunk("" if dropped else piece.text, piece.span)
            spaced = spaced if not piece.text else piece.text.endswith(" ")
        self._written = pieces[-1].span.end
        block = "".join(self._parts[parts:])
        self.found.append((Span(first, first + len(block.rstrip())), kind))

    def _labels(self) -> list[Label]:
        """The words before each tag that has to tell what they name, once they change."""
        found: list[Label] = []
        opened: dict[str, list[int]] = {}
        for place in sorted(self.tags):
            for tag in self.tags[place]:
                if tag.side is Side.OPEN:
                    opened.setdefault(tag.name, []).append(place)
                elif tag.side is Side.CLOSE and opened.get(tag.name):
                    start = opened[tag.name].pop()
                    if tag.moved:
                        found.append(Label(Span(start, place), tag))
        return found

    def _chunk(self, text: str, span: Span) -> None:
        """Add text to the view. Where it is the file's own, the two advance together and need no chunk."""
        if text != self._text[span.start : span.end]:
            self.chunks.append(Chunk(Span(self._length, self._length + len(text)), span))
        if text:
            self._parts.append(text)
            self._length += len(text)
