"""Uploaded entries laid over the server's packs; the last few are kept compiled."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from threading import Lock

from api.glossaries.entries import Pair
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.layered import LayeredGlossary
from toolkit.glossary.uploaded import uploaded_pack
from toolkit.languages import Language

_KEPT = 6


class Layers:
    """Layered glossaries by their content, so that a changed one is never taken for what it was."""

    def __init__(self, base: Glossary) -> None:
        self._base = base
        self._lock = Lock()
        self._made = lru_cache(maxsize=_KEPT)(self._make)

    def over(self, pairs: Sequence[Pair], source: Language, target: Language) -> LayeredGlossary:
        """The packs with `pairs` over them. Raises BadInput for a pair that can be no term."""
        with self._lock:  # compiled once, however many ask for it at the same time
            return self._made(tuple(pairs), source, target)

    def _make(self, pairs: tuple[Pair, ...], source: Language, target: Language) -> LayeredGlossary:
        made = LayeredGlossary(self._base, uploaded_pack(pairs, source, target, self._base), [source])
        for language in (source, target):
            made.table(language)
        return made
