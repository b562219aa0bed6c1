"""A memory asked under a glossary that is laid over its own: nothing stored is compiled anew."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from toolkit.glossary.glossary import Glossary
from toolkit.languages import Language
from toolkit.memory.sources import Entry
from toolkit.memory.store import Key, Memory
from toolkit.memory.template import Template, make_template
from toolkit.mentions.resolve import analyse


class LayeredMemory(Memory):
    """Entries are found by the keys of `base`, and read under `glossary`."""

    def __init__(self, base: Memory, glossary: Glossary) -> None:
        self._base = base
        self.glossary = glossary
        self.template = lru_cache(maxsize=1024)(self._template)

    def __len__(self) -> int:
        return len(self._base)

    @property
    def signature(self) -> str:
        return self._base.signature

    def entry(self, number: int) -> Entry:
        return self._base.entry(number)

    def exact(self, template: Template) -> list[int]:
        return self._base.exact(self._below(template.text, template.language))

    def near_keys(self, template: Template) -> Sequence[Key]:
        return self._base.near_keys(self._below(template.text, template.language))

    def _below(self, text: str, language: Language) -> Template:
        """The template that the text has under the memory's own glossary."""
        below = self._base.glossary
        return make_template(text, language, below, analyse(text, language, below).mentions)
