"""A glossary with another pack laid over it: what the upper one names is its own, all else is as below."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from toolkit.glossary.compile import compile_language
from toolkit.glossary.entities import ContestedTerm, Entity, entity_of
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.model import Entry, Policy
from toolkit.glossary.names import CompiledName, NameTable
from toolkit.glossary.pack import LoadedPack
from toolkit.glossary.policy import wanted_usage
from toolkit.languages import Language
from toolkit.text.folding import fold_key


class LayeredGlossary(Glossary):
    """`base` with `pack` over it; made in a moment, since only the pack is compiled.

    In the languages of `hiding`, a text that the pack names is no name of the base any more; in the others it is none
    of another entity.
    """

    def __init__(self, base: Glossary, pack: LoadedPack, hiding: Iterable[Language]) -> None:
        super().__init__()
        self.base = base
        self._pack = pack
        self._hiding = frozenset(hiding)

    @cached_property
    def digests(self) -> Mapping[str, str]:
        return {**self.base.digests, self._pack.pack.id: self._pack.digest}

    @cached_property
    def packs(self) -> Sequence[LoadedPack]:
        return (*self.base.packs, self._pack)

    @cached_property
    def entities(self) -> Mapping[str, Entity]:
        own = {entry.id: entity_of(entry, self._pack.pack.id) for entry in self._pack.entries}
        return {**own, **self.base.entities}

    @property
    def terms(self) -> Sequence[ContestedTerm]:
        return self.base.terms

    def entry(self, entity_id: str) -> Entry:
        """The entry of the base, where it has one; else the pack's."""
        if entity_id in self.base.entities:
            return self.base.entry(entity_id)
        return next((entry for entry in self._pack.entries if entry.id == entity_id), None) or super().entry(entity_id)

    def over(self, policy: Policy, usage: str) -> Policy:
        """A policy under which the pack's names, all of one usage, come before what the policy wants for them."""
        kinds = [(entry.id, entry.kind) for entry in self._pack.entries]
        own = {entity: usage for entity, kind in kinds if wanted_usage(policy, entity, kind) is not None}
        return policy.model_copy(update={"entities": {**policy.entities, **own}}) if own else policy

    def table(self, language: Language) -> NameTable:
        if language not in self._tables:
            self._tables[language] = self._layered(language)
        return self._tables[language]

    def _layered(self, language: Language) -> NameTable:
        base = self.base.table(language)
        own = compile_language(self._pack.entries, language, base)
        owners = {fold_key(name.lexeme.text, language): name.entity for name in own.names}
        kept = [name for name in base.names if not self._is_hidden(name, owners, language)]
        return NameTable(language, [*own.names, *kept], own.paradigms, own.features)

    def _is_hidden(self, name: CompiledName, owners: Mapping[str, str], language: Language) -> bool:
        owner = owners.get(fold_key(name.lexeme.text, language)) if name.role.is_name else None
        return owner is not None and (language in self._hiding or owner != name.entity)
