"""Markdown: headings, paragraphs, list items and table cells; code and link targets stay as they are, and so does front
matter but for its title, description and language.

Blocks come from markdown-it-py's CommonMark parser; what is markup inside a block is found by its own signs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from toolkit.documents.model import Block, BlockKind, Document, LanguageCode
from toolkit.text.spans import Span

_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n.*?^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_TITLE = re.compile(r"^(?:title|description|subtitle):[ \t]+[\"']?([^\s\"'>|].*?)[\"']?[ \t\r]*$", re.MULTILINE)
_LANG = re.compile(r"^lang(?:uage)?:[ \t]+[\"']?([a-z]{2})[\"']?[ \t\r]*$", re.MULTILINE)
_LINE_START = re.compile(r"[ \t>]*(?:[#]{1,6}[ \t]+|[-*+][ \t]+|\d{1,9}[.)][ \t]+)?[ \t>]*")
_MARKUP = re.compile(
    r"`+[^`\n]*`+"  # code
    r"|\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:[ \t]+\"[^\"\n]*\")?\)"  # link target
    r"|\]\[[^\[\]\n]*\]|!?\[(?=[^\[\]\n]*\])|</?[a-zA-Z][^<>\n]*>|&\w+;|\*{1,3}|(?<!\w)_{1,3}(?=\w)|(?<=[\w.!?»”])_{1,3}(?!\w)"
)
_CELL = re.compile(r"[^|\s](?:(?:\\\||[^|])*[^|\s])?")


def read_markdown(text: str) -> Document:
    """The blocks of a Markdown text, in the order of the text."""
    front = _FRONT_MATTER.match(text)
    offset = front.end() if front else 0
    lines = _line_starts(text, offset)
    blocks: list[Block] = []
    tokens = MarkdownIt("commonmark").enable("table").parse(text[offset:].replace("\r\n", "\n"))
    for token, kind in _inline(tokens):
        if token.map is None:
            continue
        first, last = token.map
        area = Span(lines[first], lines[min(last, len(lines) - 1)])
        blocks.extend(
            Block(span, kind) for span in _spans(text, area, table="|" in area.of(text) and last - first == 1)
        )
    if front:
        blocks.extend(Block(Span(*match.span(1)), BlockKind.HEADING) for match in _TITLE.finditer(text, 0, offset))
    unique = {block.span: block for block in blocks}
    ordered = tuple(unique[span] for span in sorted(unique))
    markup = tuple(
        Span(*match.span()) for block in ordered for match in _MARKUP.finditer(text, block.span.start, block.span.end)
    )
    codes = tuple(LanguageCode(Span(*match.span(1))) for match in _LANG.finditer(text, 0, offset))
    return Document(text, ordered, markup, codes)


def _line_starts(text: str, offset: int) -> list[int]:
    starts = [offset, *(match.end() for match in re.finditer(r"\n", text[offset:]))]
    return [offset, *(offset + start for start in starts[1:]), len(text)]


def _inline(tokens: list[Token]) -> Iterator[tuple[Token, BlockKind]]:
    for index, token in enumerate(tokens):
        if token.type == "inline":
            heading = index > 0 and tokens[index - 1].type == "heading_open"
            yield token, BlockKind.HEADING if heading else BlockKind.PARAGRAPH


def _spans(text: str, area: Span, *, table: bool) -> Iterator[Span]:
    """The text of a block without the signs at the start of its first line; each cell of a table's row."""
    if table:
        yield from (Span(*match.span()) for match in _CELL.finditer(text, area.start, area.end))
        return
    start = _LINE_START.match(text, area.start, area.end)
    begin = start.end() if start else area.start
    piece = text[begin : area.end]
    if piece.strip():
        yield Span(begin, begin + len(piece.rstrip()))
