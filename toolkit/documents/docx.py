"""DOCX (Office Open XML, ECMA-376 part 1): the text of a Word document, its headers, footers and notes.

A paragraph is a block; a tab or a line break ends one. Comments, field codes, pictures and formulas stay as they are.
A document with tracked changes is refused: which of two texts is the story, only its authors can say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from toolkit.documents.docx_parts import HEADINGS, parts_of, styles_of
from toolkit.documents.docx_runs import Runs
from toolkit.documents.encodings import Encoding
from toolkit.documents.file import REMEDY_EMPTY, File
from toolkit.documents.flow_blocks import FlowBlocks
from toolkit.documents.model import BlockKind
from toolkit.documents.package import Package
from toolkit.documents.stories import DIVIDER, Stories
from toolkit.documents.xml_parts import XmlTag, prefixes_of, read_part, xml_tags
from toolkit.errors import BadInput
from toolkit.languages import Language

_NAMESPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
}
_TRACKED = frozenset({"w:ins", "w:del", "w:moveFrom", "w:moveTo", "w:cellIns", "w:cellDel", "w:cellMerge"})
_TAGS = {Language.AZ: "az-Latn-AZ", Language.EN: "en-US", Language.HY: "hy-AM", Language.RU: "ru-RU"}
"""The languages as Word names them."""


def open_docx(data: bytes, where: str = "") -> File:
    """A Word document. Raises BadInput for anything that is no such document, is damaged or has tracked changes."""
    package = Package(data, "DOCX", where)
    parts = parts_of(package)
    stories = Stories()
    prefixes: list[dict[str, str]] = []
    texts: dict[str, tuple[str, Encoding]] = {}
    for part in parts:
        texts[part.name] = read_part(package, part.name)
        text = texts[part.name][0]
        known = prefixes_of(text, _NAMESPACES, package)
        if part.read:
            _refuse_tracked(text, known, package)
        before = stories.count
        stories.add(part.name, text, xml_tags(text, known), "w:txbxContent", mirror="mc:Fallback")
        prefixes += [known if part.read else {}] * (stories.count - before)
    joined = stories.text
    headings = styles_of(texts, parts, package)
    blocks = FlowBlocks(joined, apart=True, keeping=' xml:space="preserve"')
    start = 0
    for known, story in zip(prefixes, joined.split(DIVIDER), strict=True):
        if known:
            _read_story(joined, xml_tags(joined, known, start, start + len(story)), blocks, headings)
        start += len(story) + 1
    document = blocks.document(_localised)
    if not document.blocks:
        raise BadInput("there is no text", where=where, remedy=REMEDY_EMPTY)
    return File(document, data, _encoder(package, stories, texts))


def _encoder(package: Package, stories: Stories, texts: dict[str, tuple[str, Encoding]]) -> Callable[[str], bytes]:
    def encode(text: str) -> bytes:
        changed = {
            name: texts[name][1].encode(new) for name, new in stories.parts(text).items() if new != texts[name][0]
        }
        return package.with_contents(changed)

    return encode


def _refuse_tracked(text: str, prefixes: dict[str, str], package: Package) -> None:
    for tag in xml_tags(text, prefixes):
        if tag.name in _TRACKED:
            raise package.bad(
                "has tracked changes, so that it holds two texts in one",
                remedy="accept or reject them all (Review, Accept) and save it",
            )


def _read_story(text: str, tags: Iterator[XmlTag], blocks: FlowBlocks, headings: frozenset[str]) -> None:
    """The paragraphs of one story."""
    runs = Runs(text, blocks)
    inside = False
    kind = BlockKind.PARAGRAPH
    for tag in tags:
        if tag.name == "w:p":
            if tag.opens != tag.closes:
                if inside:
                    runs.end()
                    blocks.finish(kind)
                inside, kind = tag.opens, BlockKind.PARAGRAPH
        elif inside:
            if tag.name in ("w:pStyle", "w:outlineLvl") and runs.aside and _is_heading(text, tag, headings):
                kind = BlockKind.HEADING
            if runs.see(tag):
                blocks.finish(kind)


def _is_heading(text: str, tag: XmlTag, headings: frozenset[str]) -> bool:
    value = HEADINGS.search(text, tag.start, tag.end)
    if value is None:
        return False
    return value[1] in headings if tag.name == "w:pStyle" else value[1] in "012345678"


_LANG = re.compile(r"(<w:lang\b[^<>]*?\bw:val=[\"'])[^\"']*")


def _localised(text: str, language: Language) -> str:
    """The language of the text, wherever a run or a style names one; for Latin, Cyrillic and Armenian it is w:val."""
    return _LANG.sub(lambda match: match[1] + _TAGS[language], text)
