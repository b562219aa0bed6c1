"""The memory that the verbs use: what a newsroom has stored itself, and the seeds."""

from __future__ import annotations

from toolkit.glossary.glossary import Glossary
from toolkit.memory.joined import JoinedMemory
from toolkit.memory.own.store import OwnMemory
from toolkit.memory.protocol import TranslationMemory
from toolkit.memory.store import Memory
from toolkit.settings import Settings


def load_memory(settings: Settings, glossary: Glossary, own: OwnMemory | None = None) -> TranslationMemory:
    """The newsroom's own memory (`own` where it is open already) before the seeds; these alone where it is empty.

    Raises MemoryBroken where either cannot be used.
    """
    seeds = Memory.load([settings.seeds], glossary, cache=settings.cache)
    own = own_memory(settings, glossary) if own is None else own
    return seeds if own is None or len(own) == 0 else JoinedMemory([own, seeds])


def own_memory(settings: Settings, glossary: Glossary) -> OwnMemory | None:
    """The newsroom's own memory; None where it has none yet, and none is made."""
    return OwnMemory(settings.memory, glossary) if settings.memory.exists() else None
