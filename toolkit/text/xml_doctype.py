"""What a document type declaration may say in TBX, TMX, XLIFF or a feed of unknown origin: one rule for all readers.

Real files begin with one that only names a DTD elsewhere: `<!DOCTYPE tmx SYSTEM "tmx14.dtd">`, as OmegaT and Trados
write it. It is passed over, and nothing is ever fetched for it. One that declares anything itself is refused, and so is
an entity that only such a DTD could explain: no entity is expanded but the five of XML, and no text is lost in silence
(expat leaves such an entity out of an attribute's value without a word; attributes hold codes, not texts).
Packages of an office are stricter, see documents.xml_parts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.parsers.expat import XMLParserType

from toolkit.errors import BadInput

OWN_DOCTYPE = "a document type declaration that declares anything itself is not read"
OWN_REMEDY = "remove <!DOCTYPE …> and the entities it has"
FOREIGN_ENTITY = "uses an entity that XML itself does not know"
ENTITY_REMEDY = "write the sign itself, & as &amp;"

_SYSTEM = r"""(?:"[^"<>]*"|'[^'<>]*')"""
_PUBLIC = r"""(?:"[\w \r\n()+,./:=?;!*#@$%'-]*"|'[\w \r\n()+,./:=?;!*#@$%-]*')"""
_NAMES_ONLY = re.compile(
    rf"<!DOCTYPE\s+[A-Za-z_:][\w:.-]*(?:\s+(?:SYSTEM|PUBLIC\s+{_PUBLIC})\s+{_SYSTEM})?\s*>", re.ASCII
)


def names_only(declaration: str) -> bool:
    """Whether a declaration, as it stands in the file, says no more than a name and where a DTD would be."""
    return _NAMES_ONLY.fullmatch(declaration) is not None


def guard(parser: XMLParserType, broken: Callable[[str, str], BadInput]) -> None:
    """Hold an expat parser to the rule; `broken` makes the error of what is wrong and the remedy, with its place."""

    def doctype(_name: str, _system: str | None, _public: str | None, internal: bool) -> None:
        if internal:
            raise broken(OWN_DOCTYPE, OWN_REMEDY)

    def declared(*_: object) -> None:
        raise broken(OWN_DOCTYPE, OWN_REMEDY)

    def skipped(*_: object) -> None:
        raise broken(FOREIGN_ENTITY, ENTITY_REMEDY)

    parser.StartDoctypeDeclHandler = doctype
    parser.EntityDeclHandler = declared
    parser.SkippedEntityHandler = skipped
