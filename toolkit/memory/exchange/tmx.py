"""TMX 1.4 (https://www.gala-global.org/tmx-14b), read unit by unit in bounded memory.

Of document types and entities see text.xml_doctype: the usual declaration is passed over, any other refused.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import BinaryIO
from xml.parsers import expat

from toolkit.errors import BadInput
from toolkit.languages import Language
from toolkit.memory.exchange.model import LONGEST, Row, checked, language_of
from toolkit.text.xml_doctype import guard

_CHUNK = 1 << 16
_DEEPEST = 64
_LONGEST_TAG = 1 << 22
"""Bytes that the parser may hold back before it knows what they are."""
_CODES = frozenset({"bpt", "ept", "it", "ph", "sub", "ut"})
"""Inline elements that hold the codes of a format, or footnotes: no words of the sentence."""
_DATE = re.compile(r"\d{8}T\d{6}Z")
_TOPIC = "dragoman:topic"
_ORIGIN = "dragoman:origin"


def read_tmx(stream: BinaryIO, where: str) -> Iterator[Row]:
    """The units of a file, in order. Raises BadInput for what is no TMX, no XML, or not to be trusted."""
    reader = _Reader(where)
    started = False
    while chunk := stream.read(_CHUNK):
        reader.feed(chunk)
        started = True
        while reader.rows:
            yield checked(reader.rows.popleft())
    if not started:
        raise BadInput("the file is empty", where=where, remedy="give a TMX file")
    reader.feed(b"", final=True)
    while reader.rows:
        yield checked(reader.rows.popleft())


class _Reader:
    """Collects a unit while the parser runs through it."""

    def __init__(self, where: str) -> None:
        self.rows: deque[Row] = deque()
        self._where = where
        self._path: list[str] = []
        self._hidden = 0
        self._fed = 0
        self._default: Language | None = None
        self._text: list[str] | None = None
        self._length = 0
        self._begin_unit({}, 0)
        parser = self._parser = expat.ParserCreate()
        parser.buffer_text = True
        guard(parser, self._broken)
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data

    def feed(self, chunk: bytes, *, final: bool = False) -> None:
        self._fed += len(chunk)
        try:
            self._parser.Parse(chunk, final)
        except expat.ExpatError as error:
            reason = expat.ErrorString(error.code)
            raise BadInput(
                f"this is no well-formed XML: {reason}", where=f"{self._where}:{error.lineno}", remedy="export it again"
            ) from None
        except (LookupError, ValueError):
            raise BadInput("its encoding is not known", where=self._where, remedy="save it as UTF-8") from None
        if self._fed - max(0, self._parser.CurrentByteIndex) > _LONGEST_TAG:
            raise BadInput("a tag or comment has no end", where=self._where, remedy="export it again")

    def _broken(self, what: str, remedy: str) -> BadInput:
        return BadInput(what, where=f"{self._where}:{self._parser.CurrentLineNumber}", remedy=remedy)

    def _begin_unit(self, attributes: dict[str, str], line: int) -> None:
        self._line = line
        self._sides: dict[Language, str] = {}
        self._notes: dict[str, str] = {}
        self._other = 0
        self._source = language_of(attributes.get("srclang")) or self._default
        self._date = _iso(attributes.get("changedate") or attributes.get("creationdate") or "")
        self._language: Language | None = None
        self._kind = ""

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if not self._path and name != "tmx":
            raise BadInput(f"<{name[:40]}> is not the root of a TMX file", where=self._where, remedy="give a TMX file")
        self._path.append(name)
        if len(self._path) > _DEEPEST:
            raise BadInput(f"more than {_DEEPEST} elements lie one in another", where=self._where, remedy="flatten it")
        if name in _CODES and self._text is not None:
            self._hidden += 1
        elif name == "header":
            self._default = language_of(attributes.get("srclang"))
        elif name == "tu":
            self._begin_unit(attributes, self._parser.CurrentLineNumber)
        elif name == "tuv":
            self._language = language_of(attributes.get("xml:lang") or attributes.get("lang"))
            self._other += self._language is None
        elif name == "seg" or (name == "prop" and self._path[-2:-1] == ["tu"]):
            self._kind = attributes.get("type", "")
            self._text, self._length, self._hidden = [], 0, 0

    def _data(self, text: str) -> None:
        if self._text is not None and not self._hidden and self._length <= LONGEST:
            self._text.append(text)
            self._length += len(text)

    def _end(self, name: str) -> None:
        self._path.pop()
        if name in _CODES and self._text is not None:
            self._hidden -= 1
        elif name in ("prop", "seg") and self._text is not None:
            text, self._text = "".join(self._text), None
            if name == "prop":
                self._notes[self._kind] = " ".join(text.split())
            elif self._language is not None:
                self._sides.setdefault(self._language, text)
        elif name == "tu":
            self.rows.append(
                Row(
                    f"{self._where}:{self._line}",
                    self._sides,
                    source=self._source if self._source in self._sides else None,
                    topic=self._notes.get(_TOPIC, ""),
                    origin=self._notes.get(_ORIGIN, ""),
                    date=self._date,
                )
            )


def _iso(date: str) -> str:
    """A date of TMX (20261126T091500Z) as ISO 8601 has it; empty where it is none."""
    with suppress(ValueError):
        if _DATE.fullmatch(date):
            return datetime.strptime(date, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return ""
