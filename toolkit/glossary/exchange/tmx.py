"""TMX: a translation unit for the names of an entity under one set of usages, in up to four languages."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

from toolkit import __version__
from toolkit.errors import UnknownLanguage
from toolkit.glossary.exchange.concepts import Concept, Part, Wording, merged
from toolkit.glossary.exchange.files import Proposal, Written
from toolkit.glossary.exchange.selection import Selection
from toolkit.glossary.model import Kind
from toolkit.languages import Language, parse_language
from toolkit.text.tmx import ALL, TranslationUnit, read_tmx, write_tmx

_PARTS = (Part.FULL, Part.ACRONYM)
_ENTITY, _KIND, _PART, _USAGES = "x-entity", "x-kind", "x-part", "x-usages"


def write(concepts: Sequence[Concept], selection: Selection) -> Written:
    """Under a policy, the names of each entity that it wants; a unit of fewer than two languages is no pair."""
    units = [unit for concept in selection.of(concepts) for unit in _units(concept, selection)]
    out = io.BytesIO()
    write_tmx(units, out, version=__version__, source=selection.source.value if selection.source else ALL)
    return Written({"": out.getvalue()}, len(units))


def _units(concept: Concept, selection: Selection) -> Iterator[TranslationUnit]:
    wanted = selection.usage or selection.wanted(concept)
    usages = [wanted] if wanted else concept.usages
    for part in _PARTS:
        by_texts: dict[tuple[tuple[str, str], ...], list[str]] = {}
        for usage in usages:
            texts = tuple(
                (language.value, next(wording.text for wording in named))
                for language in selection.languages
                if (named := [one for one in concept.texts(language, part) if usage in one.usages])
            )
            by_texts.setdefault(texts, []).append(usage)
        for texts, names in by_texts.items():
            if len(texts) > 1:
                yield TranslationUnit(
                    dict(texts),
                    id=f"{concept.id}/{part}/{'+'.join(names)}",
                    note=concept.note,
                    properties=(
                        (_ENTITY, concept.id),
                        (_KIND, concept.kind.value if concept.kind else ""),
                        (_PART, part.value),
                        (_USAGES, " ".join(names)),
                    ),
                )


def read(content: bytes, selection: Selection) -> list[Proposal]:
    """A proposal a unit; languages other than the four, and than those selected, are passed over."""
    return [_proposal(unit, selection) for unit in read_tmx(io.BytesIO(content))]


def _proposal(unit: TranslationUnit, selection: Selection) -> Proposal:
    properties = dict(unit.properties)
    place = f"line {unit.line}"
    part = Part(properties[_PART]) if properties.get(_PART) in {part.value for part in _PARTS} else Part.FULL
    usages = tuple(sorted(properties.get(_USAGES, "").split()))
    wordings = []
    for tag, text in unit.texts.items():
        language = _language(tag)
        if language in selection.languages and text:
            wordings.append(Wording(language, text, usages, part))
    if len(wordings) < 2:
        return Proposal(Concept(), place, trouble="has no texts in two of the four languages")
    kind = Kind(properties[_KIND]) if properties.get(_KIND) in {kind.value for kind in Kind} else None
    concept = Concept(id=properties.get(_ENTITY, ""), kind=kind, wordings=merged(wordings), note=unit.note)
    return Proposal(concept, place, parts=_PART in properties)


def _language(tag: str) -> Language | None:
    try:
        return parse_language(tag)
    except UnknownLanguage:
        return None
