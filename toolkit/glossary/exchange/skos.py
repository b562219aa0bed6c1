"""SKOS as JSON-LD: an entity is a skos:Concept, each of its texts a SKOS-XL label that says who uses it.

An entity has no preferred name, so there is no prefLabel: every full name, acronym and short form is an altLabel (its
language by BCP 47), every variant a hiddenLabel, which is what SKOS has for text that is found and not shown. The
labels themselves carry usage, part and grammar. Under a policy, the names that it wants are prefLabels: that is a
choice of a house, and says nothing of the entity.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from toolkit.errors import BadInput, UnknownLanguage
from toolkit.glossary.exchange.concepts import GRAMMAR, Concept, Part, Period, Wording, merged
from toolkit.glossary.exchange.files import Proposal, Written, decoded
from toolkit.glossary.exchange.selection import Selection
from toolkit.glossary.model import Kind
from toolkit.languages import Language, parse_language

BASE = "urn:dragoman:entity:"
VOCABULARY = "urn:dragoman:vocabulary:"
_INSTANTIAL = "isothes:broaderInstantial"
"""SKOS-THES, ISO 25964: what a concept is one of; the plain `skos:broader` is what it lies in or belongs to."""
_WIKIDATA = "http://www.wikidata.org/entity/"
_CONTEXT: Mapping[str, Any] = {
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "skosxl": "http://www.w3.org/2008/05/skos-xl#",
    "isothes": "http://purl.org/iso25964/skos-thes#",
    "dcterms": "http://purl.org/dc/terms/",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "dragoman": VOCABULARY,
}
_Node = dict[str, Any]


def write(concepts: Sequence[Concept], selection: Selection) -> Written:
    nodes = [_node(concept, selection) for concept in selection.of(concepts) if selection.wordings(concept)]
    document = {"@context": _CONTEXT, "@graph": nodes}
    content = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    return Written({"": content.encode()}, len(nodes))


def _node(concept: Concept, selection: Selection) -> _Node:
    wordings = selection.wordings(concept)
    wanted = selection.wanted(concept)
    preferred = {
        language: texts.pop()
        for language in selection.languages
        if wanted
        and len(texts := {one.text for one in concept.texts(language, Part.FULL) if wanted in one.usages}) == 1
    }
    labels: dict[str, list[_Node]] = {}
    details: list[_Node] = []
    for number, wording in enumerate(wordings, 1):
        is_preferred = wording.part is Part.FULL and preferred.get(wording.language) == wording.text
        relation = "hiddenLabel" if wording.part.is_variant else "prefLabel" if is_preferred else "altLabel"
        literal = {"@value": wording.text, "@language": wording.language.value}
        known = labels.setdefault(f"skos:{relation}", [])
        if literal not in known:
            known.append(literal)
        details.append(_label(concept.id, number, wording) | {"dragoman:relation": relation})
    node: _Node = {"@id": BASE + concept.id, "@type": "skos:Concept", **labels, **_facts(concept)}
    for relation in ("altLabel", "hiddenLabel", "prefLabel"):
        own = [
            {key: value for key, value in label.items() if key != "dragoman:relation"}
            for label in details
            if label["dragoman:relation"] == relation
        ]
        if own:
            node[f"skosxl:{relation}"] = own
    return node


def _label(entity: str, number: int, wording: Wording) -> _Node:
    return {
        "@id": f"{BASE}{entity}#{number}",
        "@type": "skosxl:Label",
        "skosxl:literalForm": {"@value": wording.text, "@language": wording.language.value},
        "dragoman:usage": list(wording.usages),
        "dragoman:part": wording.part.value,
        **{f"dragoman:{field}": value for field, value in wording.grammar},
    }


def _facts(concept: Concept) -> _Node:
    latitude, longitude = concept.position or (None, None)
    given = {
        "dragoman:kind": concept.kind.value if concept.kind else "",
        "dragoman:contested": concept.contested,
        "skos:note": {"@value": concept.note, "@language": "en"} if concept.note else "",
        "dragoman:role": concept.role,
        "dcterms:source": list(concept.sources),
        "skos:exactMatch": {"@id": _WIKIDATA + concept.wikidata} if concept.wikidata else "",
        "dragoman:country": concept.country,
        "skos:broader": {"@id": BASE + concept.part_of} if concept.part_of else "",
        _INSTANTIAL: {"@id": BASE + concept.instance_of} if concept.instance_of else "",
        "dragoman:head": [{"@value": word, "@language": language.value} for language, word in concept.heads],
        "dragoman:period": [
            {"dragoman:usage": one.usage, "dragoman:since": one.since, "dragoman:until": one.until}
            for one in concept.periods
        ],
    }
    node: _Node = {key: value for key, value in given.items() if value}
    # Decimals as text: JSON's numbers would come out of some readers in another notation.
    return node | ({"geo:lat": str(latitude), "geo:long": str(longitude)} if concept.position else {})


def read(content: bytes, selection: Selection) -> list[Proposal]:
    """The concepts of a document in this compact form (prefixes as written here; labels as SKOS-XL or plain).

    Raises BadInput for what is no JSON-LD document with a graph.
    """
    try:
        document = json.loads(decoded(content))
    except (ValueError, RecursionError) as error:
        raise BadInput(f"is no JSON: {str(error)[:100]}", remedy="give SKOS as JSON-LD") from None
    graph = document.get("@graph") if isinstance(document, dict) else None
    if not isinstance(graph, list):
        raise BadInput('this is no JSON-LD with a "@graph"', remedy="give SKOS as JSON-LD, compact, with a @graph")
    proposals = []
    for number, node in enumerate(graph, 1):
        if isinstance(node, dict) and "skos:Concept" in _many(node.get("@type")):
            proposals.append(_proposal(node, f"concept {number}", selection))
    return proposals


def _proposal(node: _Node, place: str, selection: Selection) -> Proposal:
    wordings = [wording for wording in _wordings(node) if wording.language in selection.languages]
    if not wordings:
        return Proposal(Concept(), place, trouble="has no label in any of the four languages")
    match = _id(node.get("skos:exactMatch"))
    kinds = {kind.value: kind for kind in Kind}
    concept = Concept(
        id=_entity(node.get("@id")),
        kind=kinds.get(_string(node.get("dragoman:kind"))),
        wordings=merged(wordings),
        contested=node.get("dragoman:contested") is True,
        note=_string(node.get("skos:note")),
        role=_string(node.get("dragoman:role")),
        sources=tuple(_string(value) for value in _many(node.get("dcterms:source"))),
        wikidata=match.removeprefix(_WIKIDATA) if match.startswith(_WIKIDATA) else "",
        country=_string(node.get("dragoman:country")),
        part_of=_entity(node.get("skos:broader")),
        instance_of=_entity(node.get(_INSTANTIAL)),
        heads=tuple(_heads(node)),
        position=_position(node),
        periods=tuple(
            Period(*(_string(period.get(f"dragoman:{field}")) for field in ("usage", "since", "until")))
            for period in _many(node.get("dragoman:period"))
            if isinstance(period, dict)
        ),
    )
    return Proposal(concept, place, parts=any(key.startswith("skosxl:") for key in node))


def _wordings(node: _Node) -> Iterator[Wording]:
    """From the SKOS-XL labels; from the plain ones where there are none."""
    relations = ("prefLabel", "altLabel", "hiddenLabel")
    labels = [label for relation in relations for label in _many(node.get(f"skosxl:{relation}"))]
    if labels:
        for label in filter(lambda label: isinstance(label, dict), labels):
            literal = label.get("skosxl:literalForm")
            usages = tuple(sorted({_string(usage) for usage in _many(label.get("dragoman:usage"))} - {""}))
            word = _string(label.get("dragoman:part"))
            part = Part(word) if word in {part.value for part in Part} else Part.FULL
            grammar = tuple((field, value) for field in GRAMMAR if (value := _string(label.get(f"dragoman:{field}"))))
            yield from _wording(literal, usages, part, grammar)
        return
    for relation in relations:
        for literal in _many(node.get(f"skos:{relation}")):
            yield from _wording(literal, (), Part.VARIANT if relation == "hiddenLabel" else Part.FULL, ())


def _wording(
    literal: object, usages: tuple[str, ...], part: Part, grammar: tuple[tuple[str, str], ...]
) -> Iterator[Wording]:
    language = _language(literal)
    if language is not None:
        yield Wording(language, _string(literal), usages, part, grammar)


def _heads(node: _Node) -> Iterator[tuple[Language, str]]:
    for literal in _many(node.get("dragoman:head")):
        language = _language(literal)
        if language is not None:
            yield language, _string(literal)


def _language(literal: object) -> Language | None:
    """The language of a text with a language tag; None for what is none, or is of another language."""
    if not isinstance(literal, dict) or not _string(literal).strip():
        return None
    try:
        return parse_language(str(literal.get("@language", "")))
    except UnknownLanguage:
        return None


def _many(value: object) -> list[Any]:
    """A value of JSON-LD, where one may stand for a list of one."""
    return value if isinstance(value, list) else [] if value is None else [value]


def _string(value: object) -> str:
    if isinstance(value, dict):
        value = value.get("@value", "")
    return value if isinstance(value, str) else ""


def _id(value: object) -> str:
    if isinstance(value, dict):
        value = value.get("@id", "")
    return value if isinstance(value, str) else ""


def _entity(value: object) -> str:
    """The id of an entity of ours that a node refers to; empty for anything else."""
    identity = _id(value)
    return identity.removeprefix(BASE) if identity.startswith(BASE) else ""


def _position(node: _Node) -> tuple[float, float] | None:
    try:
        return float(_string(node.get("geo:lat"))), float(_string(node.get("geo:long")))
    except ValueError:
        return None
