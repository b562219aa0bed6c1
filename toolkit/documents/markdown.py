"""Markdown: headings, paragraphs, list items, notes and table cells; code and link targets stay as they are, and so
does front matter but for its title, description and language.

Blocks and what is markup inside them come from markdown-it-py, so that a file is read as it is shown. The view has the
words alone: emphasis, links and HTML are tags, code and addresses are objects that nothing reads. A line break that
readers see ends a sentence, as in HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from toolkit.documents.html import INLINE
from toolkit.documents.html_blocks import Blocks, as_it_is
from toolkit.documents.html_marks import Marks
from toolkit.documents.html_tokens import Token as HtmlToken
from toolkit.documents.html_tokens import TokenKind, html_tokens
from toolkit.documents.markdown_inline import Sign, SignKind, find_signs, parser
from toolkit.documents.markdown_writing import (
    counterpart,
    spelled_with_care,
    written,
    written_in_cell,
    written_with_care,
)
from toolkit.documents.model import BlockKind, Document, LanguageCode
from toolkit.documents.original import Rereading, Side, Tag
from toolkit.text.spans import Chunk, OffsetMap, Span

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n.*?^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_TITLE = re.compile(r"^(?:title|description|subtitle):[ \t]+[\"']?([^\s\"'>|].*?)[\"']?[ \t\r]*$", re.MULTILINE)
_LANG = re.compile(r"^lang(?:uage)?:[ \t]+[\"']?([a-z]{2})[\"']?[ \t\r]*$", re.MULTILINE)
_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_PREFIX = re.compile(r"[ \t>]*(?:[#]{1,6}[ \t]+|[-*+][ \t]+|\d{1,9}[.)][ \t]+)?[ \t>]*")
_MARKER = re.compile(r"\[[ xX]\][ \t]+|\[![A-Za-z]+\][ \t]*(?:$|(?=\n))")
"""What stands before the words of a task in a list, and the kind of a notice."""
_CELL = re.compile(r"[^|\s](?:(?:\\\||[^|])*[^|\s])?")
_CLOSED = re.compile(r"(?:\A|[.!?…։:][»”\"’)]*)\s*\Z")


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A block of the file: its lines without what stands before them, each with the spaces at its end."""

    lines: tuple[Span, ...]
    kind: BlockKind = BlockKind.PARAGRAPH
    cell: bool = False
    front: bool = False


def read_markdown(text: str) -> Document:
    """The blocks of a Markdown text, in the order of the text."""
    front = _FRONT_MATTER.match(text)
    offset = front.end() if front else 0
    env: dict[str, Any] = {}
    tokens = parser().parse(text[offset:].replace("\r\n", "\n").replace("\r", "\n"), env)
    lines = [Span(*match.span(1)) for match in _LINE.finditer(text, offset)]
    found = [
        _Stretch((Span(*match.span(1)),), BlockKind.HEADING, front=True) for match in _TITLE.finditer(text, 0, offset)
    ]
    found += _stretches(text, tokens, lines)
    blocks = Blocks(text, references=False, written=written)
    end = 0
    for stretch in sorted(found, key=lambda stretch: stretch.lines[0].start):
        if stretch.lines[0].start >= end:
            _add(blocks, text, stretch, env)
            end = stretch.lines[-1].end
    codes = [LanguageCode(Span(*match.span(1))) for match in _LANG.finditer(text, 0, offset)]
    return blocks.document(codes, rereading=_way(env))


def _way(env: Mapping[str, Any]) -> Rereading:
    return Rereading(partial(_read_stretch, env=env), _begins_block, written_with_care, counterpart, spelled_with_care)


def _begins_block(text: str) -> bool:
    return [token.type for token in parser().parse(text)] != ["paragraph_open", "inline", "paragraph_close"]


def _read_stretch(text: str, env: Mapping[str, Any]) -> Document:
    """A stretch of a block by itself; `env` has the links that its document defines."""
    blocks = Blocks(text, references=False, written=written)
    lines = [Span(*match.span(1)) for match in _LINE.finditer(text) if match.group()]
    inner = [Span(line.start + len(line.of(text)) - len(line.of(text).lstrip(" \t>")), line.end) for line in lines[1:]]
    _add(blocks, text, _Stretch((*lines[:1], *inner)), env)
    return blocks.document(rereading=_way(env))


def _stretches(text: str, tokens: Sequence[Token], lines: Sequence[Span]) -> Iterator[_Stretch]:
    """Every block that the parser has found, where it stands in the file."""
    row, position = -1, 0
    for before, token in pairwise(tokens):
        if token.type != "inline" or token.map is None or not token.content.strip():
            continue
        first, last = token.map
        if before.type in ("td_open", "th_open"):
            if first != row:
                row, position = first, lines[first].start
            cell = _cell(text, Span(position, lines[first].end), token.content)
            if cell is not None:
                position = cell.end
                yield _Stretch((cell,), cell=True)
            continue
        heading = before.type == "heading_open"
        bodies = token.content.split("\n")
        places = zip(lines[first:last], bodies, strict=False)
        found = [_body(text, line, body, first=not number) for number, (line, body) in enumerate(places)]
        yield _Stretch(tuple(found), BlockKind.HEADING if heading else BlockKind.PARAGRAPH)


