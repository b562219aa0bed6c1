"""Whether the files of installed models are still those that were installed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from toolkit.engines.models.hashing import sha256_of
from toolkit.engines.models.installed import InstalledModel, scan
from toolkit.engines.models.manifest import MANIFEST, Manifest
from toolkit.errors import BadOption
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
    wanted = set(names or ())
    verdicts = []
    for name, found in scan(settings.models):
        if names and name not in wanted:
            continue
        wanted.discard(name)
        if isinstance(found, InstalledModel):
            problems = tuple(fault.text for fault in faults(found.folder, found.manifest))
            unrecorded = tuple(file for file, sha256 in sorted(found.manifest.files.items()) if sha256 is None)
            verdicts.append(Verdict(name, problems, unrecorded))
        else:
            verdicts.append(Verdict(name, (str(found),)))
    if wanted:
        raise BadOption(
            f"no model {', '.join(sorted(wanted))[:120]} is installed", remedy="see `dragoman models list --installed`"
        )
    return verdicts
