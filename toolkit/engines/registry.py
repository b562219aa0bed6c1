"""Which engines there are for a pair, and in what order `auto` asks them: the best published quality first.

Nothing is loaded before it translates, and what is loaded stays: engines are made once for each model and quality.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from toolkit.engines.argos import ArgosPackage, argos_engine, argos_packages
from toolkit.engines.argostranslate import ArgosTranslate, require
from toolkit.engines.ct2 import Quality
from toolkit.engines.deferred import DeferredEngine
from toolkit.engines.libretranslate import LibreTranslate
from toolkit.engines.llm import ChatModel
from toolkit.engines.models.installed import InstalledModel, installed_models
from toolkit.engines.models.manifest import MANIFEST, read_manifest
from toolkit.engines.multilingual import multilingual_engine
from toolkit.engines.outbound import Outbound, parse_endpoint
from toolkit.engines.pivot import PivotEngine
from toolkit.engines.protocol import Engine
from toolkit.engines.published import comet
from toolkit.errors import BadOption, ModelUnusable
from toolkit.languages import Language
from toolkit.settings import Settings

AUTO, MEMORY = "auto", "memory"
Finder = Callable[[Settings, Quality], Iterator[Engine]]


def parse_quality(text: str, where: str = "--quality") -> Quality:
    """Raises BadOption."""
    try:
        return Quality(text.strip().lower())
    except ValueError:
        known = ", ".join(Quality)
        raise BadOption(f"unknown quality {text[:20]!r}", where=where, remedy=f"use one of {known}") from None


def engines_for(
    source: Language, target: Language, settings: Settings, quality: Quality = Quality.NORMAL, name: str = AUTO
) -> list[Engine]:
    """The engines to ask for a pair, in order: none for `memory`, all that can for `auto`, else the named one.

    `name` is a kind ("argos"), or one engine's id, with or without its version ("argos:en-ru"), or a model's name.
    Raises BadOption for an unknown name, ModelUnusable where a named engine is not there for the pair.
    """
    if name == MEMORY or source is target:
        return []
    if name == AUTO:
        found = [engine for kind in _AUTOMATIC for engine in _of_pair(kind, source, target, settings, quality)]
        return sorted(found, key=lambda engine: (-comet(engine, source, target), engine.id))
    return [named(name, source, target, settings, quality)]


def named(name: str, source: Language, target: Language, settings: Settings, quality: Quality) -> Engine:
    """The engine of that name for the pair; of several the best. Raises BadOption or ModelUnusable."""
    kind, _, _ = name.partition(":")
    if kind not in _KINDS:
        kinds = [k for k in _AUTOMATIC if any(_is_named(e, name) for e in _KINDS[k](settings, quality))]
        if not kinds:
            known = ", ".join((AUTO, MEMORY, *sorted(_KINDS)))
            raise BadOption(
                f"unknown engine {name[:60]!r}", where="engine", remedy=f"use one of {known}, or an installed model"
            )
        kind = kinds[0]
    if kind in _SWITCHES:
        _switched_on(kind, settings)
    found = list(_of_pair(kind, source, target, settings, quality, name if name != kind else ""))
    if not found:
        raise ModelUnusable(
            f"{name} has no model from {source} to {target}", remedy="see `dragoman models list` for what can be had"
        )
    return min(found, key=lambda engine: (-comet(engine, source, target), engine.id))


def _of_pair(
    kind: str, source: Language, target: Language, settings: Settings, quality: Quality, name: str = ""
) -> Iterator[Engine]:
    """The engines of a kind that translate the pair directly; else those that do so through English."""
    engines = [e for e in _KINDS[kind](settings, quality) if not name or _is_named(e, name)]
    direct = [engine for engine in engines if engine.can(source, target)]
    yield from direct
    if not direct:
        for first in engines:
            for second in engines:
                pivot = PivotEngine(first, second)
                if pivot.can(source, target):
                    yield pivot


def _is_named(engine: Engine, name: str) -> bool:
    """Whether `name` is the engine's id, or the id without quality or version, or the name of its model."""
    identity = engine.id.partition("#")[0]
    unversioned = identity.rpartition("@")[0] or identity
    return name in {engine.id, identity, unversioned, identity.partition(":")[2], unversioned.partition(":")[2]}


