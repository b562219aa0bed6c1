"""TBX-Basic, written: version 2 (martif, 2008) and version 3 (ISO 30042:2019, categories as attributes or as tags).

    kind           subjectField, at the concept        usage         customerSubset: who calls it so, at the term
    contested      projectSubset, at the concept       gender        grammaticalGender
    role           definition                          part          termType
    Wikidata       externalCrossReference              status        administrativeStatus
    sources        source                              note          note

Under a policy the names it wants are `preferred` and the others `deprecated`. Without one, or where it leaves each
mention its own, names are `admitted`: none is preferred. A variant is recognised and never written: `deprecated`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from toolkit.glossary.exchange.concepts import Concept, Part, Wording, merged
from toolkit.glossary.exchange.files import Written
from toolkit.glossary.exchange.selection import Selection
from toolkit.text.xml_stream import writable

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
CONTESTED = "contested"
OWN = "Written by Dragoman"
"""In the header; without it ids are those of another program."""
WIKIDATA = "http://www.wikidata.org/entity/"
TERM_TYPES = {
    Part.FULL: "fullForm",
    Part.VARIANT: "variant",
    Part.ACRONYM: "acronym",
    Part.ACRONYM_VARIANT: "variant",
    Part.SHORT: "shortForm",
    Part.SHORT_VARIANT: "variant",
}
ADMITTED, DEPRECATED, PREFERRED = (f"{word}Term-admn-sts" for word in ("admitted", "deprecated", "preferred"))
_MODULES = {
    "min": ("administrativeStatus", "customerSubset", "partOfSpeech", "subjectField"),
    "basic": ("definition", "externalCrossReference", "grammaticalGender", "projectSubset", "source", "termType"),
}
"""The module of TBX-Basic that each category belongs to, where categories are tags."""


@dataclass(frozen=True, slots=True)
class _Dialect:
    """How a version calls its elements."""

    concept: str
    language: str
    term: str
    part_of_speech: str
    tags: bool = False

    def add(self, parent: Element, carrier: str, category: str, text: str, **attributes: str) -> None:
        """A category of data: `<carrier type="category">`, or as a tag of its module."""
        if self.tags:
            module = next(name for name, categories in _MODULES.items() if category in categories)
            element = SubElement(parent, f"{module}:{category}", attributes)
        else:
            element = SubElement(parent, carrier, {"type": category, **attributes})
        element.text = writable(text)


_V2 = _Dialect("termEntry", "langSet", "tig", "properNoun")
_V3 = _Dialect("conceptEntry", "langSec", "termSec", "noun")
_V3_TAGS = _Dialect("conceptEntry", "langSec", "termSec", "noun", tags=True)


def _write(dialect: _Dialect, concepts: Sequence[Concept], selection: Selection) -> Written:
    root, body = _frame_2() if dialect is _V2 else _frame_3(tags=dialect.tags)
    count = 0
    for concept in selection.of(concepts):
        wordings = as_terms(selection.wordings(concept))
        if wordings:
            count += 1
            _concept(
                dialect, SubElement(body, dialect.concept, {"id": xml_id(concept.id)}), concept, wordings, selection
            )
    indent(root)
    content = b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="utf-8") + b"\n"
    return Written({"": content}, count)


write_2 = partial(_write, _V2)
write_3 = partial(_write, _V3)
write_3_tags = partial(_write, _V3_TAGS)


def _frame_2() -> tuple[Element, Element]:
    root = Element("martif", {"type": "TBX-Basic", "xml:lang": "en"})
    header = SubElement(root, "martifHeader")
    _source(header)
    SubElement(SubElement(header, "encodingDesc"), "p", {"type": "XCSURI"}).text = "TBXBasicXCSV02.xcs"
    return root, SubElement(SubElement(root, "text"), "body")


def _frame_3(*, tags: bool) -> tuple[Element, Element]:
    modules = {f"xmlns:{name}": f"http://www.tbxinfo.net/ns/{name}" for name in _MODULES} if tags else {}
    style = "dct" if tags else "dca"
    root = Element("tbx", {"xmlns": NAMESPACE, **modules, "type": "TBX-Basic", "style": style, "xml:lang": "en"})
    _source(SubElement(root, "tbxHeader"))
    return root, SubElement(SubElement(root, "text"), "body")


def _source(header: Element) -> None:
    SubElement(SubElement(SubElement(header, "fileDesc"), "sourceDesc"), "p").text = OWN


def xml_id(entity: str) -> str:
    """An id that XML allows: it may not begin with a digit. Ids of entities hold no underscore."""
    return f"_{entity}" if entity[:1].isdigit() else entity


def as_terms(wordings: Iterable[Wording]) -> tuple[Wording, ...]:
    """The wordings with no more than TBX-Basic can say: gender is the only grammar, a variant is one of the term."""
    return merged(
        Wording(
            wording.language,
            wording.text,
            wording.usages,
            Part.VARIANT if wording.part.is_variant else wording.part,
            (("agreement", wording.gender),) if wording.gender else (),
        )
        for wording in wordings
    )


def _concept(
    dialect: _Dialect, entry: Element, concept: Concept, wordings: Sequence[Wording], selection: Selection
) -> None:
    for carrier, category, text in _facts(concept):
        dialect.add(entry, carrier, category, text)
    if concept.wikidata:
        target = WIKIDATA + concept.wikidata
        dialect.add(entry, "xref", "externalCrossReference", "Wikidata", target=target)
    if concept.note:
        SubElement(entry, "note").text = writable(concept.note)
    for language in dict.fromkeys(wording.language for wording in wordings):
        section = SubElement(entry, dialect.language, {"xml:lang": language.value})
        for wording in wordings:
            if wording.language is language:
                _term(dialect, SubElement(section, dialect.term), wording, _status(wording, concept, selection))


def _facts(concept: Concept) -> Iterator[tuple[str, str, str]]:
    if concept.kind:
        yield "descrip", "subjectField", concept.kind.value
    if concept.role:
        yield "descrip", "definition", concept.role
    if concept.contested:
        yield "admin", "projectSubset", CONTESTED
    for source in concept.sources:
        yield "admin", "source", source


def _term(dialect: _Dialect, section: Element, wording: Wording, status: str) -> None:
    SubElement(section, "term").text = writable(wording.text)
    dialect.add(section, "termNote", "partOfSpeech", dialect.part_of_speech)
    if wording.gender:
        dialect.add(section, "termNote", "grammaticalGender", wording.gender)
    dialect.add(section, "termNote", "termType", TERM_TYPES[wording.part])
    dialect.add(section, "termNote", "administrativeStatus", status)
    for usage in wording.usages:
        dialect.add(section, "admin", "customerSubset", usage)


def _status(wording: Wording, concept: Concept, selection: Selection) -> str:
    wanted = selection.wanted(concept)
    if wording.part.is_variant or (wanted and wanted not in wording.usages):
        return DEPRECATED
    return PREFERRED if wanted else ADMITTED
