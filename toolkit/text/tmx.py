"""TMX 1.4: translation units, read and written one at a time, so that a memory of any size passes through.

Of the text between codes (bpt, ept, ph, it, ut) everything is kept, of the codes nothing: they belong to one program's
file formats. The text of <hi> is text.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.etree.ElementTree import Element
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from toolkit.errors import BadInput
from toolkit.text.xml_stream import language_of, local, stream_elements, text_of, writable

ALL = "*all*"
"""As source language: each language of a unit may be the source."""

_CODES = frozenset({"bpt", "ept", "it", "ph", "ut"})


@dataclass(frozen=True, slots=True)
class TranslationUnit:
    """A text in several languages, by BCP 47 tag as written; properties are pairs of type and value."""

    texts: Mapping[str, str]
    id: str = ""
    note: str = ""
    properties: tuple[tuple[str, str], ...] = ()
    line: int = field(default=0, compare=False)


def read_tmx(stream: BinaryIO) -> Iterator[TranslationUnit]:
    """The units of a TMX file of any version, in order. Raises BadInput for what is no TMX (see stream_elements)."""
    elements = stream_elements(stream, {"tu"})
    root = next(elements, None)
    if root is None or local(root.element) != "tmx":
        raise BadInput("this is no TMX: its root is not <tmx>", remedy="give a TMX file")
    for found in elements:
        unit = found.element
        texts: dict[str, str] = {}
        for child in unit:
            if local(child) == "tuv":
                segment = next((part for part in child if local(part) == "seg"), None)
                if segment is not None:
                    texts[language_of(child)] = _plain(segment).strip()
        properties = tuple((child.get("type", ""), text_of(child)) for child in unit if local(child) == "prop")
        note = "\n".join(text_of(child) for child in unit if local(child) == "note")
        yield TranslationUnit(texts, unit.get("tuid", ""), note, properties, found.line)


def _plain(element: Element) -> str:
    parts = [element.text or ""]
    for child in element:
        parts += ["" if local(child) in _CODES else _plain(child), child.tail or ""]
    return "".join(parts)


def write_tmx(units: Iterable[TranslationUnit], stream: BinaryIO, *, version: str, source: str = ALL) -> None:
    """Write a TMX 1.4 file in UTF-8; `version` is that of the program, `source` the source language.

    Characters that XML cannot hold are left out.
    """
    out = io.TextIOWrapper(stream, encoding="utf-8", newline="\n", write_through=True)
    writer = _Writer(out)
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n')
    header = {
        "creationtool": "Dragoman",
        "creationtoolversion": version,
        "segtype": "phrase",
        "o-tmf": "Dragoman",
        "adminlang": "en",
        "srclang": source,
        "datatype": "plaintext",
    }
    writer.leaf("header", "", header)
    out.write("\n<body>\n")
    for unit in units:
        writer.unit(unit)
    out.write("</body>\n</tmx>\n")
    out.detach()


class _Writer(XMLGenerator):
    def __init__(self, out: io.TextIOWrapper) -> None:
        super().__init__(out, encoding="utf-8")

    def unit(self, unit: TranslationUnit) -> None:
        self._open("tu", {"tuid": writable(unit.id)} if unit.id else {})
        if unit.note:
            self.leaf("note", unit.note)
        for kind, value in unit.properties:
            self.leaf("prop", value, {"type": kind})
        for tag, text in unit.texts.items():
            self._open("tuv", {"xml:lang": tag})
            self.leaf("seg", text)
            self.endElement("tuv")
        self.endElement("tu")
        self.ignorableWhitespace("\n")

    def _open(self, name: str, attributes: Mapping[str, str]) -> None:
        self.startElement(name, AttributesImpl(dict(attributes)))

    def leaf(self, name: str, text: str, attributes: Mapping[str, str] | None = None) -> None:
        self._open(name, attributes or {})
        self.characters(writable(text))
        self.endElement(name)
