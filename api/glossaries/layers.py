"""Uploaded entries laid over the server's packs; the last few are kept compiled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

from api.glossaries.entries import Pair
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.layered import LayeredGlossary
from toolkit.glossary.uploaded import uploaded_pack
from toolkit.languages import Language
from toolkit.memory.layered import LayeredMemory
from toolkit.memory.protocol import TranslationMemory

_KEPT = 6


@dataclass(frozen=True, slots=True)
class Layer:
    """The packs with uploaded terms over them, and the memory read under these."""

    glossary: LayeredGlossary
    memory: LayeredMemory


class Layers:
    """Layers by their content, so that a changed glossary or memory is never taken for what it was."""

    def __init__(self, glossary: Glossary, memory: Callable[[], TranslationMemory]) -> None:
        self._glossary = glossary
        self._memory_now = memory
        self._memory = memory()
        self._lock = Lock()
        self._made = lru_cache(maxsize=_KEPT)(self._make)

    def over(self, pairs: Sequence[Pair], source: Language, target: Language) -> Layer:
        """The layer of `pairs`. Raises BadInput for a pair that can be no term."""
        with self._lock:  # compiled once, however many ask for it at the same time
            memory = self._memory_now()
            if memory is not self._memory:
                self._memory = memory
                self._made.cache_clear()
            return self._made(tuple(pairs), source, target)

    def _make(self, pairs: tuple[Pair, ...], source: Language, target: Language) -> Layer:
        made = LayeredGlossary(self._glossary, uploaded_pack(pairs, source, target, self._glossary), [source])
        for language in (source, target):
            made.table(language)
        return Layer(made, LayeredMemory(self._memory, made))
