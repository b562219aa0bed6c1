"""The part that each file of an installed Firefox model plays, told by its name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from toolkit.engines.models.installed import InstalledModel
from toolkit.errors import ModelUnusable


@dataclass(frozen=True, slots=True)
class FirefoxFiles:
    """Paths of the files; the two vocabularies are the same file where a model shares it."""

    model: Path
    source_vocabulary: Path
    target_vocabulary: Path
    shortlist: Path | None


def firefox_files(model: InstalledModel) -> FirefoxFiles:
    """The files of a Firefox model by their parts. Raises ModelUnusable where one is missing."""
    names = {file.split(".")[0]: file for file in sorted(model.manifest.files)}

    def path(*parts: str) -> Path:
        for part in parts:
            if part in names:
                return model.path(names[part])
        raise ModelUnusable(
            f"has no file {parts[0]}.…", where=str(model.folder), remedy="remove the model and install it again"
        )

    return FirefoxFiles(
        path("model"), path("srcvocab", "vocab"), path("trgvocab", "vocab"), path("lex") if "lex" in names else None
    )