def _firefox(settings: Settings, quality: Quality) -> Iterator[Engine]:
    for model in installed_models(settings):
        if model.engine == "firefox":
            yield _deferred(model.folder, _stamp(model.folder / MANIFEST), quality)


def _argos(settings: Settings, quality: Quality) -> Iterator[Engine]:
    for package in argos_packages((settings.models, settings.argos)):
        yield _argos_engine(package, _stamp(package.folder / "metadata.json"), quality)


def _multilingual(settings: Settings, quality: Quality) -> Iterator[Engine]:
    for model in installed_models(settings):
        if model.engine == "multilingual":
            yield _multilingual_engine(model.folder, _stamp(model.folder / MANIFEST), quality)


def _argostranslate(settings: Settings, quality: Quality) -> Iterator[Engine]:
    require()
    yield ArgosTranslate()


def _libretranslate(settings: Settings, quality: Quality) -> Iterator[Engine]:
    if settings.libretranslate_url:
        server = _server(settings.libretranslate_url, "DRAGOMAN_LIBRETRANSLATE_URL", settings)
        yield LibreTranslate(server, settings.libretranslate_key)


def _llm(settings: Settings, quality: Quality) -> Iterator[Engine]:
    if settings.llm_url:
        if not settings.llm_model:
            raise BadOption(
                "names no model", where="DRAGOMAN_LLM_MODEL", remedy="set it to a model that the server has"
            )
        yield ChatModel(_server(settings.llm_url, "DRAGOMAN_LLM_URL", settings), settings.llm_model, settings.llm_key)


_KINDS: Mapping[str, Finder] = {
    "argos": _argos,
    "argostranslate": _argostranslate,
    "firefox": _firefox,
    "libretranslate": _libretranslate,
    "llm": _llm,
    "multilingual": _multilingual,
}
_AUTOMATIC = tuple(kind for kind in _KINDS if kind != "argostranslate")
"""Argos Translate's own API is used only where it is named: `argos` runs the same packages."""
_SWITCHES = {"libretranslate": "DRAGOMAN_LIBRETRANSLATE_URL", "llm": "DRAGOMAN_LLM_URL"}


def _switched_on(kind: str, settings: Settings) -> None:
    if not {"libretranslate": settings.libretranslate_url, "llm": settings.llm_url}[kind]:
        raise BadOption(
            f"{kind} is off", where="engine", remedy=f"set {_SWITCHES[kind]} to the address of your own server"
        )


def _server(url: str, setting: str, settings: Settings) -> Outbound:
    hosts = frozenset(host.strip().lower() for host in settings.allowed_hosts.split(",") if host.strip())
    return Outbound(parse_endpoint(url, setting), hosts)


@lru_cache(maxsize=16)
def _argos_engine(package: ArgosPackage, stamp: int, quality: Quality) -> Engine:
    return argos_engine(package, quality)


@lru_cache(maxsize=16)
def _deferred(folder: Path, stamp: int, quality: Quality) -> Engine:
    model = InstalledModel(folder, read_manifest(folder))

    def load() -> Engine:
        from toolkit.engines.firefox_installed import firefox_engine

        return firefox_engine(model, quality.beam)

    return DeferredEngine(frozenset(model.directions), load)


@lru_cache(maxsize=12)
def _multilingual_engine(folder: Path, stamp: int, quality: Quality) -> Engine:
    return multilingual_engine(InstalledModel(folder, read_manifest(folder)), quality)


def _stamp(path: Path) -> int:
    """The time of a file, so that a model installed anew is loaded anew."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
