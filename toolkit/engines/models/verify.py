"""Whether the files of installed models are still those that were installed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from toolkit.engines.argos import argos_packages
from toolkit.engines.models.hashing import sha256_of
from toolkit.engines.models.installed import InstalledModel, scan
from toolkit.engines.models.manifest import MANIFEST, Manifest
from toolkit.engines.models.unpacked import UnpackedPackage, is_unpacked, unpacked_packages
from toolkit.errors import BadOption, ModelUnusable
from toolkit.settings import Settings


@dataclass(frozen=True, slots=True)
class Fault:
    """A file that is not as the manifest says."""

    file: str
    kind: str
    """changed, missing or unknown."""

    @property
    def text(self) -> str:
        return {
            "changed": f"{self.file} has changed",
            "missing": f"{self.file} is missing",
            "unknown": f"{self.file} is no file of the model",
        }[self.kind]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A model, and what is wrong with it."""

    name: str
    problems: tuple[str, ...]
    unrecorded: tuple[str, ...] = ()
    """Files that are there, and for which the manifest has no hash to compare with."""


def faults(folder: Path, manifest: Manifest) -> list[Fault]:
    """What differs between the files and their manifest, by file."""
    found = []
    for file, sha256 in manifest.files.items():
        path = folder / file
        if not path.is_file() or path.is_symlink():
            found.append(Fault(file, "missing"))
        elif sha256 is not None and sha256_of(path) != sha256:
            found.append(Fault(file, "changed"))
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    found.extend(Fault(file, "unknown") for file in there - {MANIFEST} - set(manifest.files))
    return sorted(found, key=lambda fault: fault.file)


def verify(settings: Settings, names: list[str] | None = None) -> list[Verdict]:
    """A verdict for each of `names` (all if none are given), by name. Raises BadOption for a name that is not there."""
    there = dict(_there(settings))
    missing = sorted(set(names or ()) - there.keys())
    if missing:
        raise BadOption(
            f"no model {', '.join(missing)[:120]} is installed", remedy="see `dragoman models list --installed`"
        )
    return [_verdict(name, there[name]) for name in sorted(set(names or there))]


_Found = InstalledModel | UnpackedPackage | ModelUnusable


def _there(settings: Settings) -> Iterator[tuple[str, _Found]]:
    """Everything that engines would look at, by name."""
    yield from unpacked_packages(settings).items()
    for folder, error in argos_packages((settings.models, settings.argos))[1]:
        yield folder.name, error
    for name, found in scan(settings.models):
        if not is_unpacked(settings.models / name):
            yield name, found


def _verdict(name: str, found: _Found) -> Verdict:
    if isinstance(found, ModelUnusable):
        return Verdict(name, (str(found),))
    if isinstance(found, UnpackedPackage):
        return Verdict(name, (), tuple(found.files))
    problems = tuple(fault.text for fault in faults(found.folder, found.manifest))
    unrecorded = tuple(file for file, sha256 in sorted(found.manifest.files.items()) if sha256 is None)
    return Verdict(name, problems, unrecorded)
