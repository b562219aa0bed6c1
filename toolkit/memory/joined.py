"""Several memories as one: the seeds and what a newsroom has stored itself.

The first of them comes first where two have the same sentence. An entry's number tells its memory by the remainder,
so that numbers stay when any of them grows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from heapq import nsmallest

from toolkit.glossary.glossary import Glossary
from toolkit.languages import Language
from toolkit.memory.protocol import MemoryStats, Near, TranslationMemory
from toolkit.memory.sources import Entry
from toolkit.memory.template import Template


class JoinedMemory:
    """Asks all of its memories, which have one glossary."""

    def __init__(self, parts: Sequence[TranslationMemory]) -> None:
        self._parts = tuple(parts)

    @property
    def glossary(self) -> Glossary:
        return self._parts[0].glossary

    @property
    def signature(self) -> str:
        return "+".join(part.signature for part in self._parts)

    def __len__(self) -> int:
        return sum(len(part) for part in self._parts)

    def entry(self, number: int) -> Entry:
        part, own = self._part(number)
        return part.entry(own)

    def template(self, number: int, language: Language) -> Template | None:
        part, own = self._part(number)
        return part.template(own, language)

    def prepare(self, language: Language) -> None:
        for part in self._parts:
            part.prepare(language)

    def exact(self, template: Template) -> list[int]:
        return [self._number(i, own) for i, part in enumerate(self._parts) for own in part.exact(template)]

    def near(self, template: Template, cutoff: float, limit: int) -> Sequence[Near]:
        found = [
            Near(score, self._number(i, own))
            for i, part in enumerate(self._parts)
            for score, own in part.near(template, cutoff, limit)
        ]
        return nsmallest(limit, found, key=lambda near: -near.score)

    def search(self, query: str, language: Language, *, limit: int = 10) -> list[tuple[float, Entry]]:
        found = [row for part in self._parts for row in part.search(query, language, limit=limit)]
        return nsmallest(limit, found, key=lambda row: -row[0])

    def stats(self) -> MemoryStats:
        counted = [part.stats() for part in self._parts]
        topics, languages, slots = Counter[str](), Counter[str](), Counter[str]()
        for one in counted:
            topics.update(one.topics)
            languages.update(one.languages)
            slots.update(one.slots)
        return MemoryStats(
            sum(one.entries for one in counted),
            dict(sorted(topics.items())),
            dict(languages),
            dict(sorted(slots.items())),
        )

    def _part(self, number: int) -> tuple[TranslationMemory, int]:
        own, part = divmod(number, len(self._parts))
        return self._parts[part], own

    def _number(self, part: int, own: int) -> int:
        return own * len(self._parts) + part
