"""The `firefox` engine of a model that `models install` put there: its manifest says more than the engine needs."""

from __future__ import annotations

from pathlib import Path

from toolkit.engines.firefox.engine import FirefoxEngine
from toolkit.engines.firefox.manifest import Manifest
from toolkit.engines.models.firefox_files import firefox_files
from toolkit.engines.models.installed import InstalledModel
from toolkit.errors import ModelUnusable


def firefox_engine(model: InstalledModel, beam: int) -> FirefoxEngine:
    """The engine, loaded. Raises ModelUnusable for files that are missing, changed, or in parts it does not take."""
    files = firefox_files(model)
    if files.source_vocabulary != files.target_vocabulary:
        raise ModelUnusable(
            "has a vocabulary for each language, which this engine does not read",
            where=str(model.folder),
            remedy="install another model for this direction",
        )

    def part(path: Path) -> dict[str, str]:
        name = path.relative_to(model.folder).as_posix()
        return {"name": name, "sha256": model.manifest.files[name]}

    parts = {"model": part(files.model), "vocabulary": part(files.source_vocabulary)}
    if files.shortlist is not None:
        parts["shortlist"] = part(files.shortlist)
    described = Manifest.model_validate(
        {
            "from": model.manifest.source,
            "to": model.manifest.target,
            "architecture": model.manifest.architecture,
            "licence": model.manifest.licence,
            "files": parts,
        }
    )
    return FirefoxEngine.load(model.folder, manifest=described, beam=beam)
