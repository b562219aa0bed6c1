"""What every memory answers, whatever keeps its sentences: the seeds, a store that grows, several at once, or one that
is read under another glossary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from toolkit.glossary.glossary import Glossary
from toolkit.languages import Language
from toolkit.memory.sources import Entry
from toolkit.memory.template import Template


class Near(NamedTuple):
    """How like the key of an entry is to another one (0 to 1), and the entry's number."""

    score: float
    entry: int


@dataclass(frozen=True, slots=True)
class MemoryStats:
    """How many entries there are, by topic, by language, and how many slots of each class (English side)."""

    entries: int
    topics: Mapping[str, int]
    languages: Mapping[str, int]
    slots: Mapping[str, int]


class TranslationMemory(Protocol):
    """Stored translations, found by the keys of their templates. Entries have numbers that stay as long as they do."""

    @property
    def glossary(self) -> Glossary:
        """Under which the stored sentences are read."""

    @property
    def signature(self) -> str:
        """What is stored, in one word: it changes with the content and with nothing else."""

    def __len__(self) -> int: ...

    def entry(self, number: int) -> Entry:
        """The entry of that number, as written."""

    def template(self, number: int, language: Language) -> Template | None:
        """The template of one side of an entry; None where it has no such side."""

    def prepare(self, language: Language) -> None:
        """Make the keys of a language now, so that no search has to wait for them."""

    def exact(self, template: Template) -> list[int]:
        """Entries whose side in the template's language has the same words, or the same key; the former first."""

    def near(self, template: Template, cutoff: float, limit: int) -> Sequence[Near]:
        """The entries with as many names, numbers, months and weekdays whose keys are likest, best first."""

    def search(self, query: str, language: Language, *, limit: int = 10) -> list[tuple[float, Entry]]:
        """The entries whose side in `language` is likest to a text or a part of one, best first."""

    def stats(self) -> MemoryStats: ...


def likest(key: str, keys: Sequence[str], entries: Sequence[int], cutoff: float, limit: int) -> list[Near]:
    """The entries whose keys are likest to `key` by the share of letters that both have in order, best first."""
    from rapidfuzz import process
    from rapidfuzz.distance import Indel

    found = process.extract(key, keys, scorer=Indel.normalized_similarity, score_cutoff=cutoff, limit=limit)
    return [Near(score, entries[index]) for _, score, index in found]
