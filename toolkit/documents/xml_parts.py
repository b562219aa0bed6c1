"""The XML parts of a package: checked by a real parser, then cut into tokens with their places.

No document type is allowed (OPC forbids one, and no office writes one), so no entity can be declared: there are no
bombs and nothing external. What the parser has accepted is regular enough for one expression, and every code point
keeps its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from xml.parsers import expat

from toolkit.documents.encodings import Encoding, decode
from toolkit.documents.package import Package

DEEPEST = 256
"""Elements one in another, as libxml2 allows them."""

_TOKEN = re.compile(
    r"<(?:"
    r"(?P<flat>w:[pr]Pr)>(?:<[^<>]*/>)*</(?P=flat)|"  # properties without depth, most of a DOCX, as one token
    r"(?P<close>/)?(?P<name>[^\s/>!?]+)(?P<attributes>[^>\"']*(?:\"[^\"]*\"[^>\"']*|'[^']*'[^>\"']*)*)"
    r"|!\[CDATA\[(?P<data>(?s:.*?))\]\]|!--(?s:.*?)--|\?(?s:.*?)\?"
    r")>"
)
_ATTRIBUTE = re.compile(r"([^\s=]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


class XmlTag(NamedTuple):
    """A tag (or CDATA section, named "#data") with its place; `name` has the prefix that `read_part` settled on."""

    name: str
    start: int
    end: int
    opens: bool
    closes: bool
    """Both for an empty element, and for the properties of a run or paragraph that hold nothing but such."""


def read_part(package: Package, name: str) -> tuple[str, Encoding]:
    """The text of a part and its encoding. Raises BadInput where it is no XML that a document may have."""
    text, encoding = decode(package.content(name), name, markup=True)
    depth = 0

    def opened(_name: str, _attributes: object) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise package.bad(f"has more than {DEEPEST} elements one in another: {name}")

    def closed(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def doctype(*_: object) -> None:
        raise package.bad(f"has a document type declaration: {name}", remedy="do not trust this file")

    parser = expat.ParserCreate("utf-8")
    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    try:
        parser.Parse(text.encode("utf-8"), True)
    except (expat.ExpatError, UnicodeEncodeError) as error:
        place = f" (line {error.lineno})" if isinstance(error, expat.ExpatError) else ""
        raise package.bad(f"is damaged: {name} is no well-formed XML{place}") from None
    return text, encoding


def xml_tags(text: str, prefixes: Mapping[str, str], start: int = 0, end: int | None = None) -> Iterator[XmlTag]:
    """The tags of a checked part, in order; comments and instructions are passed over."""
    known: dict[str, str] = {}
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        name = match["name"] or match["flat"]
        if name is None:
            if match["data"] is not None:
                yield XmlTag("#data", *match.span(), opens=True, closes=True)
            continue
        settled = known.get(name)
        if settled is None:
            prefix, colon, local = name.rpartition(":")
            settled = known[name] = f"{prefixes[prefix]}:{local}" if prefix in prefixes else prefix + colon + local
        start, end = match.span()
        if match["close"] is not None:
            yield XmlTag(settled, start, end, False, True)
        else:
            yield XmlTag(settled, start, end, True, text[end - 2] == "/" or match["flat"] is not None)


def prefixes_of(text: str, wanted: Mapping[str, str], package: Package) -> dict[str, str]:
    """How a part writes the namespaces that matter: its prefix → ours. `wanted` maps an address to our prefix.

    Raises BadInput where a prefix means two things, or text has not the prefix that every program gives it.
    """
    found: dict[str, str] = {}
    for match in re.finditer(r"\sxmlns(?::([^\s=]+))?\s*=\s*[\"']([^\"']*)[\"']", text):
        prefix, ours = match[1] or "", wanted.get(match[2], "")
        known = found.setdefault(prefix, ours)
        if known != ours or (ours in _TEXTUAL and prefix != ours):
            raise package.bad(f"is written in an unusual way: its elements are called {prefix[:20] or 'by no prefix'}")
    return {prefix: ours for prefix, ours in found.items() if ours}


_TEXTUAL = frozenset({"text", "w"})


def attributes_of(tag: str) -> dict[str, str]:
    """The attributes of a tag by their names as written, undecoded."""
    return {match[1]: match[2] if match[2] is not None else match[3] for match in _ATTRIBUTE.finditer(tag)}
