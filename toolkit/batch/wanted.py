"""The signature that an item's output would have if it were made now; what an earlier run made is kept while it has it.

Worked out without loading anything: digests of packs, memory and policies, and the models that serve the item's pair.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from functools import cached_property, lru_cache
from typing import Any

from toolkit import __version__
from toolkit.batch.model import Item, Reading, Task
from toolkit.batch.workshop import OWN, Workshop
from toolkit.engines.argos import argos_packages
from toolkit.engines.models.installed import installed_models
from toolkit.engines.registry import MEMORY
from toolkit.errors import DragomanError
from toolkit.glossary.policy import as_decided
from toolkit.languages import Language
from toolkit.memory.sources import content_digest, memory_files


def reading_of(item: Item, stamp: bytes = b"") -> Reading:
    """What an item that is read tells about itself."""
    row = item.row or {}
    asked = {name: str(told) for name in OWN if (told := row.get(name)) is not None}
    return Reading(item.digest, json.dumps(asked) if asked else "", stamp)


class Wanted:
    """Keys of items for one task, as things are now. Signatures are worked out once for each policy, date and pair."""

    def __init__(self, task: Task, shop: Workshop | None = None) -> None:
        self._shop = shop or Workshop(task)
        self._task = task
        self._signed = lru_cache(maxsize=4096)(self._sign)
        self._models = lru_cache(maxsize=64)(self._find_models)
        told = {key: value for key, value in asdict(task).items() if key not in ("policy", "date", "maker", "expected")}
        self._base = json.dumps(told, sort_keys=True)

    def key(self, reading: Reading) -> bytes:
        """Equal for two runs just where the item and all that its output comes of are equal."""
        return hashlib.blake2b(self._signed(reading.asked) + reading.digest.encode(), digest_size=16).digest()

    def _sign(self, asked: str) -> bytes:
        return hashlib.blake2b(self.signature(json.loads(asked or "{}")).encode()).digest()

    def signature(self, row: Mapping[str, Any] | None = None) -> str:
        """What an output comes of besides its item. What a row asks for and cannot have is said to be missing."""
        row = row or {}
        parts = [f"dragoman:{__version__}", self._shop.glossary.signature, self._policy(row)]
        if self._task.verb == "translate":
            parts.append(f"memory:{self._memory[:16]}")
            parts += [f"engine:{name}" for name in self._engines(row)]
        return "|".join([*parts, self._base])

    @property
    def compiled(self) -> bool:
        """Whether the names of the task's languages are in the cache, so that a worker only reads them."""
        languages = [Language(code) for code in (self._task.source, *self._task.targets) if code]
        return bool(languages) and self._shop.glossary.is_compiled(languages)

    @cached_property
    def _memory(self) -> str:
        return content_digest(memory_files([self._shop.settings.seeds]))

    def _policy(self, row: Mapping[str, Any]) -> str:
        try:
            policy, date = self._shop.policy_as_written(row)
        except DragomanError:
            return "policy:missing"
        return f"policy:{policy.id}@{_digest(as_decided(policy))}@{date if policy.by_date else None}"

    def _engines(self, row: Mapping[str, Any]) -> list[str]:
        """The models that serve the pairs, directly or through English, and what else decides about drafts."""
        settings = self._shop.settings
        name = self._task.engine or settings.engine
        if name == MEMORY:
            return [name]
        try:
            source, targets = self._shop.source(row), self._shop.targets(row)
        except DragomanError:
            return ["missing"]
        servers = [settings.libretranslate_url, settings.llm_url, settings.llm_model]
        found = [model for target in targets for model in self._models(source, target)]
        return [name, self._task.quality or settings.quality, *dict.fromkeys(found), *filter(None, servers)]

    def _find_models(self, source: Language, target: Language) -> list[str]:
        """What is installed for a pair, directly or through English, with digests of the descriptions."""
        settings = self._shop.settings
        legs = {(source, target), (source, Language.EN), (Language.EN, target)}
        models = [
            f"{model.name}@{_digest(model.manifest.model_dump_json())}"
            for model in installed_models(settings)
            if legs.intersection(model.directions)
        ]
        packages = [
            f"{package.name}@{_digest((package.folder / 'metadata.json').read_text('utf-8'))}"
            for package in argos_packages((settings.models, settings.argos))[0]
            if package.pair in legs
        ]
        return sorted(models + packages)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
