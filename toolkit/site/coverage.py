"""How complete the glossary is, by kind, language and state of review."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from toolkit.glossary.model import Entry, Review, Term
from toolkit.glossary.pack import LoadedPack
from toolkit.languages import Language


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """A kind of a pack, or the whole of it: entries, how many of them lack a name in a language, by state of review."""

    label: str
    entries: int
    contested: int
    lacking: dict[str, int]
    reviews: dict[str, int]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The table of a pack; `total` is over entries, `terms` over its contested terms."""

    id: str
    title: str
    version: str
    licence: str
    description: str
    rows: tuple[CoverageRow, ...]
    total: CoverageRow
    terms: CoverageRow


def coverage_of(pack: LoadedPack) -> Coverage:
    """Count a pack."""
    by_kind: Callable[[Entry], str] = lambda entry: entry.kind.value  # noqa: E731 - the same key twice
    kinds = groupby(sorted(pack.entries, key=by_kind), by_kind)
    terms = CoverageRow(
        "contested terms",
        len(pack.terms),
        0,
        {language.value: sum(term.in_language(language) is None for term in pack.terms) for language in Language},
        _reviews(pack.terms),
    )
    return Coverage(
        pack.pack.id,
        pack.pack.title,
        pack.pack.version,
        pack.pack.licence,
        pack.pack.description,
        tuple(_row(kind, list(entries)) for kind, entries in kinds),
        _row("all kinds", pack.entries),
        terms,
    )


def _row(label: str, entries: Sequence[Entry]) -> CoverageRow:
    return CoverageRow(
        label,
        len(entries),
        sum(entry.contested for entry in entries),
        {language.value: sum(_lacks(entry, language) for entry in entries) for language in Language},
        _reviews(entries),
    )


def _lacks(entry: Entry, language: Language) -> bool:
    """Whether a usage that has texts has none in this language."""
    return any(name.like is None and name.in_language(language) is None for name in entry.names)


def _reviews(items: Sequence[Entry] | Sequence[Term]) -> dict[str, int]:
    return {review.value: sum(item.review is review for item in items) for review in Review}
