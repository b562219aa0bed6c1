"""The part that each file of a Firefox model plays, told by its name: model.enru.bin, vocab.enru.spm, lex.50.enru.bin.

Models of two scripts often have a vocabulary for each language, srcvocab.… and trgvocab.…, in place of vocab.…
"""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.engines.models.installed import InstalledModel
from toolkit.errors import ModelUnusable


@dataclass(frozen=True, slots=True)
class FirefoxFiles:
    """Names of the files; the two vocabularies are the same file where a model shares it."""

    model: str
    source_vocabulary: str
    target_vocabulary: str
    shortlist: str | None


def firefox_files(model: InstalledModel) -> FirefoxFiles:
    """The files of a Firefox model by their parts. Raises ModelUnusable where the manifest has none for one."""
    names = {file.split(".")[0]: file for file in sorted(model.manifest.files)}

    def one_of(*parts: str) -> str:
        found = next((names[part] for part in parts if part in names), None)
        if found is None:
            raise ModelUnusable(
                f"has no file {parts[0]}.…", where=str(model.folder), remedy="remove the model and install it again"
            )
        return found

    return FirefoxFiles(one_of("model"), one_of("srcvocab", "vocab"), one_of("trgvocab", "vocab"), names.get("lex"))
