"""Pairs of words that a client uploads as entries of a pack: lemmas that inflect like the names of any pack.

A term that a pack already names keeps its entity and grammar and gets one more usage; any other is an entity by itself.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import fields

from pydantic import ValidationError

from toolkit.errors import BadInput
from toolkit.glossary.entities import Entity
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.model import Entry, Kind, Name, NameText, Pack
from toolkit.glossary.names import CompiledName
from toolkit.glossary.pack import LoadedPack
from toolkit.languages import Language
from toolkit.text.folding import fold_key

USAGE = "uploaded"
_SETTLED = frozenset({Kind.CITY, Kind.COUNTRY, Kind.TOWN, Kind.VILLAGE})
_GRAMMAR = frozenset(NameText.model_fields)


def uploaded_pack(pairs: Sequence[tuple[str, str]], source: Language, target: Language, base: Glossary) -> LoadedPack:
    """A pack of `pairs` (source text, target text); of two with one source text the first counts.

    Raises BadInput for a text that can be no name.
    """
    known = {language: _by_text(base, language) for language in (source, target)}
    entries: dict[str, Entry] = {}
    seen: set[str] = set()
    for number, (term, translation) in enumerate(pairs, 1):
        key = fold_key(term, source)
        if key in seen:
            continue
        seen.add(key)
        named = known[source].get(key, [])
        alike = known[target].get(fold_key(translation, target), [])
        owners = sorted({name.entity for name in named}, key=lambda owner: _rank(base.entity(owner)))
        entity = next((owner for owner in owners if owner not in entries), f"{USAGE}-{number}")
        entries[entity] = _entry(
            entity,
            base.entity(owners[0] if owners else alike[0].entity).kind if owners or alike else Kind.OTHER,
            {source: _text(term, named), target: _text(translation, alike)},
            number,
        )
    digest = hashlib.sha256(json.dumps([source, target, *pairs]).encode()).hexdigest()
    pack = Pack(id=USAGE, title="Uploaded", version="1.0.0", licence="not stated")
    return LoadedPack(pack, tuple(entries[entity] for entity in sorted(entries)), (), digest)


def _rank(entity: Entity) -> tuple[bool, bool, str]:
    """Which of several entities a bare name means: one that needs no cue, and a town before the region around it."""
    return entity.needs_cue, entity.kind not in _SETTLED, entity.id


def _by_text(base: Glossary, language: Language) -> dict[str, list[CompiledName]]:
    found: dict[str, list[CompiledName]] = {}
    for name in base.table(language).names:
        if name.role.is_name:
            found.setdefault(fold_key(name.lexeme.text, language), []).append(name)
    return found


def _text(text: str, known: Sequence[CompiledName]) -> dict[str, object]:
    """A name with the grammar that the packs give to the same text."""
    grammar: dict[str, object] = {}
    if known:
        lexeme = known[0].lexeme
        grammar = {f.name: getattr(lexeme, f.name) for f in fields(lexeme) if f.name in _GRAMMAR}
    return grammar | {"text": text}


def _entry(entity: str, kind: Kind, texts: dict[Language, dict[str, object]], number: int) -> Entry:
    try:
        name = Name.model_validate({"usage": USAGE} | {language.value: text for language, text in texts.items()})
    except ValidationError as error:
        reason = error.errors()[0]["msg"]
        raise BadInput(f"entry {number} can be no term: {reason}", remedy="correct or remove it") from None
    return Entry(id=entity, kind=kind, names=(name,))
