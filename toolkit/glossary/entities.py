"""What the pipeline needs to know of an entity besides its names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.glossary.model import Entry, Kind, Term
from toolkit.languages import Language


@dataclass(frozen=True, slots=True)
class Dated:
    """A usage under which an entity had its name between two dates (years, months or days)."""

    usage: str
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """An id and a kind, and how it is told from its homonyms."""

    id: str
    kind: Kind
    pack: str
    contested: bool = False
    needs_cue: bool = False
    cues: Mapping[Language, tuple[str, ...]] | None = None
    role: str = ""
    country: str | None = None
    usages: tuple[str, ...] = ()
    dated: tuple[Dated, ...] = ()
    """The names that have dates; the others of `usages` have none."""
    part_of: str | None = None
    instance_of: str | None = None
    heads: Mapping[Language, tuple[str, ...]] | None = None

    def cues_in(self, language: Language) -> tuple[str, ...]:
        return self.cues.get(language, ()) if self.cues else ()


@dataclass(frozen=True, slots=True)
class ContestedTerm:
    """The words of a contested term in one language and what may stand for them."""

    id: str
    topic: str
    language: Language
    words: tuple[str, ...]
    used_by: tuple[str, ...]
    neutral: str = ""
    note: str = ""


def entity_of(entry: Entry, pack: str) -> Entity:
    return Entity(
        entry.id,
        entry.kind,
        pack,
        entry.contested,
        entry.needs_cue,
        entry.cues or None,
        entry.role,
        entry.country,
        tuple(sorted(name.usage for name in entry.names)),
        tuple(Dated(name.usage, name.since, name.until) for name in entry.names if name.since or name.until),
        entry.part_of,
        entry.instance_of,
        entry.heads or None,
    )


def terms_of(term: Term) -> list[ContestedTerm]:
    found = []
    for language in Language:
        side = term.in_language(language)
        if side is not None:
            found.append(
                ContestedTerm(term.id, term.topic, language, side.words, term.used_by, side.neutral, term.note)
            )
    return found
