"""Which parts of a DOCX package hold text, and which of its styles are headings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from toolkit.documents.package import Package
from toolkit.documents.xml_parts import attributes_of, read_part

_KINDS = ("document", "header", "footer", "footnotes", "endnotes")
"""Kinds of parts that hold text, in the order in which they are read. Comments are not among them."""
_MAIN = re.compile(
    r"\.(?:document|template)(?:\.macroEnabled(?:Template)?)?\.main\+xml$|\.(?:document|template)\.macroEnabled"
)
_OVERRIDE = re.compile(r"<(?:\w+:)?Override\b[^>]*>")
_STYLE = re.compile(r"<w:style\b[^>]*\bw:styleId=[\"']([^\"']*)[\"'][^>]*>(.*?)</w:style>", re.DOTALL)
_NAME = re.compile(r"<w:name\s[^>]*\bw:val=[\"']([^\"']*)[\"']")
_BASED = re.compile(r"<w:basedOn\s[^>]*\bw:val=[\"']([^\"']*)[\"']")
_LEVEL = re.compile(r"<w:outlineLvl\s[^>]*\bw:val=[\"'][0-8][\"']")
_HEADING_NAME = re.compile(r"(?:heading [1-9]|title|subtitle)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the package; `read` where it holds text (else it only names languages)."""

    name: str
    kind: str
    read: bool


def parts_of(package: Package) -> list[Part]:
    """The parts with text, in the order of reading, and the styles. Raises BadInput where there is no main part."""
    text, _ = read_part(package, "[Content_Types].xml")
    found: list[Part] = []
    for match in _OVERRIDE.finditer(text):
        attributes = attributes_of(match.group())
        name, content = attributes.get("PartName", "").lstrip("/"), attributes.get("ContentType", "")
        if "word" not in content or name not in package:
            continue
        kind = "document" if _MAIN.search(content) and "glossary" not in content else content.rpartition(".")[2]
        kind = kind.removesuffix("+xml")
        if kind in _KINDS or kind in ("settings", "styles"):
            found.append(Part(name, kind, kind in _KINDS))
    if not any(part.kind == "document" for part in found):
        raise package.bad("is another kind of file: it has no Word document in it", remedy="save it as DOCX")
    order = [*_KINDS, "settings", "styles"]
    return sorted(found, key=lambda part: (order.index(part.kind), _natural(part.name)))


def _natural(name: str) -> list[tuple[int, str]]:
    """header2 before header10."""
    return [(int(piece or 0), "") if piece.isdigit() else (0, piece) for piece in re.split(r"(\d+)", name)]


def headings_of(parts: Iterable[str]) -> frozenset[str]:
    """The ids of the styles that are headings: by their own name or level, or by those of the style they build on."""
    found: set[str] = set()
    heirs: dict[str, list[str]] = {}
    for text in parts:
        for match in _STYLE.finditer(text):
            name, based = _NAME.search(match[2]), _BASED.search(match[2])
            if (name is not None and _HEADING_NAME.match(name[1])) or _LEVEL.search(match[2]):
                found.add(match[1])
            if based is not None:
                heirs.setdefault(based[1], []).append(match[1])
    waiting = list(found)
    while waiting:
        new = set(heirs.get(waiting.pop(), ())) - found
        found |= new
        waiting += new
    return frozenset(found)
