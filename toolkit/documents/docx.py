"""DOCX (Office Open XML, ECMA-376 part 1): the text of a Word document, its headers, footers and notes.

A paragraph is a block; a tab or a line break ends one. Comments, field codes, pictures and formulas stay as they are.
A document with tracked changes is refused: which of two texts is the story, only its authors can say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.documents.docx_parts import headings_of, parts_of
from toolkit.documents.docx_runs import Runs
from toolkit.documents.file import File
from toolkit.documents.flow_blocks import FlowBlocks
from toolkit.documents.model import BlockKind
from toolkit.documents.package import Package
from toolkit.documents.packaged import Parts
from toolkit.documents.xml_parts import XmlTag
from toolkit.languages import Language

_NAMESPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
}
_TRACKED = ("w:ins", "w:del", "w:moveFrom", "w:moveTo", "w:cellIns", "w:cellDel", "w:cellMerge")
_TAGS = {Language.AZ: "az-Latn-AZ", Language.EN: "en-US", Language.HY: "hy-AM", Language.RU: "ru-RU"}
"""The languages as Word names them."""


def open_docx(data: bytes, where: str = "") -> File:
    """A Word document. Raises BadInput for anything that is no such document, is damaged or has tracked changes."""
    package = Package(data, "DOCX", where)
    parts = Parts(package, _NAMESPACES, "w:txbxContent", mirror="mc:Fallback")
    names = parts_of(package)
    for part in names:
        parts.add(part.name, read=part.read, refused=_TRACKED if part.read else ())
    headings = headings_of(parts.text(part.name) for part in names if part.kind == "styles")

    def read(text: str, tags: Iterator[XmlTag], blocks: FlowBlocks) -> None:
        _read_story(text, tags, blocks, headings)

    def blocks(text: str) -> FlowBlocks:
        return FlowBlocks(text, apart=True, keeping=' xml:space="preserve"')

    return parts.file(data, where, read, _localised, blocks)


def _read_story(text: str, tags: Iterator[XmlTag], blocks: FlowBlocks, headings: frozenset[str]) -> None:
    """The paragraphs of one story."""
    runs = Runs(text, blocks)
    inside = False
    for tag in tags:
        if tag.name == "w:p":
            if tag.opens != tag.closes:
                if inside:
                    blocks.finish(_kind(runs.paragraph, headings))
                runs.end()
                inside = tag.opens
        elif inside and runs.see(tag):
            blocks.finish(_kind(runs.paragraph, headings))


_STYLE = re.compile(r"<w:(pStyle|outlineLvl)\s[^<>]*?\bw:val=[\"']([^\"']*)")


def _kind(properties: str, headings: frozenset[str]) -> BlockKind:
    """What a paragraph is, by its properties as they are now (not by those of a tracked change of format)."""
    for match in _STYLE.finditer(properties.partition("<w:pPrChange")[0]):
        if match[2] in headings if match[1] == "pStyle" else match[2] in "012345678":
            return BlockKind.HEADING
    return BlockKind.PARAGRAPH


_LANG = re.compile(r"(<w:lang\b[^<>]*?\bw:val=[\"'])[^\"']*")


def _localised(text: str, language: Language) -> str:
    """The language of the text, wherever a run or a style names one; for Latin, Cyrillic and Armenian it is w:val."""
    return _LANG.sub(lambda match: match[1] + _TAGS[language], text)
