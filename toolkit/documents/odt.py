"""ODT (OpenDocument 1.3, part 3): the text of a document, its headers, footers and notes.

A paragraph or heading is a block; a tab or a line break ends one. Comments, fields, pictures and formulas stay as they
are. A document with tracked changes is refused, as in DOCX.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from toolkit.documents.file import File
from toolkit.documents.flow_blocks import FlowBlocks
from toolkit.documents.model import BlockKind
from toolkit.documents.odt_spans import Spans
from toolkit.documents.package import Package
from toolkit.documents.packaged import Parts
from toolkit.documents.xml_parts import XmlTag, attributes_of
from toolkit.languages import Language

_NAMESPACES = {
    f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0": prefix
    for name, prefix in {"drawing": "draw", "office": "office", "style": "style", "text": "text"}.items()
}
_TYPES = (b"application/vnd.oasis.opendocument.text", b"application/vnd.oasis.opendocument.text-template")
_COUNTRIES = {Language.AZ: "AZ", Language.EN: "US", Language.HY: "AM", Language.RU: "RU"}
_CUT = (
    "text:note-body draw:text-box draw:caption draw:circle draw:connector draw:custom-shape draw:ellipse draw:line "
    "draw:measure draw:path draw:polygon draw:polyline draw:rect draw:regular-polygon"
)
"""What lies in a paragraph and holds paragraphs of its own."""
_TITLES = frozenset({"Subtitle", "Title"})


def open_odt(data: bytes, where: str = "") -> File:
    """An OpenDocument text. Raises BadInput for anything that is no such text, is damaged or has tracked changes."""
    package = Package(data, "ODT", where)
    if "mimetype" not in package or package.content("mimetype").strip() not in _TYPES:
        raise package.bad("is another kind of file: it does not say that it is an ODT text", remedy="save it as ODT")
    if "META-INF/manifest.xml" in package and b"encryption-data" in package.content("META-INF/manifest.xml"):
        raise package.bad("is encrypted", remedy="take the password off and save it anew")
    parts = Parts(package, _NAMESPACES, _CUT)
    parts.add("content.xml", read=True, refused=("text:changed-region", "text:change-start", "text:change"))
    if "styles.xml" in package:
        parts.add("styles.xml", read=True, refused=("text:changed-region",))
    looks = {name: look for part in parts.names for name, look in _looks(parts.text(part))}
    titles = _TITLES | {name for part in parts.names for name in _titles(parts.text(part))}

    def read(text: str, tags: Iterator[XmlTag], blocks: FlowBlocks) -> None:
        _read_story(text, tags, blocks, looks, titles)

    return parts.file(data, where, read, _localised, lambda text: FlowBlocks(text, collapse=True))


def _read_story(
    text: str, tags: Iterator[XmlTag], blocks: FlowBlocks, looks: Mapping[str, str], titles: frozenset[str] | set[str]
) -> None:
    """The paragraphs of one story."""
    spans = Spans(text, blocks, looks)
    inside = ""
    kind = BlockKind.PARAGRAPH
    for tag in tags:
        if inside and tag.name == inside and tag.closes and not spans.skipping:
            spans.end(tag.start)
            blocks.finish(kind)
            inside = ""
        elif inside:
            if spans.see(tag):
                blocks.finish(kind)
        elif tag.name in ("text:h", "text:p") and not tag.closes:
            inside = tag.name
            spans.begin(tag.end)
            style = attributes_of(text[tag.start : tag.end]).get("text:style-name", "")
            kind = BlockKind.HEADING if tag.name == "text:h" or style in titles else BlockKind.PARAGRAPH


_STYLE = re.compile(r"<style:style\b([^>]*)(?:/>|>(.*?)</style:style>)", re.DOTALL)
_UNSEEN = re.compile(r"\s(?:officeooo|loext):[\w-]+=(?:\"[^\"]*\"|'[^']*')|\s+|/")


def _looks(text: str) -> Iterator[tuple[str, str]]:
    """The automatic character styles by name, and how they look; a revision mark alone is no look."""
    automatic = text[text.find("<office:automatic-styles") : text.find("</office:automatic-styles")]
    for match in _STYLE.finditer(automatic):
        attributes = attributes_of(match[1])
        if attributes.get("style:family") == "text":
            seen = _UNSEEN.sub("", (match[2] or "").replace("</style:text-properties>", ""))
            parent = attributes.get("style:parent-style-name", "")
            yield attributes.get("style:name", ""), "" if seen in ("", "<style:text-properties>") else seen + parent


def _titles(text: str) -> Iterator[str]:
    """The automatic paragraph styles that build on a title's."""
    for match in _STYLE.finditer(text):
        attributes = attributes_of(match[1])
        if attributes.get("style:parent-style-name") in _TITLES:
            yield attributes.get("style:name", "")


_LANGUAGE = re.compile(r"(\sfo:language=[\"'])(?!zxx)[a-zA-Z-]*")
_PROPERTIES = re.compile(r"<style:text-properties\b[^>]*\sfo:language=[^>]*>")
_COUNTRY = re.compile(r"(\sfo:country=[\"'])[a-zA-Z]*")
_SCRIPT = re.compile(r"\s(?:fo:script|style:rfc-language-tag)=(?:\"[^\"]*\"|'[^']*')")


def _localised(text: str, language: Language) -> str:
    """The language and country of the text, wherever a style names them; "zxx" is text of no language."""

    def renamed(match: re.Match[str]) -> str:
        properties = match.group()
        if not _LANGUAGE.search(properties):
            return properties
        properties = _LANGUAGE.sub(lambda found: found[1] + language.value, properties)
        properties = _COUNTRY.sub(lambda found: found[1] + _COUNTRIES[language], properties)
        return _SCRIPT.sub("", properties)

    return _PROPERTIES.sub(renamed, text)
