"""XML out of an unknown hand, an element at a time: what a reader asks for is built, the rest is passed by.

Nothing is resolved or fetched, and no entity is known but XML's own five (see xml_doctype). Memory is bounded by the
largest element asked for, not by the file.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.etree.ElementTree import Element
from xml.parsers import expat

from toolkit.errors import BadInput, TooLong
from toolkit.text.xml_doctype import guard

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_CHUNK = 1 << 16
_DEEPEST = 100
_LARGEST = 1_000_000
_COST = 20
"""Characters that an element counts for, since it takes memory even where it is empty."""
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Found:
    """An element with all that is in it, and the line on which it begins."""

    element: Element
    line: int


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def language_of(element: Element) -> str:
    """The value of xml:lang; older files write `lang`."""
    return element.get(LANG) or element.get("lang") or ""


def text_of(element: Element | None) -> str:
    """All text in an element, its ends stripped; empty for None."""
    return "" if element is None else "".join(element.itertext()).strip()


def writable(text: str) -> str:
    """A text without the characters that XML cannot hold (controls, lone surrogates)."""
    return _FORBIDDEN.sub("", text)


def stream_elements(stream: BinaryIO, wanted: Collection[str]) -> Iterator[Found]:
    """First the root, with its attributes alone; then each outermost element whose local name is `wanted`, whole.

    Raises BadInput for what is no well-formed XML, declares a document type of its own or is nested too deep, TooLong
    for an element of more than a million characters.
    """
    reader = _Reader(frozenset(wanted))
    try:
        while chunk := stream.read(_CHUNK):
            reader.parser.Parse(chunk, False)
            yield from reader.take()
        reader.parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        code = getattr(error, "code", 0)
        reason = expat.ErrorString(code) if code else "its encoding is not known"
        raise reader.broken(f"is no XML: {reason}", "correct the file at this place") from None
    yield from reader.take()


@dataclass(eq=False)
class _Reader:
    wanted: frozenset[str]
    depth: int = 0
    size: int = 0
    open: list[Element] = field(default_factory=list)
    start: int = 0
    found: list[Found] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._opened
        self.parser.EndElementHandler = self._closed
        self.parser.CharacterDataHandler = self._text
        guard(self.parser, self.broken)

    def take(self) -> list[Found]:
        found, self.found = self.found, []
        return found

    def broken(self, what: str, remedy: str) -> BadInput:
        return BadInput(what, where=f"line {self.parser.CurrentLineNumber}", remedy=remedy)

    def _opened(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self.broken(f"more than {_DEEPEST} elements lie one in another", "give a flatter file")
        named = {_qualified(key): value for key, value in attributes.items()}
        if self.depth == 1:
            self.found.append(Found(Element(_qualified(name), named), self.parser.CurrentLineNumber))
        if self.open:
            self._grow(_COST + len(name) + sum(map(len, named.values())))
            child = Element(_qualified(name), named)
            self.open[-1].append(child)
            self.open.append(child)
        elif name.rpartition("}")[2] in self.wanted and self.depth > 1:
            self.start, self.size = self.parser.CurrentLineNumber, 0
            self.open.append(Element(_qualified(name), named))

    def _closed(self, _: str) -> None:
        self.depth -= 1
        if self.open:
            element = self.open.pop()
            if not self.open:
                self.found.append(Found(element, self.start))

    def _text(self, text: str) -> None:
        if not self.open:
            return
        self._grow(len(text))
        element = self.open[-1]
        if len(element):
            element[-1].tail = (element[-1].tail or "") + text
        else:
            element.text = (element.text or "") + text

    def _grow(self, by: int) -> None:
        self.size += by
        if self.size > _LARGEST:
            raise TooLong(
                f"an element has more than {_LARGEST:,} characters", where=f"line {self.start}", remedy="break it up"
            )


def _qualified(name: str) -> str:
    return "{" + name if "}" in name else name
