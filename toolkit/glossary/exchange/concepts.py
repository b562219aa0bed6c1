"""What an entry says, laid out flat: the common ground of all formats of exchange.

Formats group by concept, language and term; an entry groups by usage. A Wording is one text with all usages that have
it, so that `like` and equal spellings need no telling. A format that carries less gives back less: see `formats`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from toolkit.glossary.model import Entry, Kind, Name, NameText
from toolkit.languages import Language

GENDERS = ("feminine", "masculine", "neuter")
GRAMMAR = (
    "adjective",
    "agreement",
    "article",
    "declension",
    "demonym",
    "exonym",
    "genitive",
    "head",
    "plural",
    "reading",
)
"""The fields of a name that are grammar, in alphabetical order."""


class Part(StrEnum):
    """What a text is within a name; the variants are recognised and never written."""

    FULL = "full"
    VARIANT = "variant"
    ACRONYM = "acronym"
    ACRONYM_VARIANT = "acronym-variant"
    SHORT = "short"
    SHORT_VARIANT = "short-variant"

    @property
    def is_variant(self) -> bool:
        return self in (Part.VARIANT, Part.ACRONYM_VARIANT, Part.SHORT_VARIANT)


@dataclass(frozen=True, slots=True)
class Wording:
    """A text in one language, the usages that have it (alphabetical; none where a file does not say), its grammar."""

    language: Language
    text: str
    usages: tuple[str, ...] = ()
    part: Part = Part.FULL
    grammar: tuple[tuple[str, str], ...] = ()

    @property
    def gender(self) -> str:
        """The gender that words around it take, where known."""
        known = dict(self.grammar)
        return next((known[field] for field in ("agreement", "declension") if known.get(field) in GENDERS), "")


@dataclass(frozen=True, slots=True)
class Period:
    """When a usage had its names."""

    usage: str
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Concept:
    """An entity as the formats see it; a field is empty where the file does not say."""

    id: str = ""
    kind: Kind | None = None
    wordings: tuple[Wording, ...] = ()
    contested: bool = False
    note: str = ""
    role: str = ""
    sources: tuple[str, ...] = ()
    wikidata: str = ""
    country: str = ""
    part_of: str = ""
    instance_of: str = ""
    heads: tuple[tuple[Language, str], ...] = ()
    """Words by which a text speaks of a body in brief, in order of language."""
    position: tuple[float, float] | None = None
    periods: tuple[Period, ...] = ()
    needs_cue: bool = False
    """A rarer homonym: pairs of words leave the name to the commoner one. No format carries it."""

    @property
    def usages(self) -> tuple[str, ...]:
        return tuple(sorted({usage for wording in self.wordings for usage in wording.usages}))

    def texts(self, language: Language, part: Part) -> list[Wording]:
        return [wording for wording in self.wordings if wording.language is language and wording.part is part]


def concept_of(entry: Entry) -> Concept:
    """An entry, laid out flat."""
    by_usage = {name.usage: name for name in entry.names}
    wordings = [
        wording for name in entry.names for wording in _wordings(by_usage[name.like] if name.like else name, name.usage)
    ]
    return Concept(
        id=entry.id,
        kind=entry.kind,
        wordings=merged(wordings),
        contested=entry.contested,
        note=entry.note,
        role=entry.role,
        sources=entry.sources,
        wikidata=entry.wikidata or "",
        country=entry.country or "",
        part_of=entry.part_of or "",
        instance_of=entry.instance_of or "",
        heads=tuple((language, word) for language in Language for word in entry.heads.get(language, ())),
        position=entry.position,
        periods=tuple(
            Period(name.usage, name.since or "", name.until or "")
            for name in sorted(entry.names, key=lambda name: name.usage)
            if name.since or name.until
        ),
        needs_cue=entry.needs_cue,
    )


def _wordings(name: Name, usage: str) -> Iterator[Wording]:
    for language in Language:
        text = name.in_language(language)
        if text is None:
            continue
        for part, variant, inner in (
            (Part.FULL, Part.VARIANT, text),
            (Part.ACRONYM, Part.ACRONYM_VARIANT, text.acronym),
            (Part.SHORT, Part.SHORT_VARIANT, text.short),
        ):
            if inner is not None:
                yield Wording(language, inner.text, (usage,), part, grammar_of_text(inner))
                yield from (Wording(language, v.text, (usage,), variant, grammar_of_text(v)) for v in inner.variants)


def grammar_of_text(text: NameText) -> tuple[tuple[str, str], ...]:
    """The grammar that is given, as texts: a flag that is set is `true`."""
    values = ((field, getattr(text, field)) for field in GRAMMAR)
    return tuple((field, "true" if value is True else value) for field, value in values if value)


def merged(wordings: Iterable[Wording]) -> tuple[Wording, ...]:
    """Wordings that differ in nothing but usages as one each, in order of language, part, text and grammar."""
    usages: dict[Wording, set[str]] = {}
    for wording in wordings:
        usages.setdefault(replace(wording, usages=()), set()).update(wording.usages)
    parts = list(Part)
    found = [replace(wording, usages=tuple(sorted(names))) for wording, names in usages.items()]
    return tuple(sorted(found, key=lambda one: (one.language, parts.index(one.part), one.text, one.grammar)))
