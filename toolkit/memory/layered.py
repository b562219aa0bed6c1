"""A memory asked under a glossary that is laid over its own: nothing stored is compiled anew."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from toolkit.glossary.glossary import Glossary
from toolkit.languages import Language
from toolkit.memory.protocol import MemoryStats, Near, TranslationMemory
from toolkit.memory.sources import Entry
from toolkit.memory.store import side_template
from toolkit.memory.template import Template, make_template
from toolkit.mentions.resolve import analyse


class LayeredMemory:
    """Entries are found by the keys of `base`, and read under `glossary`."""

    def __init__(self, base: TranslationMemory, glossary: Glossary) -> None:
        self._base = base
        self._glossary = glossary
        self._read = lru_cache(maxsize=1024)(self._template)

    @property
    def glossary(self) -> Glossary:
        return self._glossary

    def __len__(self) -> int:
        return len(self._base)

    @property
    def signature(self) -> str:
        return self._base.signature

    def entry(self, number: int) -> Entry:
        return self._base.entry(number)

    def template(self, number: int, language: Language) -> Template | None:
        entry = self._base.entry(number)
        text = entry.sides.get(language)
        return self._read(text, language, entry.marked) if text else None

    def prepare(self, language: Language) -> None:
        self._base.prepare(language)

    def exact(self, template: Template) -> list[int]:
        return self._base.exact(self._below(template.text, template.language))

    def near(self, template: Template, cutoff: float, limit: int) -> Sequence[Near]:
        return self._base.near(self._below(template.text, template.language), cutoff, limit)

    def search(self, query: str, language: Language, *, limit: int = 10) -> list[tuple[float, Entry]]:
        return self._base.search(query, language, limit=limit)

    def stats(self) -> MemoryStats:
        return self._base.stats()

    def _template(self, text: str, language: Language, marked: bool) -> Template:
        return side_template(text, language, self._glossary, marked=marked)

    def _below(self, text: str, language: Language) -> Template:
        """The template that the text has under the memory's own glossary."""
        below = self._base.glossary
        return make_template(text, language, below, analyse(text, language, below).mentions)
