"""A glossary with entries put in the place of others: what it would be after a change, without compiling it anew."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

from toolkit.glossary.compile import compile_language
from toolkit.glossary.diff.items import PackEntry
from toolkit.glossary.entities import Entity, entity_of
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.names import NameTable
from toolkit.languages import Language


class AlteredGlossary(Glossary):
    """`base` without the entities in `without`, and with `entries`; only these are compiled.

    Two states of a glossary made this way from one base list the changed names in one order, so that they differ in
    nothing but the change.
    """

    def __init__(self, base: Glossary, without: Collection[str], entries: Iterable[PackEntry]) -> None:
        super().__init__()
        self._base = base
        self._without = frozenset(without)
        self._entries = sorted(entries, key=lambda own: own.entry.id)

    @cached_property
    def digests(self) -> Mapping[str, str]:
        return self._base.digests

    @cached_property
    def entities(self) -> Mapping[str, Entity]:
        kept = {entity: value for entity, value in self._base.entities.items() if entity not in self._without}
        return kept | {own.entry.id: entity_of(own.entry, own.pack) for own in self._entries}

    def table(self, language: Language) -> NameTable:
        if language not in self._tables:
            base = self._base.table(language)
            own = compile_language([own.entry for own in self._entries], language, base)
            kept = [name for name in base.names if name.entity not in self._without]
            self._tables[language] = NameTable(language, [*kept, *own.names], own.paradigms, own.features)
        return self._tables[language]
