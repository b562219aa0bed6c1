"""Which engines serve a pair, and in what order `auto` asks them: the best published quality first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from toolkit.engines.ct2 import Quality
from toolkit.engines.finders import AUTOMATIC, KINDS, Broken, Found, undescribed
from toolkit.engines.guarded import Attempts, GuardedEngine, Tell, UnusableEngine
from toolkit.engines.pivot import PivotEngine
from toolkit.engines.protocol import Engine
from toolkit.engines.published import comet
from toolkit.errors import BadOption, ModelUnusable
from toolkit.languages import Language
from toolkit.settings import Settings

AUTO, MEMORY = "auto", "memory"
_SWITCHES = {"libretranslate": "DRAGOMAN_LIBRETRANSLATE_URL", "llm": "DRAGOMAN_LLM_URL"}


def parse_quality(text: str, where: str = "--quality") -> Quality:
    """Raises BadOption."""
    try:
        return Quality(text.strip().lower())
    except ValueError:
        known = ", ".join(Quality)
        raise BadOption(f"unknown quality {text[:20]!r}", where=where, remedy=f"use one of {known}") from None


def engines_for(
    source: Language,
    target: Language,
    settings: Settings,
    quality: Quality = Quality.NORMAL,
    name: str = AUTO,
    tell: Tell | None = None,
) -> list[Engine]:
    """The engines to ask for a pair, in order: none for `memory`, all that can for `auto`, else the named one.

    `name` is a kind ("argos"), or one engine's id, with or without its version ("argos:en-ru"), or a model's name.
    `tell` hears of every model that is there for the pair and cannot be used (without it, the log does).
    Raises BadOption for an unknown name, ModelUnusable where a named engine is not there for the pair. Where `auto`
    finds only broken models, the engine it gives raises ModelUnusable once it is to translate.
    """
    if name == MEMORY or source is target:
        return []
    if name == AUTO:
        return _automatic(source, target, settings, quality, tell or _log)
    return [named(name, source, target, settings, quality, tell)]


def named(
    name: str, source: Language, target: Language, settings: Settings, quality: Quality, tell: Tell | None = None
) -> Engine:
    """The engine of that name for the pair; of several the best. Raises BadOption or ModelUnusable."""
    kind = name.partition(":")[0]
    if kind in _SWITCHES:
        _switched_on(kind, settings)
    found = list(KINDS[kind](settings, quality)) if kind in KINDS else _all(settings, quality)
    broken = [*_broken(found), *undescribed(settings)]
    if name != kind or kind not in KINDS:
        found = [one for one in _engines(found) if _is_named(one, name)]
        broken = [one for one in broken if name in {one.name, f"{one.kind}:{one.name}"}]
        if not found and not broken and kind not in KINDS:
            known = ", ".join((AUTO, MEMORY, *sorted(KINDS)))
            raise BadOption(
                f"unknown engine {name[:60]!r}", where="engine", remedy=f"use one of {known}, or an installed model"
            )
    engines = of_pair(_engines(found), source, target)
    if not engines:
        concerning = _concerning(broken, source, target, direct=False)
        _tell_all(concerning[1:], tell or _log)
        if concerning:
            raise concerning[0].error
        raise ModelUnusable(
            f"{name} has no model from {source} to {target}", remedy="see `dragoman models list` for what can be had"
        )
    _tell_all(_concerning(broken, source, target, direct=True), tell or _log)
    return ordered(engines, source, target)[0]


def _automatic(source: Language, target: Language, settings: Settings, quality: Quality, tell: Tell) -> list[Engine]:
    """All engines for the pair, the best first; what cannot be used is told."""
    engines: list[Engine] = []
    there: list[Engine] = []
    broken = list(undescribed(settings))
    for kind in AUTOMATIC:
        found = list(KINDS[kind](settings, quality))
        there += _engines(found)
        engines += of_pair(_engines(found), source, target)
        broken += _broken(found)
    direct = any(not isinstance(engine, PivotEngine) for engine in engines)
    if not direct:
        engines += _mixed_pivot(there, engines, source, target)
    concerning = _concerning(broken, source, target, direct=direct)
    if not engines and concerning:
        _tell_all(concerning[1:], tell)
        return [UnusableEngine(concerning[0].error)]
    _tell_all(concerning, tell)
    attempts = Attempts(len(engines), tell)
    return [GuardedEngine(engine, attempts) for engine in ordered(engines, source, target)]


def _all(settings: Settings, quality: Quality) -> list[Found]:
    return [found for kind in AUTOMATIC for found in KINDS[kind](settings, quality)]


def _engines(found: Iterable[Found]) -> list[Engine]:
    return [one for one in found if not isinstance(one, Broken)]


def _broken(found: Iterable[Found]) -> list[Broken]:
    return [one for one in found if isinstance(one, Broken)]


def _concerning(broken: Iterable[Broken], source: Language, target: Language, *, direct: bool) -> list[Broken]:
    """Those that may be for the pair, or, where nothing translates it directly, for a half of it through English."""
    wanted = {(source, target)} if direct else {(source, target), (source, Language.EN), (Language.EN, target)}
    return [one for one in broken if one.directions is None or wanted & set(one.directions)]


def _tell_all(broken: Iterable[Broken], tell: Tell) -> None:
    for one in broken:
        tell(one.error)


def ordered(engines: Iterable[Engine], source: Language, target: Language) -> list[Engine]:
    """The best published quality for the pair first."""
    return sorted(engines, key=lambda engine: (-comet(engine, source, target), engine.id))


def of_pair(engines: list[Engine], source: Language, target: Language) -> list[Engine]:
    """Those of a kind that translate the pair directly; else pairs of them that do so through English."""
    direct = [engine for engine in engines if engine.can(source, target)]
    pivots = (PivotEngine(first, second) for first in engines for second in engines)
    return direct or [pivot for pivot in pivots if pivot.can(source, target)]


def _mixed_pivot(there: Sequence[Engine], known: Sequence[Engine], source: Language, target: Language) -> list[Engine]:
    """The best engine into English and the best one out of it, whatever their kinds, if they are no pivot yet."""
    into = ordered((one for one in there if one.can(source, Language.EN)), source, Language.EN)
    out = ordered((one for one in there if one.can(Language.EN, target)), Language.EN, target)
    pivots = [PivotEngine(first, second) for first in into[:1] for second in out[:1]]
    ids = {engine.id for engine in known}
    return [pivot for pivot in pivots if pivot.can(source, target) and pivot.id not in ids]


def _is_named(engine: Engine, name: str) -> bool:
    """Whether `name` is the engine's id, or the id without quality or version, or the name of its model."""
    identity = engine.id.partition("#")[0]
    unversioned = identity.rpartition("@")[0] or identity
    short = {full.partition(":")[2] for full in (identity, unversioned)}
    return name in {engine.id, identity, unversioned, unversioned.replace(":", "-", 1)} | short


def _switched_on(kind: str, settings: Settings) -> None:
    if not {"libretranslate": settings.libretranslate_url, "llm": settings.llm_url}[kind]:
        raise BadOption(
            f"{kind} is off", where="engine", remedy=f"set {_SWITCHES[kind]} to the address of your own server"
        )


def _log(error: ModelUnusable) -> None:
    """Where nobody else is told: once, in the log."""
    if (line := str(error)) not in _LOGGED:
        import logging

        _LOGGED.add(line)
        logging.getLogger("dragoman").warning("a model is left aside: %s", line)


_LOGGED: set[str] = set()
