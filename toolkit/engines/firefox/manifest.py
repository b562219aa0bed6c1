"""The small file `model.yaml` beside a model: what the other files are, and how to know that they are whole.

from: en
to: ru
architecture: tiny            # for people; the model file says it itself
licence: MPL-2.0
files:
  model: {name: model.enru.bin, sha256: 01db…}
  vocabulary: {name: vocab.enru.spm, sha256: …}
  shortlist: {name: lex.enru.bin, sha256: …}        # may be left out
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from toolkit.errors import ModelUnusable, UnknownLanguage
from toolkit.languages import Language, parse_language

NAME = "model.yaml"
_LARGEST = 1 << 16
_REMEDY = "install the model again"


class ModelPart(BaseModel):
    """A file of the model, in its folder; without `sha256` it is taken as it is."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(pattern=r"^[\w][\w.\-]*$", max_length=200)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None


class ModelParts(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    model: ModelPart
    vocabulary: ModelPart
    shortlist: ModelPart | None = None


class Manifest(BaseModel):
    """What `model.yaml` says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: Annotated[str, Field(alias="from")]
    target: Annotated[str, Field(alias="to")]
    architecture: str = ""
    licence: str = ""
    files: ModelParts

    @property
    def languages(self) -> tuple[Language, Language]:
        return parse_language(self.source), parse_language(self.target)


def read_manifest(folder: Path) -> Manifest:
    """Read and check the manifest of a folder. Raises ModelUnusable."""
    path = folder / NAME
    try:
        raw = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise ModelUnusable(f"there is no usable {NAME}: {reason}", where=str(folder), remedy=_REMEDY) from error
    try:
        if len(raw) > _LARGEST:
            raise ValueError("it is too long")
        manifest = Manifest.model_validate(yaml.safe_load(raw.decode("utf-8")))
        source, target = manifest.languages
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"])) or "its content"
        raise ModelUnusable(f"{field}: {first['msg']}", where=str(path), remedy=_REMEDY) from error
    except (ValueError, yaml.YAMLError, RecursionError, UnknownLanguage) as error:
        raise ModelUnusable(f"the manifest cannot be read: {error}", where=str(path), remedy=_REMEDY) from error
    if source is target:
        raise ModelUnusable("it translates from a language into the same", where=str(path), remedy=_REMEDY)
    return manifest


def part_path(folder: Path, part: ModelPart) -> Path:
    """The path of a file of the model, whose checksum is right. Raises ModelUnusable."""
    path = folder / part.name
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise ModelUnusable(f"the file cannot be opened: {reason}", where=str(path), remedy=_REMEDY) from error
    if part.sha256 is not None and found != part.sha256:
        raise ModelUnusable("this file of the model is not what was installed", where=str(path), remedy=_REMEDY)
    return path
