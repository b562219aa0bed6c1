"""What is exported: which entities, in which languages, and whose names are preferred."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from toolkit.errors import BadOption
from toolkit.glossary.exchange.concepts import Concept, Wording
from toolkit.glossary.model import Kind, Policy, Term
from toolkit.glossary.policy import wanted_usage
from toolkit.languages import Language


@dataclass(frozen=True, slots=True)
class Selection:
    """Without a usage and a policy all usages are alike, and each keeps its own names in the other language."""

    source: Language | None = None
    target: Language | None = None
    usage: str | None = None
    policy: Policy | None = None
    kinds: frozenset[Kind] = frozenset()
    terms: tuple[Term, ...] = ()
    """The contested terms, for formats that have a place for them."""

    @property
    def pair(self) -> tuple[Language, Language]:
        """The two languages of a format of pairs. Raises BadOption where one is missing or both are the same."""
        if self.source is None or self.target is None or self.source is self.target:
            raise BadOption("this format pairs two languages", remedy="give both, --from en --to ru")
        return self.source, self.target

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages given, else all four."""
        given = {language for language in (self.source, self.target) if language is not None}
        return tuple(language for language in Language if not given or language in given)

    def of(self, concepts: Iterable[Concept]) -> list[Concept]:
        """The concepts of the wanted kinds that have the wanted usage."""
        return [
            concept
            for concept in concepts
            if (not self.kinds or concept.kind in self.kinds) and (self.usage is None or self.usage in concept.usages)
        ]

    def wanted(self, concept: Concept) -> str | None:
        """The usage that the policy wants of a concept; None where it leaves each mention its own."""
        if self.policy is None or concept.kind is None:
            return None
        usage = wanted_usage(self.policy, concept.id, concept.kind, concept.usages)
        return usage if usage in concept.usages else None

    def wordings(self, concept: Concept) -> Sequence[Wording]:
        """The wordings in the languages and of the usage that are wanted."""
        return [
            wording
            for wording in concept.wordings
            if wording.language in self.languages and (self.usage is None or self.usage in wording.usages)
        ]
