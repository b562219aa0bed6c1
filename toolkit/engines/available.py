"""The engines that are there for a pair, by the names under which they can be asked for."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.engines.ct2 import Quality
from toolkit.engines.finders import KINDS, Broken
from toolkit.engines.pivot import PivotEngine
from toolkit.engines.protocol import Engine
from toolkit.engines.registry import of_pair, ordered
from toolkit.errors import BadOption, ModelUnusable
from toolkit.languages import Language
from toolkit.settings import Settings


@dataclass(frozen=True, slots=True)
class Available:
    """An engine as `--engine` names it, and its kind. `through` is the language in the middle, where there is one."""

    name: str
    kind: str
    through: Language | None = None


def available(source: Language, target: Language, settings: Settings) -> list[Available]:
    """The engines for a pair by kind, in alphabetical order, and within a kind the best published first.

    Nothing is loaded. What is off, or is there but cannot be used, is left out: `engines_for` says why.
    """
    if source is target:
        return []
    return [one for kind in sorted(KINDS) for one in _of_kind(kind, source, target, settings)]


def _of_kind(kind: str, source: Language, target: Language, settings: Settings) -> list[Available]:
    """A kind by its own name where it has one engine for the pair, else each of them by the name of its model."""
    try:
        found = [one for one in KINDS[kind](settings, Quality.NORMAL) if not isinstance(one, Broken)]
    except (BadOption, ModelUnusable):  # switched on half, or without its library
        return []
    engines = ordered(of_pair(found, source, target), source, target)
    if len(engines) > 1 and not any(isinstance(engine, PivotEngine) for engine in engines):
        return [Available(_name(engine), kind) for engine in engines]
    return [Available(kind, kind, _middle(engine)) for engine in engines[:1]]


def _name(engine: Engine) -> str:
    """The engine's id without version and quality."""
    identity = engine.id.partition("#")[0]
    return identity.rpartition("@")[0] or identity


def _middle(engine: Engine) -> Language | None:
    return engine.middle if isinstance(engine, PivotEngine) else None
