"""The models that are installed: what engines ask for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from toolkit.engines.models.hashing import sha256_of
from toolkit.engines.models.manifest import MANIFEST, Direction, Manifest, read_manifest
from toolkit.errors import ModelUnusable
from toolkit.settings import Settings


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """A folder with a whole manifest. Its files are checked by `verify`, and by the engine that reads them."""

    folder: Path
    manifest: Manifest

    @classmethod
    def at(cls, folder: Path) -> InstalledModel:
        """The model of a folder. Raises ModelUnusable where its manifest is missing or broken."""
        return cls(folder, read_manifest(folder))

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
            raise self._broken(f"the model has no file {file}")
        return path

    def sha256(self, file: str) -> str:
        """The checksum of a file as it is now. Raises ModelUnusable where it is gone, or another than was installed."""
        path = self.path(file)
        try:
            found = sha256_of(path)
        except OSError as error:
            raise self._broken(f"{file} cannot be read: {error.strerror}") from None
        if self.manifest.files[file] not in {None, found}:
            raise self._broken(f"{file} is not what was installed")
        return found

    def check_sizes(self) -> None:
        """The quick look that choosing an engine allows. Raises ModelUnusable where a file is gone or cut short."""
        size = sum(self.path(file).stat().st_size for file in self.manifest.files)
        if self.manifest.size not in {0, size}:
            raise self._broken(f"its files have {size:,} bytes, and {self.manifest.size:,} were installed")

    def _broken(self, what: str) -> ModelUnusable:
        remedy = f"run `dragoman models install {self.name}` again"
        if not self.manifest.origin:
            remedy = f"correct {self.folder / MANIFEST}, or bring the file"
        return ModelUnusable(what, where=str(self.folder), remedy=remedy)


def installed_models(settings: Settings) -> list[InstalledModel]:
    """Every installed model, by name; those with a broken manifest are left out (see `scan`)."""
    return [found for _, found in scan(settings.models) if isinstance(found, InstalledModel)]


def scan(root: Path) -> Iterator[tuple[str, InstalledModel | ModelUnusable]]:
    """Every folder of models by name, with its model, or with the error where its manifest is missing or broken."""
    if not root.is_dir():
        return
    for folder in sorted(root.iterdir()):
        if folder.name.startswith(".") or not folder.is_dir():
            continue
        try:
            model = InstalledModel.at(folder)
            if model.name != folder.name:
                raise ModelUnusable(
                    f"calls itself {model.name}", where=str(folder), remedy="rename the folder as the manifest says"
                )
            yield folder.name, model
        except ModelUnusable as error:
            yield folder.name, error
