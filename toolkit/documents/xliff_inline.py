"""The inline elements of XLIFF as tags of the sentence that they stand in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.documents.html_blocks import Blocks
from toolkit.documents.html_tokens import Token, TokenKind
from toolkit.documents.model import BlockKind
from toolkit.documents.original import Side, Tag
from toolkit.documents.xml_tree import tokens_in
from toolkit.text.spans import Span

_CODES = frozenset({"bpt", "ept", "it", "ph"})
"""Elements of 1.2 whose content is code of another format, not text."""
_BEGINS = frozenset({"bpt", "bx", "sc"})
_ENDS = frozenset({"ec", "ept", "ex"})


@dataclass(slots=True)
class _Hidden:
    """An element inside which nothing is read: its start, and how many of its name are open."""

    start: int
    name: str
    open: int = 1


def add_content(blocks: Blocks, text: str, content: Span, *, split: bool) -> None:
    """Add a source or target as one block; with `split`, each of the sentences that 1.2 marks as a block of its own."""
    for piece in _pieces(text, content):
        if isinstance(piece, Tag):
            blocks.add_tag(piece)
        elif piece.kind is TokenKind.TEXT:
            blocks.add_text(piece.span)
        elif split and _is_sentence(text, piece):
            blocks.finish(BlockKind.PARAGRAPH)
        else:
            blocks.add_hidden(piece.span)
    blocks.finish(BlockKind.PARAGRAPH)


def _pieces(text: str, content: Span) -> Iterator[Tag | Token]:
    """Texts and tags; what is not to be read as one token that is no text; borders of sentences as their tags."""
    hidden: _Hidden | None = None
    open_marks: list[bool] = []
    for token in tokens_in(text, content):
        local = token.name.rpartition(":")[2]
        empty = token.kind is TokenKind.OPEN and text[token.span.end - 2] == "/"
        if hidden is not None:
            if local == hidden.name and not empty:
                hidden.open += 1 if token.kind is TokenKind.OPEN else -1
            if not hidden.open:
                yield _whole(text, Token(TokenKind.OTHER, Span(hidden.start, token.span.end), hidden.name))
                hidden = None
            continue
        if token.kind is TokenKind.TEXT:
            yield token
        elif token.kind is TokenKind.OPEN and not empty and (local in _CODES or _is_protected(text, token, local)):
            hidden = _Hidden(token.span.start, local)
        elif local == "mrk" and token.kind is not TokenKind.OTHER and not empty:
            yield from _mark(text, token, open_marks)
        else:
            yield _tag(text, token, local, empty=empty)


def _mark(text: str, token: Token, open_marks: list[bool]) -> Iterator[Tag | Token]:
    """A mark that is a sentence ends one; any other is a tag."""
    if token.kind is TokenKind.OPEN:
        open_marks.append(_is_sentence(text, token))
        sentence = open_marks[-1]
    else:
        sentence = open_marks.pop()
    side = Side.OPEN if token.kind is TokenKind.OPEN else Side.CLOSE
    if sentence:
        yield Token(TokenKind.OTHER, token.span, "mrk/seg")
    else:
        yield Tag(token.span, "mrk", side)


def _is_sentence(text: str, token: Token) -> bool:
    kind = token.attributes.get("mtype")
    return token.name == "mrk/seg" or (kind is not None and kind.of(text) == "seg")


def _is_protected(text: str, token: Token, local: str) -> bool:
    """A mark that says that its words stay."""
    says = {name: value.of(text) for name, value in token.attributes.items()}
    return local == "mrk" and (says.get("mtype") == "protected" or says.get("translate") == "no")


def _whole(text: str, token: Token) -> Tag | Token:
    """An element with all that is in it: code is a tag, protected words are a sign in the sentence."""
    return token if token.name == "mrk" else _tag(text, token, token.name, empty=True)


def _tag(text: str, token: Token, local: str, *, empty: bool) -> Tag:
    """The halves of a pair that are elements of their own have one name by their number."""
    if local in _BEGINS | _ENDS:
        first = text.find(">", token.span.start, token.span.end)
        attributes = next(iter(tokens_in(text, Span(token.span.start, first + 1)))).attributes
        keys = ("rid", "startref", "id") if local in _ENDS else ("rid", "id")
        key = next((attributes[name].of(text) for name in keys if name in attributes), "")
        return Tag(token.span, f"pair {key}", Side.OPEN if local in _BEGINS else Side.CLOSE)
    if empty or token.kind is TokenKind.OTHER:
        return Tag(token.span, local, Side.ALONE)
    return Tag(token.span, local, Side.OPEN if token.kind is TokenKind.OPEN else Side.CLOSE)
