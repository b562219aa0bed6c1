"""How large and how complete packs are, in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from pydantic import BaseModel, ConfigDict

from toolkit.glossary.model import Entry
from toolkit.glossary.pack import LoadedPack
from toolkit.languages import Language


class LanguageStats(BaseModel):
    """How many of the names that need a text in a language have one; a name that is `like` another needs none."""

    model_config = ConfigDict(frozen=True)

    texts: int
    missing: int
    variants: int


class PackStats(BaseModel):
    """The numbers of one pack; every mapping is in alphabetical order."""

    model_config = ConfigDict(frozen=True)

    id: str
    version: str
    digest: str
    entries: int
    terms: int
    names: int
    contested: int
    kinds: dict[str, int]
    languages: dict[str, LanguageStats]
    usages: dict[str, int]
    """Entries that have a name of this usage."""
    reviews: dict[str, int]
    """Entries and terms by state of review."""


class GlossaryStats(BaseModel):
    """The numbers of all packs, in alphabetical order of their ids."""

    model_config = ConfigDict(frozen=True)

    packs: tuple[PackStats, ...]

    @property
    def entries(self) -> int:
        return sum(pack.entries for pack in self.packs)

    @property
    def terms(self) -> int:
        return sum(pack.terms for pack in self.packs)


def glossary_stats(packs: Iterable[LoadedPack]) -> GlossaryStats:
    """Count what the packs hold."""
    return GlossaryStats(packs=tuple(pack_stats(pack) for pack in sorted(packs, key=lambda pack: pack.pack.id)))


def pack_stats(loaded: LoadedPack) -> PackStats:
    """Count what one pack holds."""
    entries = loaded.entries
    reviews = [*(entry.review for entry in entries), *(term.review for term in loaded.terms)]
    return PackStats(
        id=loaded.pack.id,
        version=loaded.pack.version,
        digest=loaded.digest,
        entries=len(entries),
        terms=len(loaded.terms),
        names=sum(len(entry.names) for entry in entries),
        contested=sum(entry.contested for entry in entries),
        kinds=_count(entry.kind.value for entry in entries),
        languages={language.value: _language_stats(entries, language) for language in Language},
        usages=_count(name.usage for entry in entries for name in entry.names),
        reviews=_count(review.value for review in reviews),
    )


def _count(words: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(words).items()))


def _language_stats(entries: Sequence[Entry], language: Language) -> LanguageStats:
    texts = missing = variants = 0
    for entry in entries:
        for name in entry.names:
            text = name.in_language(language)
            if text is not None:
                texts += 1
                variants += len(text.variants)
            elif name.like is None:
                missing += 1
    return LanguageStats(texts=texts, missing=missing, variants=variants)
