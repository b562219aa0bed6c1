"""Bilingual XLIFF 1.2 and 2.x: the units with a finished target."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import BinaryIO

from toolkit.documents.encodings import decode
from toolkit.documents.html_tokens import TokenKind
from toolkit.documents.xliff_units import Unit, Xliff, read_units
from toolkit.documents.xml_tree import Element, tokens_in
from toolkit.errors import BadInput, TooLong
from toolkit.languages import Language
from toolkit.memory.exchange.model import Row, checked, language_of
from toolkit.text.spans import Span

_LARGEST = 64 * 1024 * 1024
_CODES = frozenset({"bpt", "ept", "it", "ph", "sub"})
_DATA = re.compile(r"<!\[CDATA\[(.*)\]\]>", re.DOTALL)


def read_xliff(stream: BinaryIO, where: str) -> Iterator[Row]:
    """The units of a file, in order. Raises BadInput for what is no XLIFF, TooLong for a file of more than 64 MB."""
    data = stream.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise TooLong(f"more than {_LARGEST // 2**20} MB", where=where, remedy="split the file, or export it as TMX")
    text = decode(data, where, markup=True)[0]
    try:
        file = read_units(text)
    except BadInput as error:
        raise BadInput(
            error.what, where=f"{where}: {error.where}" if error.where else where, remedy=error.remedy
        ) from None
    lines = _Lines(text)
    for unit in file.units:
        yield checked(_row(text, file, unit, f"{where}:{lines.line(unit.holder.tag.start)}"))


def _row(text: str, file: Xliff, unit: Unit, where: str) -> Row:
    languages = _languages(text, file, unit)
    if unit.target is None or not plain_content(text, unit.target).strip():
        return Row(where, refused="there is no translation yet")
    if unit.open:
        return Row(where, refused="the translation is not finished: its state says that nobody has read it")
    source, target = languages
    if source is None or target is None:
        return Row(where, refused="its languages are not two of az, en, hy, ru")
    if source is target:
        return Row(where, refused=f"both sides are {source}")
    sides = {source: plain_content(text, unit.source), target: plain_content(text, unit.target)}
    return Row(where, sides, source=source)


def _languages(text: str, file: Xliff, unit: Unit) -> tuple[Language | None, Language | None]:
    names = ("source-language", "target-language") if file.version == 1 else ("srclang", "trglang")
    element: Element | None = unit.holder if file.version == 1 else file.root
    while element is not None and file.version == 1 and element.local != "file":
        element = element.parent
    declared = [element.attribute(text, name) if element is not None else None for name in names]
    own = unit.target.attribute(text, "xml:lang") if unit.target is not None else None
    return language_of(declared[0]), language_of(own or declared[1])


def plain_content(text: str, element: Element) -> str:
    """The words of a source or target, without its inline codes."""
    parts: list[str] = []
    hidden = 0
    for token in tokens_in(text, element.content):
        local = token.name.rpartition(":")[2]
        if token.kind is TokenKind.TEXT and not hidden:
            parts.append(unescape(token.span.of(text)))
        elif token.kind is TokenKind.OTHER and not hidden:
            data = _DATA.fullmatch(token.span.of(text))
            parts.append(data.group(1) if data else "")
        elif local in _CODES and token.kind is TokenKind.OPEN and text[token.span.end - 2] != "/":
            hidden += 1
        elif local in _CODES and token.kind is TokenKind.CLOSE:
            hidden -= 1
    return "".join(parts)


class _Lines:
    """Line numbers of places that are asked for in order."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._last = Span(0, 0)
        self._line = 1

    def line(self, offset: int) -> int:
        self._line += self._text.count("\n", self._last.end, offset)
        self._last = Span(offset, offset)
        return self._line
