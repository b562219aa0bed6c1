"""Cut HTML into tags, text and the rest, each with its place in the file.

By the tokenizer of the HTML standard (section 13.2.5), which reads any text at all: every code point is in exactly one
token. `html.parser` is not used: it has read comments and scripts otherwise than browsers do, and what one of the two
takes for text the other may run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from toolkit.text.spans import Span

_NAME = re.compile(r"[^ \t\n\r\f/>]+")
_SIMPLE = re.compile(r"<(/?)([A-Za-z][^ \t\n\r\f/>]*)>")
_ATTRIBUTE = re.compile(r"=?[^ \t\n\r\f/>=]*")
_UNQUOTED = re.compile(r"[^ \t\n\r\f>]*")
_SPACE = re.compile(r"[ \t\n\r\f]*")
_BETWEEN = re.compile(r"[ \t\n\r\f/]*")
_COMMENT_END = re.compile(r"--!?>")
_SCRIPT_STEP = re.compile(r"<!--(?:-?>)?|-->|<(/?)script(?=[ \t\n\r\f/>])", re.IGNORECASE)

_RAW = frozenset({"iframe", "noembed", "noframes", "noscript", "style", "xmp"})
"""Elements whose content is no markup and no running text (`noscript`: as in a browser that runs scripts)."""
_TEXT_ONLY = frozenset({"textarea", "title"})
"""Elements whose content is text with character references and no tags."""


class TokenKind(StrEnum):
    CLOSE = "close"
    OPEN = "open"
    OTHER = "other"
    """A comment, a declaration, the content of a script or style, an unfinished tag at the end."""
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the file; `name` and `attributes` of a tag in small letters, values with their places, undecoded."""

    kind: TokenKind
    span: Span
    name: str = ""
    attributes: Mapping[str, Span] = field(default_factory=dict)


def html_tokens(text: str, *, xml: bool = False) -> Iterator[Token]:
    """The tokens of a page or fragment, in order and without gaps.

    For XML names keep their letters, no element holds raw text, and CDATA sections are no text to be changed.
    """
    position = 0
    while position < len(text):
        mark = _next_mark(text, position)
        if mark > position:
            yield Token(TokenKind.TEXT, Span(position, mark))
        if mark == len(text):
            return
        token = _marked(text, mark, xml=xml)
        yield token
        position = token.span.end
        if token.kind is TokenKind.OPEN and not xml:
            content = _content(text, token)
            if content is not None:
                if content.span.start < content.span.end:
                    yield content
                position = content.span.end


def _next_mark(text: str, position: int) -> int:
    """Where the next markup begins: a "<" that is followed by a letter, "/", "!" or "?"."""
    mark = text.find("<", position)
    while mark >= 0:
        after = text[mark + 1 : mark + 2]
        if after in ("!", "?") or (after.isascii() and after.isalpha()):
            return mark
        if after == "/" and text[mark + 2 : mark + 3]:
            return mark
        mark = text.find("<", mark + 1)
    return len(text)


def _marked(text: str, mark: int, *, xml: bool) -> Token:
    """The tag, comment or declaration that begins at `mark`."""
    simple = _SIMPLE.match(text, mark)
    if simple:
        name = simple[2] if xml else simple[2].lower()
        return Token(TokenKind.CLOSE if simple[1] else TokenKind.OPEN, Span(*simple.span()), name)
    if xml and text.startswith("<![CDATA[", mark):
        found = text.find("]]>", mark)
        return Token(TokenKind.OTHER, Span(mark, found + 3 if found >= 0 else len(text)))
    if text.startswith("<!--", mark):
        return Token(TokenKind.OTHER, Span(mark, _comment_end(text, mark)))
    closing = text[mark + 1] == "/"
    start = mark + 2 if closing else mark + 1
    if not (text[start].isascii() and text[start].isalpha()):  # a declaration, or what browsers make a comment of
        return Token(TokenKind.OTHER, Span(mark, _after(text, text.find(">", mark + 2))))
    name = _NAME.match(text, start)
    end = name.end() if name else start
    attributes: dict[str, Span] = {}
    while True:
        end = _end(_BETWEEN, text, end)
        if end >= len(text):  # browsers drop a tag that the file ends in
            return Token(TokenKind.OTHER, Span(mark, len(text)))
        if text[end] == ">":
            break
        end = _attribute(text, end, attributes)
    kind = TokenKind.CLOSE if closing else TokenKind.OPEN
    written = text[start : name.end() if name else start]
    return Token(kind, Span(mark, end + 1), written if xml else written.lower(), attributes)


def _attribute(text: str, position: int, attributes: dict[str, Span]) -> int:
    """Read one attribute; of two with one name the first counts."""
    end = _end(_ATTRIBUTE, text, position)
    name = text[position:end].lower()
    equals = _end(_SPACE, text, end)
    if text[equals : equals + 1] != "=" or end == position:
        attributes.setdefault(name, Span(end, end))
        return max(end, position + 1)
    start = _end(_SPACE, text, equals + 1)
    quote = text[start : start + 1]
    if quote in ('"', "'") and quote:
        closed = text.find(quote, start + 1)
        stop = len(text) if closed < 0 else closed
        attributes.setdefault(name, Span(start + 1, stop))
        return min(stop + 1, len(text))
    stop = _end(_UNQUOTED, text, start)
    attributes.setdefault(name, Span(start, stop))
    return stop


def _content(text: str, tag: Token) -> Token | None:
    """The content of an element that holds no markup, as one token; None for any other element."""
    start = tag.span.end
    if tag.name == "script":
        return Token(TokenKind.OTHER, Span(start, _script_end(text, start)))
    if tag.name == "plaintext":
        return Token(TokenKind.OTHER, Span(start, len(text)))
    if tag.name not in _RAW and tag.name not in _TEXT_ONLY:
        return None
    closed = re.compile(rf"</{tag.name}(?=[ \t\n\r\f/>])", re.IGNORECASE).search(text, start)
    kind = TokenKind.TEXT if tag.name in _TEXT_ONLY else TokenKind.OTHER
    return Token(kind, Span(start, closed.start() if closed else len(text)))


def _script_end(text: str, start: int) -> int:
    """Where a script ends: inside `<!-- <script>` its end tag does not count ("double escaped" in the standard)."""
    commented = nested = False
    for step in _SCRIPT_STEP.finditer(text, start):
        if step.group() == "<!--":
            commented = True
        elif step.group().endswith("->"):
            commented = nested = False
        elif not step.group(1):
            nested = commented
        elif nested:
            nested = False
        else:
            return step.start()
    return len(text)


def _comment_end(text: str, mark: int) -> int:
    for short in ("<!-->", "<!--->"):
        if text.startswith(short, mark):
            return mark + len(short)
    found = _COMMENT_END.search(text, mark + 4)
    return found.end() if found else len(text)


def _after(text: str, found: int) -> int:
    return found + 1 if found >= 0 else len(text)


def _end(pattern: re.Pattern[str], text: str, position: int) -> int:
    found = pattern.match(text, position)
    return found.end() if found else position
