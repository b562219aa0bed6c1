"""TBX, read: versions 2 and 3, of any dialect, categories as attributes or tags; the rest is passed by."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from toolkit.errors import BadInput, UnknownLanguage
from toolkit.glossary.exchange.concepts import GENDERS, Concept, Part, Wording, merged
from toolkit.glossary.exchange.files import Proposal
from toolkit.glossary.exchange.selection import Selection
from toolkit.glossary.exchange.tbx import CONTESTED, OWN, TERM_TYPES, WIKIDATA
from toolkit.glossary.model import Kind
from toolkit.languages import Language, parse_language
from toolkit.text.xml_stream import Found, language_of, local, stream_elements, text_of

_ROOTS = frozenset({"martif", "tbx"})
_CONCEPTS = frozenset({"conceptEntry", "termEntry"})
_LANGUAGES = frozenset({"langSec", "langSet"})
_TERMS = frozenset({"ntig", "termSec", "tig"})
_CARRIERS = frozenset({"admin", "descrip", "ref", "termNote", "xref"})
_PARTS = {word: part for part, word in TERM_TYPES.items() if not part.is_variant} | {
    "abbreviation": Part.ACRONYM,
    "variant": Part.VARIANT,
}


def read(content: bytes, selection: Selection) -> list[Proposal]:
    """A proposal a concept. Raises BadInput for what is no TBX, or declares a document type of its own."""
    elements = stream_elements(io.BytesIO(content), _CONCEPTS | {"sourceDesc"})
    root = next(elements, None)
    if root is None or local(root.element) not in _ROOTS:
        raise BadInput("this is no TBX: its root is neither <tbx> nor <martif>", remedy="give a TBX file")
    proposals, own = [], False
    for found in elements:
        if local(found.element) == "sourceDesc":
            own = own or OWN in text_of(found.element)
        else:
            proposals.append(_proposal(found, selection, own_ids=own))
    return proposals


def _proposal(found: Found, selection: Selection, *, own_ids: bool) -> Proposal:
    entry = found.element
    place = f"line {found.line}"
    facts = list(_categories(entry))
    values = {category: text for category, text, _ in facts}
    kinds = {kind.value: kind for kind in Kind}
    links = [target for category, _, target in facts if category == "externalCrossReference"]
    wordings = list(_wordings(entry, selection))
    if not wordings:
        return Proposal(Concept(), place, trouble="has no term in any of the four languages")
    concept = Concept(
        id=entry.get("id", "").removeprefix("_"),
        kind=kinds.get(values.get("subjectField", "")),
        wordings=merged(wordings),
        contested=any(category == "projectSubset" and text == CONTESTED for category, text, _ in facts),
        note="\n".join(text_of(child) for child in entry if local(child) == "note"),
        role=values.get("definition", ""),
        sources=tuple(text for category, text, _ in facts if category == "source"),
        wikidata=next((link.removeprefix(WIKIDATA) for link in links if link.startswith(WIKIDATA)), ""),
    )
    return Proposal(concept, place, parts=any(_is_typed(term) for term in entry.iter()), own_ids=own_ids)


def _categories(parent: Element) -> Iterator[tuple[str, str, str]]:
    """Category, text and target of each datum of an element, those in groups (descripGrp) included."""
    for child in parent:
        name = local(child)
        if name.endswith("Grp") and name != "termGrp":
            yield from _categories(child)
        elif name in _CARRIERS:
            yield child.get("type", ""), text_of(child), child.get("target", "")
        elif name not in _LANGUAGES | _TERMS:
            yield name, text_of(child), child.get("target", "")


def _is_typed(element: Element) -> bool:
    return local(element) == "termType" or element.get("type") == "termType"


def _wordings(entry: Element, selection: Selection) -> Iterator[Wording]:
    for section in entry:
        if local(section) not in _LANGUAGES:
            continue
        try:
            language = parse_language(language_of(section))
        except UnknownLanguage:
            continue
        if language not in selection.languages:
            continue
        yield from _terms(section, language)


def _terms(section: Element, language: Language) -> Iterator[Wording]:
    """The terms of a language; of several that no type tells apart, the preferred or first is the full name."""
    untyped: list[tuple[int, Wording]] = []
    for term in section:
        if local(term) not in _TERMS:
            continue
        # A version 2 `ntig` has its term and termNotes in a group, and other categories beside that.
        inner = next((child for child in term if local(child) == "termGrp"), term)
        facts = [*_categories(inner), *(_categories(term) if inner is not term else ())]
        values = {category: value for category, value, _ in facts}
        gender = values.get("grammaticalGender", "").lower()
        wording = Wording(
            language,
            text_of(next((child for child in inner if local(child) == "term"), None)),
            tuple(sorted({value for category, value, _ in facts if category == "customerSubset"})),
            _PARTS.get(values.get("termType", ""), Part.FULL),
            (("agreement", gender),) if gender in GENDERS else (),
        )
        if wording.text and "termType" in values:
            yield wording
        elif wording.text:
            untyped.append((_rank(values.get("administrativeStatus", "")), wording))
    named: set[tuple[str, ...]] = set()
    for _, wording in sorted(untyped, key=lambda pair: pair[0]):
        yield replace(wording, part=Part.VARIANT) if wording.usages in named else wording
        named.add(wording.usages)


def _rank(status: str) -> int:
    """The preferred term first, deprecated and superseded ones last."""
    return 0 if status.startswith("preferred") else 2 if status.startswith(("deprecated", "superseded")) else 1
