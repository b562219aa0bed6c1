"""One language of the compiled glossary: its names, found by stem and inflected by features."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from toolkit.glossary.paradigms import Paradigm, Stem
from toolkit.languages import Language
from toolkit.morphology.base import Features, Form, Lexeme
from toolkit.text.folding import fold_key


class Role(StrEnum):
    """Which of an entity's texts a compiled name is."""

    FULL = "full"
    ACRONYM = "acronym"
    SHORT = "short"
    VARIANT = "variant"
    NEAR = "near"
    """A look-alike that is something else; it has no usage."""
    FREQUENT = "frequent"
    """A look-alike of everyday speech."""

    @property
    def is_name(self) -> bool:
        """Whether a text in this role names the entity."""
        return self not in (Role.NEAR, Role.FREQUENT)


@dataclass(frozen=True, slots=True)
class CompiledName:
    """A text of an entity in one language, with all usages that write it so (alphabetical)."""

    entity: str
    usages: tuple[str, ...]
    role: Role
    lexeme: Lexeme
    stems: tuple[Stem, ...]


class NameTable:
    """All names of one language. `patterns` are folded stems; each leads to (name, stem) index pairs."""

    def __init__(
        self,
        language: Language,
        names: Sequence[CompiledName],
        paradigms: Sequence[Paradigm],
        features: Sequence[Features],
    ) -> None:
        self.language = language
        self.names = names
        self.paradigms = paradigms
        self.features = features

    @cached_property
    def patterns(self) -> dict[str, list[tuple[CompiledName, Stem]]]:
        found: dict[str, list[tuple[CompiledName, Stem]]] = {}
        for name in self.names:
            for stem in name.stems:
                found.setdefault(fold_key(stem.text, self.language), []).append((name, stem))
        return found

    @cached_property
    def _by_entity(self) -> dict[str, list[CompiledName]]:
        found: dict[str, list[CompiledName]] = {}
        for name in self.names:
            found.setdefault(name.entity, []).append(name)
        return found

    @cached_property
    def _feature_index(self) -> dict[Features, int]:
        return {features: index for index, features in enumerate(self.features)}

    def of_entity(self, entity: str) -> Sequence[CompiledName]:
        """Every name of an entity, in the order of its entry."""
        return self._by_entity.get(entity, ())

    def find(self, entity: str, usage: str, role: Role = Role.FULL) -> CompiledName | None:
        """The name an entity has under a usage; its full name where it has none in the wanted role."""
        full = None
        for name in self.of_entity(entity):
            if usage in name.usages:
                if name.role is role:
                    return name
                if name.role is Role.FULL:
                    full = name
        return full

    def forms(self, name: CompiledName, features: Features) -> list[Form]:
        """All forms of a name with these features, preferred ones first; none where it has no such form.

        A possessive (Շուշիս, "my Shushi") is never preferred, since a text that has it more likely means another
        name (Գորիս is hardly "my Gori"); where it is asked for, its first form is the one to write.
        """
        index = self._feature_index.get(features)
        if index is None:
            return []
        found = [
            Form(stem.text + ending, features, preferred)
            for stem in name.stems
            if stem.part is features.part
            for ending, preferred in self.paradigms[stem.paradigm].texts(index)
        ]
        if features.possessor and found and not any(form.preferred for form in found):
            found[0] = replace(found[0], preferred=True)
        return found