def _cell(text: str, row: Span, content: str) -> Span | None:
    """The place of a cell in what is left of its row."""
    cells = (Span(*match.span()) for match in _CELL.finditer(text, row.start, row.end))
    return next((cell for cell in cells if cell.of(text).replace("\\|", "|") == content), None)


def _body(text: str, line: Span, body: str, *, first: bool) -> Span:
    """Where the content of a line stands in it, with the spaces at its end, which may mean a line break."""
    whole, wanted = line.of(text), body.strip()
    bare = whole.rstrip(" \t")
    if wanted and bare.endswith(wanted):
        return Span(line.start + len(bare) - len(wanted), line.end)
    prefix = _PREFIX.match(whole) if first else re.match(r"[ \t>]*", whole)
    begin = prefix.end() if prefix else 0
    place = whole.find(wanted, begin)
    return (
        Span(line.start + begin, line.end) if place < 0 else Span(line.start + place, line.start + place + len(wanted))
    )


def _add(blocks: Blocks, text: str, stretch: _Stretch, env: Mapping[str, Any]) -> None:
    """The words of a block, its signs as tags and objects."""
    area = Span(stretch.lines[0].start, stretch.lines[-1].end)
    if stretch.front:
        blocks.write_by(as_it_is, area)
        blocks.add_text(area)
        blocks.finish(stretch.kind)
        return
    if stretch.cell:
        blocks.write_by(written_in_cell, area)
    content = "\n".join(line.of(text) for line in stretch.lines)
    marker = _MARKER.match(content)
    _Inline(blocks, text, content, _places(stretch.lines), stretch.kind).add(
        find_signs(content, dict(env)), marker.end() if marker else 0
    )


def _places(lines: Sequence[Span]) -> OffsetMap:
    """From the content of a block to the file, which has more between two lines."""
    chunks = [Chunk(Span(0, 0), Span(lines[0].start, lines[0].start))]
    length = 0
    for here, there in pairwise(lines):
        length += len(here)
        chunks.append(Chunk(Span(length, length + 1), Span(here.end, there.start)))
        length += 1
    return OffsetMap(chunks)


@dataclass(slots=True)
class _Inline:
    """Adds the inline text of one block to a view."""

    blocks: Blocks
    text: str
    content: str
    places: OffsetMap
    kind: BlockKind

    def add(self, signs: Sequence[Sign], position: int) -> None:
        """All of it from `position` of the content on."""
        marks = Marks(self.text)
        for sign in signs:
            if sign.span.start < position:
                continue
            self._add_text(Span(position, sign.span.start), marks)
            self._add_sign(sign, marks)
            position = sign.span.end
        self._add_text(Span(position, len(self.content)), marks)
        self.blocks.finish(self.kind)

    def _add_text(self, span: Span, marks: Marks) -> None:
        if len(span):
            (self.blocks.add_hidden if marks.hidden else self.blocks.add_text)(self.places.span(span))

    def _add_sign(self, sign: Sign, marks: Marks) -> None:
        place = self.places.span(sign.span)
        if sign.kind is SignKind.BREAK:
            self.blocks.finish(self.kind)
        elif sign.kind is SignKind.HTML:
            self._add_html(place, marks)
        elif sign.kind is SignKind.TAG:
            self.blocks.add_tag(Tag(place, sign.name, sign.side, sign.text))
        elif sign.kind is SignKind.IMAGE:
            if _CLOSED.search(self.content, 0, sign.span.start):
                self.blocks.finish(self.kind)
            alt = [self.places.span(sign.alt)] if sign.alt and not marks.hidden else []
            self.blocks.add_tag(Tag(place, "", Side.ALONE), alt)
        elif sign.kind is SignKind.HIDDEN or marks.hidden:
            self.blocks.add_hidden(place)
        else:
            self.blocks.add_read(sign.text, place)

    def _add_html(self, place: Span, marks: Marks) -> None:
        """A tag of HTML among the words: one that begins a block or a line ends the sentence, as in a page."""
        token = _html_token(place.of(self.text), place.start)
        if token is None or token.kind is TokenKind.OTHER:
            self.blocks.add_tag(Tag(place, "", Side.ALONE))
            return
        if token.name not in INLINE:
            self.blocks.finish(self.kind)
        alone = token.name not in INLINE or token.name in ("img", "source", "wbr")
        side = Side.ALONE if alone else Side.OPEN if token.kind is TokenKind.OPEN else Side.CLOSE
        self.blocks.add_tag(Tag(place, token.name, side))
        marks.see(token)


def _html_token(tag: str, offset: int) -> HtmlToken | None:
    """A tag as a token of the file in which it stands at `offset`."""
    token = next(iter(html_tokens(tag)), None)
    if token is None or token.kind is TokenKind.TEXT or token.span.end != len(tag):
        return None
    values = {name: value.shift(offset) for name, value in token.attributes.items()}
    return replace(token, span=token.span.shift(offset), attributes=values)
