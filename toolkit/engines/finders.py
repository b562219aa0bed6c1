"""The engines of each kind that are there, and what is there but cannot be used.

Nothing is loaded before it translates, and what is loaded stays: engines are made once for each model and quality.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from toolkit.engines.argos import ArgosPackage, argos_engine, argos_packages
from toolkit.engines.argostranslate import ArgosTranslate, require
from toolkit.engines.ct2 import Quality
from toolkit.engines.deferred import DeferredEngine
from toolkit.engines.firefox.engine import FirefoxEngine, engine_id
from toolkit.engines.libretranslate import LibreTranslate
from toolkit.engines.llm import ChatModel
from toolkit.engines.models.installed import InstalledModel, scan
from toolkit.engines.models.manifest import MANIFEST, Direction
from toolkit.engines.models.unpacked import is_unpacked
from toolkit.engines.multilingual import multilingual_engine
from toolkit.engines.outbound import Outbound, parse_endpoint
from toolkit.engines.protocol import Engine
from toolkit.errors import BadOption, ModelUnusable
from toolkit.settings import Settings


@dataclass(frozen=True, slots=True)
class Broken:
    """A model that is there and cannot be used."""

    error: ModelUnusable
    name: str
    """Of its folder."""
    kind: str = ""
    """Its engine, where that is known."""
    directions: tuple[Direction, ...] | None = None
    """None where they are not known: it may be for any."""


Found = Engine | Broken
Finder = Callable[[Settings, Quality], Iterator[Found]]


def undescribed(settings: Settings) -> Iterator[Broken]:
    """Folders of models that do not say what they are. A package as Argos Translate unpacks it does so in its own way.

    Folders without any file are nothing yet.
    """
    for name, found in scan(settings.models):
        folder = settings.models / name
        if (
            isinstance(found, ModelUnusable)
            and not is_unpacked(folder)
            and any(path.is_file() for path in folder.rglob("*"))
        ):
            yield Broken(found, name)


def _installed(settings: Settings, kind: str, make: Callable[[InstalledModel], Engine]) -> Iterator[Found]:
    """The engines of the installed models of a kind; nothing is loaded."""
    for _, model in scan(settings.models):
        if isinstance(model, InstalledModel) and model.engine == kind:
            try:
                model.check_sizes()
                yield make(model)
            except ModelUnusable as error:
                yield Broken(error, model.name, kind, model.directions)


def _firefox(settings: Settings, quality: Quality) -> Iterator[Found]:
    yield from _installed(settings, "firefox", lambda model: _deferred(model.folder, _stamp(model), quality))


def _multilingual(settings: Settings, quality: Quality) -> Iterator[Found]:
    yield from _installed(settings, "multilingual", lambda model: _many(model.folder, _stamp(model), quality))


def _argos(settings: Settings, quality: Quality) -> Iterator[Found]:
    """Packages of both folders; those that `models install` brought are looked at more closely."""
    spoilt: set[Path] = set()
    for name, model in scan(settings.models):
        if isinstance(model, InstalledModel) and model.engine == "argos":
            try:
                model.check_sizes()
            except ModelUnusable as error:
                spoilt.add(model.folder)
                yield Broken(error, name, "argos", model.directions)
    packages, errors = argos_packages((settings.models, settings.argos), spoilt)
    for folder, reason in errors:
        yield Broken(reason, folder.name, "argos")
    for package in packages:
        yield _package(package, _time(package.folder / "metadata.json"), quality)


def _argostranslate(settings: Settings, quality: Quality) -> Iterator[Found]:
    require()
    yield ArgosTranslate()


def _libretranslate(settings: Settings, quality: Quality) -> Iterator[Found]:
    if settings.libretranslate_url:
        server = _server(settings.libretranslate_url, "DRAGOMAN_LIBRETRANSLATE_URL", settings)
        yield LibreTranslate(server, settings.libretranslate_key)


def _llm(settings: Settings, quality: Quality) -> Iterator[Found]:
    if settings.llm_url:
        if not settings.llm_model:
            raise BadOption(
                "names no model", where="DRAGOMAN_LLM_MODEL", remedy="set it to a model that the server has"
            )
        yield ChatModel(_server(settings.llm_url, "DRAGOMAN_LLM_URL", settings), settings.llm_model, settings.llm_key)


KINDS: Mapping[str, Finder] = {
    "argos": _argos,
    "argostranslate": _argostranslate,
    "firefox": _firefox,
    "libretranslate": _libretranslate,
    "llm": _llm,
    "multilingual": _multilingual,
}
AUTOMATIC = tuple(kind for kind in KINDS if kind != "argostranslate")
"""Argos Translate's own API is used only where it is named: `argos` runs the same packages."""


def _server(url: str, setting: str, settings: Settings) -> Outbound:
    hosts = frozenset(host.strip().lower() for host in settings.allowed_hosts.split(",") if host.strip())
    return Outbound(parse_endpoint(url, setting), hosts)


@lru_cache(maxsize=16)
def _package(package: ArgosPackage, stamp: int, quality: Quality) -> Engine:
    return argos_engine(package, quality)


@lru_cache(maxsize=16)
def _deferred(folder: Path, stamp: int, quality: Quality) -> Engine:
    model = InstalledModel.at(folder)
    return DeferredEngine(
        engine_id(model, quality.beam),
        FirefoxEngine.abilities,
        frozenset(model.directions),
        lambda: FirefoxEngine.load(folder, beam=quality.beam),
    )


@lru_cache(maxsize=12)
def _many(folder: Path, stamp: int, quality: Quality) -> Engine:
    return multilingual_engine(InstalledModel.at(folder), quality)


def _stamp(model: InstalledModel) -> int:
    """The time of its newest file, so that a model installed anew, or put right, is loaded anew."""
    return max(_time(model.folder / file) for file in (MANIFEST, *model.manifest.files))


def _time(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
