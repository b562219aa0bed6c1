"""What a worker has loaded: the glossary, the memory, policies and engines, each made once when it is first needed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Any

from toolkit.batch.model import Task
from toolkit.engines.protocol import Engine
from toolkit.errors import BadInput
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.model import Policy
from toolkit.glossary.policy import load_policy
from toolkit.glossary.settle import settle
from toolkit.languages import Language, parse_language
from toolkit.memory.store import Memory
from toolkit.pipeline.obey.budget import parse_per_cent
from toolkit.settings import Settings, read_settings

_REMEDIES = {
    "date": "write 2020-10-03, 2020-10 or 2020",
    "from": "write az, en, hy or ru",
    "lang": "write az, en, hy or ru",
    "policy": "give an id, or the path of a YAML file",
    "to": "write az, en, hy or ru",
}
OWN = tuple(sorted([*_REMEDIES, "format"]))
"""What a row may say for itself; alphabetical."""


class Workshop:
    """One a process. Raises GlossaryBroken and its like where something cannot be loaded."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.settings: Settings = read_settings()
        self._written = lru_cache(maxsize=64)(lambda name: load_policy(name, self.settings.policies))
        self._settled = lru_cache(maxsize=64)(self._settle)
        self._engines: dict[tuple[Language, Language], list[Engine]] = {}

    @cached_property
    def glossary(self) -> Glossary:
        return Glossary.load(self.settings.glossaries, cache=self.settings.cache)

    @cached_property
    def memory(self) -> Memory:
        return Memory.load([self.settings.seeds], self.glossary, cache=self.settings.cache)

    def policy_as_written(self, row: Mapping[str, Any]) -> tuple[Policy, str | None]:
        """The policy of a row and its date. Raises UnknownPolicy, NotFound or GlossaryBroken."""
        name = own(row, "policy") or self.task.policy or self.settings.policy
        return self._written(name), own(row, "date") or self.task.date

    def policy(self, row: Mapping[str, Any]) -> Policy:
        """The same, settled for its date. Raises BadOption where it wants a date and there is none."""
        name = own(row, "policy") or self.task.policy or self.settings.policy
        written, date = self.policy_as_written(row)
        return self._settled(name, date if written.by_date else None)

    def _settle(self, name: str, date: str | None) -> Policy:
        """Kept for some dates only: an archive has thousands, and a settled policy lists every entity."""
        return settle(self._written(name), self.glossary, date)

    def source(self, row: Mapping[str, Any]) -> Language:
        """The language of a row's text, which is called `lang` where there is but one."""
        key = "from" if self.task.verb in ("check", "translate") else "lang"
        return parse_language(own(row, key) or own(row, "lang") or self.task.source or "", where=key)

    def targets(self, row: Mapping[str, Any]) -> list[Language]:
        named = own(row, "to")
        return [parse_language(code, where="to") for code in ([named] if named else self.task.targets)]

    @property
    def ask_again(self) -> float:
        """The budget for asking engines again. Raises BadOption."""
        return parse_per_cent(self.settings.ask_again, "DRAGOMAN_ASK_AGAIN")

    def engines(self, source: Language, target: Language) -> list[Engine]:
        """The engines for a pair, in order. Raises BadOption for an unknown name, ModelUnusable for a missing model."""
        from toolkit.engines.registry import engines_for, parse_quality

        if (source, target) not in self._engines:
            quality = parse_quality(self.task.quality or self.settings.quality)
            name = self.task.engine or self.settings.engine
            self._engines[source, target] = engines_for(source, target, self.settings, quality, name)
        return self._engines[source, target]


def own(row: Mapping[str, Any], key: str) -> str | None:
    """What a row says for itself. Raises BadInput where it is no string."""
    value = row.get(key)
    if value is None or isinstance(value, str):
        return value or None
    raise BadInput(f'"{key}" is no string', remedy=_REMEDIES.get(key, "write a string"))
