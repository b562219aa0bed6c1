"""An XML file as elements with their places, so that a reader finds its texts and all else comes back as it was.

Well-formedness is checked as far as places depend on it. Nothing is resolved or fetched: a file that declares a
document type of its own (see text.xml_doctype), or has an entity that XML itself does not know, is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from toolkit.documents.html_tokens import Token, TokenKind, html_tokens
from toolkit.errors import BadInput
from toolkit.text.spans import Span
from toolkit.text.xml_doctype import ENTITY_REMEDY, OWN_DOCTYPE, OWN_REMEDY, names_only

_DEEPEST = 500
_NOWHERE = Span(0, 0)
_BAD_REFERENCE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});)[^\s;&<]{0,20};?")


@dataclass(eq=False, slots=True)
class Element:
    """An element: its name as written, the places of its tags, of its attributes' values (undecoded) and of what is
    between the tags. An empty tag has `closed` False and an empty content after it."""

    name: str
    tag: Span
    attributes: Mapping[str, Span]
    parent: Element | None
    content: Span = _NOWHERE
    end: int = 0
    closed: bool = True
    children: list[Element] = field(default_factory=list)

    @property
    def local(self) -> str:
        """The name without its prefix."""
        return self.name.rpartition(":")[2]

    def attribute(self, text: str, name: str) -> str | None:
        """The value of an attribute (names in small letters), undecoded."""
        value = self.attributes.get(name.lower())
        return None if value is None else value.of(text)

    def child(self, local: str) -> Element | None:
        """The first child of that name."""
        return next((child for child in self.children if child.local == local), None)

    def descendants(self) -> Iterator[Element]:
        """All elements inside it, in order."""
        waiting = self.children[::-1]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += element.children[::-1]


def read_tree(text: str) -> Element:
    """The root of a file. Raises BadInput for no XML, a DTD of its own, foreign entities, or too deep a nesting."""
    root: Element | None = None
    current: Element | None = None
    depth = 0
    for token in html_tokens(text, xml=True):
        if token.kind is TokenKind.CLOSE:
            current, depth = _closed(text, token, current), depth - 1
            continue
        _check(text, token, inside=current is not None, begun=root is not None)
        if token.kind is not TokenKind.OPEN:
            continue
        if current is None and root is not None:
            raise _broken(text, token.span.start, "a second element stands beside the first")
        element = Element(token.name, token.span, token.attributes, current)
        root = root or element
        if current is not None:
            current.children.append(element)
        if text[token.span.end - 2] == "/":
            element.content, element.end, element.closed = Span(token.span.end, token.span.end), token.span.end, False
        else:
            current, depth = element, depth + 1
            if depth > _DEEPEST:
                raise BadInput(f"more than {_DEEPEST} elements lie one in another", remedy="give a flatter file")
    if current is not None:
        raise _broken(text, len(text), f"the file ends inside <{current.name[:40]}>")
    if root is None:
        raise BadInput("this is no XML", remedy="give a file with elements in it")
    return root


def _closed(text: str, token: Token, current: Element | None) -> Element | None:
    if current is None or current.name != token.name:
        raise _broken(text, token.span.start, f"</{token.name[:40]}> closes nothing")
    current.content = Span(current.tag.end, token.span.start)
    current.end = token.span.end
    return current.parent


def _check(text: str, token: Token, *, inside: bool, begun: bool) -> None:
    start = token.span.start
    if token.kind is TokenKind.OTHER:
        if text.startswith("<!DOCTYPE", start) or text.startswith("<!ENTITY", start):
            if begun or not names_only(token.span.of(text)):
                raise _broken(text, start, OWN_DOCTYPE, OWN_REMEDY)
            return
        ends = (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"))
        if not any(text.startswith(a, start) and text.endswith(b, start, token.span.end) for a, b in ends):
            raise _broken(text, start, "this tag or comment is not finished")
        return
    if token.kind is TokenKind.TEXT and not inside and token.span.of(text).strip("\ufeff \t\r\n"):
        raise _broken(text, start, "text stands outside of all elements")
    bad = _BAD_REFERENCE.search(text, start, token.span.end)
    if bad:
        raise _broken(text, bad.start(), f"{bad.group()!r} is no entity of XML", ENTITY_REMEDY)


def _broken(text: str, offset: int, what: str, remedy: str = "correct the file at this place") -> BadInput:
    return BadInput(what, where=f"line {text.count(chr(10), 0, offset) + 1}", remedy=remedy)


def tokens_in(text: str, span: Span) -> Iterator[Token]:
    """The tags and texts inside an element, with their places in the file."""
    for token in html_tokens(span.of(text), xml=True):
        values = {name: value.shift(span.start) for name, value in token.attributes.items()}
        yield Token(token.kind, token.span.shift(span.start), token.name, values)
