"""XML fragments: any tags around text, as translation tools send them.

An element that stands beside text is part of the sentence; one among elements alone begins and ends one. Nothing is
resolved: no declaration is read, no entity but the five of XML, numbers and those of HTML is decoded.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from toolkit.documents.html_blocks import Blocks
from toolkit.documents.html_marks import Marks
from toolkit.documents.html_tokens import Token, TokenKind, html_tokens
from toolkit.documents.model import BlockKind, Document
from toolkit.documents.original import Side, Tag


def read_xml(
    text: str,
    ignored: Iterable[str] = (),
    *,
    splitting: Iterable[str] = (),
    inside: Iterable[str] = (),
    outline: bool = True,
) -> Document:
    """The blocks of a fragment.

    `ignored` are elements whose content stays as it is, `splitting` those that end a sentence, `inside` those that
    never do; without `outline` no other does. Raises BadInput as `read_html` does.
    """
    tokens = list(html_tokens(text, xml=True))
    apart = _structural(text, tokens) if outline else frozenset()
    ends, never = frozenset(splitting), frozenset(inside)
    blocks, marks = Blocks(text), Marks(text, ignored, xml=True)
    for index, token in enumerate(tokens):
        if token.kind is TokenKind.TEXT:
            (blocks.add_hidden if marks.hidden else blocks.add_text)(token.span)
            continue
        marks.see(token)
        if token.name in ends or (index in apart and token.name not in never):
            blocks.finish(BlockKind.PARAGRAPH)
        else:
            blocks.add_tag(Tag(token.span, token.name, _side(text, token)))
    blocks.finish(BlockKind.PARAGRAPH)
    return blocks.document()


def _side(text: str, token: Token) -> Side:
    if token.kind is TokenKind.OTHER or _is_empty(text, token):
        return Side.ALONE
    return Side.OPEN if token.kind is TokenKind.OPEN else Side.CLOSE


def _is_empty(text: str, token: Token) -> bool:
    return token.kind is TokenKind.OPEN and text[token.span.end - 2] == "/"


def _structural(text: str, tokens: Sequence[Token]) -> frozenset[int]:
    """The tags (by number) of elements that have no text beside them in their parent."""
    levels = [_Level()]
    found: set[int] = set()
    for index, token in enumerate(tokens):
        if token.kind is TokenKind.TEXT:
            levels[-1].mixed = levels[-1].mixed or bool(token.span.of(text).strip())
        elif token.kind is TokenKind.CLOSE:
            if len(levels) > 1:
                levels.pop().close(found)
            levels[-1].tags.append(index)
        elif token.kind is TokenKind.OPEN:
            levels[-1].tags.append(index)
            if not _is_empty(text, token):
                levels.append(_Level())
    for level in levels:
        level.close(found)
    return frozenset(found)


@dataclass(slots=True)
class _Level:
    """The inside of an element: the tags of its children, and whether text stands beside them."""

    tags: list[int] = field(default_factory=list)
    mixed: bool = False

    def close(self, found: set[int]) -> None:
        if not self.mixed:
            found.update(self.tags)
