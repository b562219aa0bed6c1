"""Argos packages that were unpacked by others: by Argos Translate in its own folder, or by hand among the models.

They have no manifest and nobody recorded their checksums; the engine `argos` runs them all the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from toolkit.engines.argos import ArgosPackage, argos_packages
from toolkit.engines.models.manifest import MANIFEST
from toolkit.settings import Settings


@dataclass(frozen=True, slots=True)
class UnpackedPackage:
    """A package that serves its direction, under the name that it would have had from `models install`."""

    package: ArgosPackage
    removable: bool
    """Whether it lies among the models: what Argos Translate installed is its own to remove."""

    @property
    def name(self) -> str:
        return f"argos-{self.package.pair[0]}-{self.package.pair[1]}"

    @property
    def files(self) -> list[str]:
        folder = self.package.folder
        return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())

    @property
    def size(self) -> int:
        """Bytes."""
        return sum((self.package.folder / file).stat().st_size for file in self.files)


def is_unpacked(folder: Path) -> bool:
    """Whether a folder is such a package, whole or broken."""
    return (folder / "metadata.json").is_file() and not (folder / MANIFEST).exists()


def unpacked_packages(settings: Settings) -> dict[str, UnpackedPackage]:
    """The packages without a manifest, by name. Broken ones are left out: `engines_for` tells of them."""
    packages, _ = argos_packages((settings.models, settings.argos))
    found = [
        UnpackedPackage(package, package.folder.parent == settings.models)
        for package in packages
        if is_unpacked(package.folder)
    ]
    return {one.name: one for one in found}
