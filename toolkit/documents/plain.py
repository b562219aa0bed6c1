"""Plain text: paragraphs are separated by empty lines, or each line is one where lines are not wrapped."""

from __future__ import annotations

import re

from toolkit.documents.model import Block, BlockKind, Document
from toolkit.text.spans import Span

_PARAGRAPH = re.compile(r"\S(?:.*?\S)??(?=\s*\Z|[ \t]*\r?\n[ \t\r]*\n)", re.DOTALL)
_LINE = re.compile(r"[^\s](?:[^\r\n]*[^\s])?")
_CLOSED = re.compile(r"[.!?…։:»”\"’)]$")
_WRAPPED = (40, 100)
"""Code points of a line that an editor may have wrapped."""
_LONGEST_HEADING = 120


def read_plain(text: str) -> Document:
    """The paragraphs of a plain text; a first line alone and without a closing mark is its heading."""
    spans = [span for paragraph in _PARAGRAPH.finditer(text) for span in _lines(text, Span(*paragraph.span()))]
    return Document(text, tuple(Block(span, _kind(text, span, index)) for index, span in enumerate(spans)))


def _lines(text: str, paragraph: Span) -> list[Span]:
    """The paragraph itself where its lines look wrapped, else each of its lines."""
    lines = [Span(*match.span()) for match in _LINE.finditer(text, paragraph.start, paragraph.end)]
    shortest, longest = _WRAPPED
    inner = lines[:-1]
    wrapped = (
        inner
        and all(shortest <= len(line) <= longest and not _CLOSED.search(line.of(text)) for line in inner[:1])
        and all(len(line) <= longest for line in lines)
    )
    return [Span(lines[0].start, lines[-1].end)] if wrapped else lines


def _kind(text: str, span: Span, index: int) -> BlockKind:
    alone = index == 0 and len(span) <= _LONGEST_HEADING and not _CLOSED.search(span.of(text))
    return BlockKind.HEADING if alone and span.end < len(text.rstrip()) else BlockKind.PARAGRAPH
