"""What packs a glossary is made of: what their makers say of them, and how many entities each has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.glossary.glossary import Glossary


@dataclass(frozen=True, slots=True)
class PackSummary:
    """A pack in a few words; `kinds` counts its entities, in alphabetical order."""

    id: str
    title: str
    version: str
    digest: str
    licence: str
    description: str
    maintainers: list[str]
    entries: int
    contested: int
    kinds: Mapping[str, int]


def summaries(glossary: Glossary) -> list[PackSummary]:
    """The packs of a glossary in alphabetical order of their ids; the entries are not read anew."""
    found = []
    for pack in glossary.headers:
        entities = [entity for entity in glossary.entities.values() if entity.pack == pack.id]
        found.append(
            PackSummary(
                pack.id,
                pack.title,
                pack.version,
                glossary.digests[pack.id],
                pack.licence,
                pack.description,
                list(pack.maintainers),
                len(entities),
                sum(entity.contested for entity in entities),
                dict(sorted(Counter(entity.kind.value for entity in entities).items())),
            )
        )
    return found
