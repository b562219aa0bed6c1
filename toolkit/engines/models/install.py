"""Installing a model, whatever it is named by: a catalogue name, a direction, a repository, a file or a folder."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from toolkit.engines.ct2 import Quality
from toolkit.engines.models.archive import unpack
from toolkit.engines.models.argos_index import plan_argos
from toolkit.engines.models.catalogue import ARCHITECTURES, SMALL, Known, catalogue
from toolkit.engines.models.convert import convert
from toolkit.engines.models.describe import Origin, describe
from toolkit.engines.models.fetch import Fetched, Fetcher, Wanted
from toolkit.engines.models.firefox_registry import plan_firefox
from toolkit.engines.models.huggingface import plan_huggingface
from toolkit.engines.models.installed import InstalledModel, scan
from toolkit.engines.models.kinds import ARGOS
from toolkit.engines.models.local import PACKAGES, stage_local
from toolkit.engines.models.manifest import Direction, EngineName, Manifest, write_manifest
from toolkit.engines.models.placing import DOWNLOADS, hold, place, staging
from toolkit.engines.models.verify import faults
from toolkit.errors import BadOption, ModelUnusable
from toolkit.languages import Language, parse_language

_PAIR = re.compile(r"(?:(argos|firefox)-)?([a-z]{2})-([a-z]{2})")


@dataclass(frozen=True, slots=True)
class Installed:
    """What came of installing one model."""

    manifest: Manifest
    folder: Path
    already: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Installer:
    """Installs models into `root`; all that it asks of the network goes through `fetcher`."""

    root: Path
    fetcher: Fetcher
    quality: Quality = Quality.BEST
    family: str = ""
    waiting: Callable[[], None] = field(default=lambda: None)

    def install(self, what: str) -> list[Installed]:
        """Install what `what` names; raises BadOption for an unknown name, ModelUnusable where it cannot be had."""
        if self.family:
            catalogue().family(self.family)
        try:
            return self._install(what)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise ModelUnusable(
                f"cannot be installed: {reason}",
                where=str(self.root),
                remedy="check the disk, its space and permissions",
            ) from None

    def steps(self, what: str) -> list[str]:
        """The single models that `what` names, to be installed one after the other. Raises BadOption."""
        return [what] if self._is_path(what) else expand(what, self.quality)

    def _is_path(self, what: str) -> bool:
        """Whether a file or folder is meant. A catalogue's name is no folder of the models, wherever one stands."""
        path = Path(what).expanduser()
        if not what or not path.exists():
            return ("/" in what.removeprefix("hf:") and not what.startswith("hf:")) or path.suffix in PACKAGES
        return catalogue().get(what) is None or not path.resolve().is_relative_to(self.root.resolve())

    def _install(self, what: str) -> list[Installed]:
        path = Path(what).expanduser()
        if not self._is_path(what):
            return [self._one(name) for name in expand(what, self.quality)]
        if path.exists():
            return [self._local(path.resolve())]
        raise ModelUnusable("is neither a file nor a folder", where=what, remedy="check the path")

    def _one(self, name: str) -> Installed:
        """Install a single model by a name that `expand` gave."""
        there = self._whole(name)
        if there is not None:
            return there
        known = catalogue().get(name)
        if name.startswith("hf:"):
            return self._huggingface(name.removeprefix("hf:"), None)
        if known is not None and known.engine == "multilingual":
            return self._huggingface(known.repository, known)
        engine, direction = _engine_and_direction(name)
        if engine == "argos":
            return self._argos(direction)
        wanted = (known.architecture,) if known else ARCHITECTURES[self.quality]
        return self._firefox(direction, wanted)

    def _firefox(self, direction: Direction, architectures: tuple[str, ...]) -> Installed:
        with hold(self.root, self.waiting), staging(self.root) as folder:
            plan = plan_firefox(self.fetcher, direction, architectures, self._downloads(), catalogue())
            there = self._whole(plan.name)
            if there is not None:
                return there
            got = self._fetch(plan.files, folder)
            notes = () if plan.known else ("newer than this Dragoman: its hash is the one the registry gives",)
            source, architecture = self.fetcher.origins.firefox, plan.architecture
            origin = Origin(source, plan.name, "MPL-2.0", architecture=architecture, downloads=got)
            return self._finish(folder, "firefox", origin, notes)

    def _argos(self, direction: Direction) -> Installed:
        name = f"argos-{direction[0].value}-{direction[1].value}"
        with hold(self.root, self.waiting), staging(self.root) as folder:
            there = self._whole(name)
            if there is not None:
                return there
            wanted = plan_argos(self.fetcher, direction, self._downloads())
            fetched = self._one_file(wanted, self._downloads())
            try:
                unpack(fetched.path, folder, ARGOS)
            finally:
                fetched.path.unlink(missing_ok=True)
            origin = Origin(wanted.url, name, downloads={wanted.url: fetched.received_sha256})
            found = self._finish(folder, "argos", origin, (_RECORDED,))
            if found.manifest.directions != (direction,):
                raise ModelUnusable("is a package for another direction", where=wanted.url, remedy="tell its keepers")
            return found

    def _huggingface(self, repository: str, known: Known | None) -> Installed:
        name = known.name if known else re.sub(r"[^a-z0-9.]+", "-", repository.lower()).strip("-.")
        with hold(self.root, self.waiting), staging(self.root) as folder:
            there = self._whole(name)
            if there is not None:
                return there
            plan = plan_huggingface(self.fetcher, repository, self._downloads())
            if plan.to_convert:
                with staging(self.root) as weights:
                    got = self._fetch(plan.files, weights)
                    self.fetcher.progress("converting", 0, None)
                    convert(weights, folder, repository)
            else:
                got = self._fetch(plan.files, folder)
            family = self.family or (known.family if known else "")
            licence = known.licence if known else plan.licence
            address = f"{self.fetcher.origins.huggingface}/{repository}/tree/{plan.revision}"
            return self._finish(
                folder, "multilingual", Origin(address, name, licence, family, downloads=got), (_RECORDED,)
            )

    def _local(self, source: Path) -> Installed:
        with hold(self.root, self.waiting), staging(self.root) as folder, staging(self.root) as scratch:
            if source.is_relative_to(self.root.resolve()):
                raise BadOption(
                    "is in the models folder already", where=str(source), remedy="see `dragoman models list`"
                )
            manifest = stage_local(source, folder, scratch, Origin(source.name, family=self.family))
            return self._place(folder, manifest, (_RECORDED,))

    def _fetch(self, files: tuple[Wanted, ...], folder: Path) -> dict[str, str]:
        """Every file into `folder`; what those addresses sent whose files nobody gave a hash for."""
        got = {}
        for wanted in files:
            fetched = self._one_file(wanted, self._downloads())
            fetched.path.replace(folder / wanted.name)
            if not wanted.sha256:
                got[wanted.url] = fetched.received_sha256
        return got

    def _one_file(self, wanted: Wanted, folder: Path) -> Fetched:
        """A file, which must be what the same address sent before where a model of it is installed."""
        recorded = "" if wanted.sha256 else self._recorded(wanted.url)
        return self.fetcher.fetch(replace(wanted, received_sha256=recorded), folder)

    def _recorded(self, url: str) -> str:
        for _, found in scan(self.root):
            if isinstance(found, InstalledModel) and url in found.manifest.downloads:
                return found.manifest.downloads[url]
        return ""

    def _finish(self, folder: Path, engine: EngineName, origin: Origin, notes: tuple[str, ...]) -> Installed:
        return self._place(folder, describe(folder, engine, origin), notes)

    def _place(self, folder: Path, manifest: Manifest, notes: tuple[str, ...]) -> Installed:
        there = self._whole(manifest.name)
        if there is not None and there.manifest.files == manifest.files:
            return there
        write_manifest(folder, manifest)
        return Installed(manifest, place(folder, self.root, manifest.name), notes=notes)

    def _whole(self, name: str) -> Installed | None:
        """The model of that name if it is installed and every file of it is as it was."""
        for there, found in scan(self.root):
            if there == name and isinstance(found, InstalledModel) and not faults(found.folder, found.manifest):
                return Installed(found.manifest, found.folder, already=True)
        return None

    def _downloads(self) -> Path:
        folder = self.root / DOWNLOADS
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.iterdir():
            if time.time() - left.stat().st_mtime > _KEPT:
                left.unlink(missing_ok=True)
        return folder


