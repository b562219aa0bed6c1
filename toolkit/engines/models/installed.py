"""The models that are installed: what engines ask for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from toolkit.engines.models.manifest import Direction, Manifest, read_manifest
from toolkit.errors import ModelUnusable
from toolkit.settings import Settings


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """A folder with a whole manifest. Its files are checked by `verify`, and by the engine that reads them."""

    folder: Path
    manifest: Manifest

    @property
    def name(self) -> str:
        return self.manifest.name

    @property
    def engine(self) -> str:
        return self.manifest.engine

    @property
    def directions(self) -> tuple[Direction, ...]:
        return self.manifest.directions

    def path(self, file: str) -> Path:
        """Where a file of the manifest is; raises ModelUnusable where it is not there."""
        path = self.folder / file
        if file not in self.manifest.files or not path.is_file():
            raise ModelUnusable(
                f"the model has no file {file}",
                where=str(self.folder),
                remedy=f"run `dragoman models install {self.name}` again",
            )
        return path


def installed_models(settings: Settings) -> list[InstalledModel]:
    """Every installed model, by name; folders with a broken manifest are left out (`verify` reports them)."""
    return [found for _, found in scan(settings.models) if isinstance(found, InstalledModel)]


def scan(root: Path) -> Iterator[tuple[str, InstalledModel | ModelUnusable]]:
    """Every folder of models by name, with its model, or with the error where it is no whole one."""
    if not root.is_dir():
        return
    for folder in sorted(root.iterdir()):
        if folder.name.startswith(".") or not folder.is_dir():
            continue
        try:
            manifest = read_manifest(folder)
            if manifest.name != folder.name:
                raise ModelUnusable(
                    f"calls itself {manifest.name}", where=str(folder), remedy="rename the folder as the manifest says"
                )
            yield folder.name, InstalledModel(folder, manifest)
        except ModelUnusable as error:
            yield folder.name, error
