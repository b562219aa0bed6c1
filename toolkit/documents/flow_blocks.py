"""The reading view of the stories of a package, built piece by piece: text in its containers, objects, marks, gaps."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import NamedTuple

from toolkit.documents.flow import BARRIER, FlowOriginal, Loose, Path, Stretch
from toolkit.documents.html_blocks import GAP, escape
from toolkit.documents.model import Block, BlockKind, Document
from toolkit.documents.original import OBJECT, Side, Tag
from toolkit.languages import Language
from toolkit.text.spans import Chunk, Span, SpanSet

_UNEVEN = re.compile(r"&[^;]*;|\r\n?")
_UNEVEN_SPACES = re.compile(r"&[^;]*;|[ \t\r\n]{2,}|[\t\r\n]")


class _Piece(NamedTuple):
    """What a stretch of the file is in the view; `path` of text, `tag` of an object, `loose` of a mark."""

    text: str
    span: Span
    path: int = -1
    tag: Tag | None = None
    loose: Loose | None = None
    read: bool = True
    """Whether `text` may be read and changed."""


class FlowBlocks:
    """Collects the pieces of one paragraph after another. `collapse`: runs of white space are read as one space."""

    def __init__(self, text: str, *, apart: bool = False, keeping: str = "", collapse: bool = False) -> None:
        self._text = text
        self._apart = apart
        self._keeping = keeping
        self._uneven = _UNEVEN_SPACES if collapse else _UNEVEN
        self._pieces: list[_Piece] = []
        self._parts: list[str] = []
        self._length = 0
        self._written = 0
        """Where in the file the last piece of the view ended."""
        self._paths: dict[Path, int] = {}
        self._chunks: list[Chunk] = []
        self._blocks: list[Block] = []
        self._hidden: list[Span] = []
        self._stretches: list[Stretch] = []
        self._tags: dict[int, list[Tag]] = {}
        self._loose: dict[int, list[Loose]] = {}
        self._objects: dict[Span, str] = {}

    def document(self, localised: Callable[[str, Language], str]) -> Document:
        """What was collected."""
        original = FlowOriginal(
            self._text, self._chunks, self._tags, escape,
            stretches=self._stretches, paths=list(self._paths), loose=self._loose, objects=self._objects,
            hidden=SpanSet(self._hidden), keeping=self._keeping, apart=self._apart,
        )  # fmt: skip
        blocks, hidden = tuple(self._blocks), tuple(self._hidden)
        return Document("".join(self._parts), blocks, hidden, (), original, localised, as_read=True)

    def add_text(self, span: Span, path: Path) -> None:
        """Text inside its containers, references decoded."""
        number = self._paths.setdefault(path, len(self._paths))
        position = span.start
        for match in self._uneven.finditer(self._text, span.start, span.end):
            if match.start() > position:
                area = Span(position, match.start())
                self._pieces.append(_Piece(area.of(self._text), area, number))
            found = match.group()
            read = html.unescape(found) if found[0] == "&" else "\n" if found[0] == "\r" else " "
            self._pieces.append(_Piece(read, Span(*match.span()), number))
            position = match.end()
        if position < span.end:
            self._pieces.append(_Piece(self._text[position : span.end], Span(position, span.end), number))

    def add_spaces(self, span: Span, count: int, path: Path) -> None:
        """Spaces that the file writes as an element."""
        self._pieces.append(_Piece(" " * count, span, self._paths.setdefault(path, len(self._paths))))

    def add_sign(self, span: Span, sign: str = OBJECT) -> None:
        """Something that stands in the sentence as one sign, which is neither read nor changed."""
        self._pieces.append(_Piece(sign, span, read=False))

    def add_object(self, span: Span, alone: str = "", *, fixed: bool = False) -> None:
        """Something among the text that is no part of it; `alone` is how it is written outside of where it stands."""
        if alone:
            self._objects[span] = alone
        self._pieces.append(_Piece("", span, tag=Tag(span, BARRIER if fixed else "", Side.ALONE)))

    def add_loose(self, span: Span, text: str, *, first: bool) -> None:
        """A mark without words that may move to the edge of what changes."""
        self._pieces.append(_Piece("", span, loose=Loose(text, first)))

    def finish(self, kind: BlockKind = BlockKind.PARAGRAPH) -> None:
        """End the block. Without a letter or figure to read there is none: its pieces are part of the gap."""
        pieces, self._pieces = self._pieces, []
        if not any(char.isalnum() for piece in pieces if piece.read for char in piece.text):
            return
        first, parts = self._length, len(self._parts)
        gap = GAP if self._blocks else ""
        for piece in pieces:
            if piece.tag is not None:
                self._tags.setdefault(self._length + (len(gap) if first == self._length else 0), []).append(piece.tag)
            elif piece.loose is not None:
                place = self._length + (len(gap) if first == self._length else 0)
                self._loose.setdefault(place, []).append(piece.loose)
            elif piece.text:
                self._add(piece, gap if self._length == first else "")
        block = "".join(self._parts[parts:])
        lead = len(block) - len(block.lstrip())
        self._blocks.append(Block(Span(first + lead, first + len(block.rstrip())), kind))

    def _add(self, piece: _Piece, gap: str) -> None:
        if piece.span.start > self._written or gap:
            self._chunk(gap, Span(self._written, piece.span.start))
        start = self._length
        self._chunk(piece.text, piece.span)
        self._written = piece.span.end
        if not piece.read:
            self._hidden.append(Span(start, self._length))
        last = self._stretches[-1] if self._stretches else None
        if last is not None and last.end == start and last.path == piece.path:
            self._stretches[-1] = Stretch(last.start, self._length, last.path)
            return
        self._stretches.append(Stretch(start, self._length, piece.path if piece.path >= 0 else self._plain()))

    def _plain(self) -> int:
        return self._stretches[-1].path if self._stretches else self._paths.setdefault((), len(self._paths))

    def _chunk(self, text: str, span: Span) -> None:
        """Add text to the view. Where it is the file's own, the two advance together and need no chunk."""
        if text != self._text[span.start : span.end]:
            self._chunks.append(Chunk(Span(self._length, self._length + len(text)), span))
        if text:
            self._parts.append(text)
            self._length += len(text)