_KEPT = 14 * 24 * 3600.0
"""Seconds for which half a download is kept to be gone on with."""

_RECORDED = "its hashes were recorded: from now on they are verified"


def expand(what: str, quality: Quality = Quality.BEST) -> list[str]:
    """The models that a name stands for. Raises BadOption for one that is unknown.

    `recommended` is the small ones that any newsroom may use; a direction ("az-ru") the recommended ones, through
    English where none goes straight. Of those that come in several sizes the quality chooses.
    """
    known = catalogue().get(what)
    if known is not None and not known.installable:
        raise BadOption("cannot be installed", where=what, remedy="see `dragoman models list`")
    if known is not None or what.startswith("hf:"):
        return [what]
    if what == "recommended":
        small = (model for model in catalogue().recommended() if model.download <= SMALL and model.commercial)
        return [_sized(model, quality) for model in small]
    match = _PAIR.fullmatch(what)
    if match is None:
        raise BadOption(
            f"no model {what[:80]!r}", remedy="see `dragoman models list`, or give a file, a folder or hf:owner/name"
        )
    source, target = (parse_language(code, where=what) for code in match.groups()[1:])
    if source is target:
        raise BadOption(f"no model {what[:80]!r}", remedy="name two languages")
    return [what] if match[1] else [_sized(model, quality) for model in _for_direction(source, target)]


def _sized(model: Known, quality: Quality) -> str:
    """The name of the same model in the size that the quality prefers."""
    sizes = {one.architecture: one for one in catalogue().models if one.directions == model.directions}
    preferred = [sizes[name].name for name in ARCHITECTURES[quality] if name in sizes]
    return preferred[0] if model.architecture and preferred else model.name


def _for_direction(source: Language, target: Language) -> list[Known]:
    straight = catalogue().recommended(f"{source.value}-{target.value}")
    if straight:
        return [straight[0]]
    legs = [catalogue().recommended(pair) for pair in (f"{source.value}-en", f"en-{target.value}")]
    if not all(legs):
        raise BadOption("no model is recommended", where=f"{source.value}-{target.value}", remedy="choose one by name")
    return [leg[0] for leg in legs]


def _engine_and_direction(name: str) -> tuple[str, Direction]:
    match = _PAIR.match(name)
    if match is None or not match[1]:
        raise BadOption(f"no model {name[:80]!r}", remedy="see `dragoman models list`")
    return match[1], (parse_language(match[2]), parse_language(match[3]))
