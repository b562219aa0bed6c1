"""`model.yaml`, the manifest beside the files of a model, which engines read.

A folder is a model only when its manifest is there and whole; `models install` writes it last. By hand it need say no
more than this, for a folder that bears the model's name:

    engine: firefox               # argos and firefox need from and to, multilingual needs tokens
    from: en
    to: ru
    licence: MPL-2.0
    files:                        # of each its sha256; where that is left out, the file is taken as it is
      model.enru.bin: 01db60f7…
      vocab.enru.spm:             # or srcvocab.enru.spm and trgvocab.enru.spm
      lex.enru.bin:               # the shortlist, may be missing
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from toolkit.errors import GlossaryBroken, ModelUnusable
from toolkit.glossary.yaml_safe import read_yaml
from toolkit.languages import Language

MANIFEST = "model.yaml"
NAME_PATTERN = r"^[a-z0-9][a-z0-9._-]{0,79}$"

EngineName = Literal["argos", "firefox", "multilingual"]
Direction = tuple[Language, Language]

_PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._+-]{0,119}")


def safe_path(path: str) -> str:
    """A path inside a model's folder, as written; raises ValueError for one that could lead out of it."""
    parts = path.split("/")
    if not 1 <= len(parts) <= 4 or not all(_PART.fullmatch(part) for part in parts):
        raise ValueError(f"{path[:60]!r} is no plain path inside the model's folder")
    return path


def plain_name(name: str) -> str:
    """A model's name, as written; raises ValueError for one that is no plain name of a folder."""
    if not re.fullmatch(NAME_PATTERN, name):
        raise ValueError(f"{name[:60]!r} may have small letters a-z, figures and . _ - only (the folder bears it too)")
    return name


Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
FilePath = Annotated[str, AfterValidator(safe_path)]


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Tokens(_Closed):
    """How a multilingual model is told the languages.

    `codes` are its own names for them ("hye_Armn", "__hy__", "hy"). `source` is the token sequence it reads, with
    `{text}` for the pieces of the text and `{source}` and `{target}` for codes; `target` is the start of its answer.
    """

    tokenizer: FilePath
    codes: dict[Language, str]
    source: tuple[str, ...]
    target: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _has_text(self) -> Tokens:
        if self.source.count("{text}") != 1 or len(self.codes) < 2:
            raise ValueError("`source` needs {text} once, and `codes` two languages")
        return self


class Manifest(_Closed):
    """What is installed, where it came from, and the sha256 of the files."""

    name: Annotated[str, AfterValidator(plain_name)]
    """The name of its folder; where the file says none, it is that."""
    engine: EngineName
    source: Language | None = Field(default=None, alias="from")
    target: Language | None = Field(default=None, alias="to")
    architecture: str = ""
    tokens: Tokens | None = None
    licence: str = "not stated"
    origin: str = ""
    """A web address, or the name of what was carried over; empty for a folder that somebody made."""
    installed: str = ""
    """The day, by UTC."""
    size: int = 0
    """Bytes of all files together; 0 where nobody counted."""
    files: Annotated[dict[FilePath, Sha256 | None], Field(min_length=1)]
    downloads: dict[str, Sha256] = {}
    """What came from addresses that give no hash: the same address must not bring something else later."""

    @model_validator(mode="after")
    def _has_direction(self) -> Manifest:
        if self.engine == "multilingual":
            if self.tokens is None:
                raise ValueError("a multilingual model needs `tokens`")
            if self.tokens.tokenizer not in self.files:
                raise ValueError("the tokenizer is none of the files")
        elif self.source is None or self.target is None or self.source is self.target:
            raise ValueError("`from` and `to` must be two languages")
        return self

    @property
    def directions(self) -> tuple[Direction, ...]:
        """Every (source, target) that it translates, in alphabetical order."""
        if self.tokens is not None:
            languages = sorted(self.tokens.codes)
            return tuple((source, target) for source in languages for target in languages if source is not target)
        return ((self.source, self.target),) if self.source and self.target else ()


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a model's folder; raises ModelUnusable where there is none or it is broken."""
    path = folder / MANIFEST
    if not path.is_file():
        raise ModelUnusable(f"is no model: it has no {MANIFEST}", where=str(folder), remedy=_again(folder))
    try:
        return Manifest.model_validate({"name": folder.name} | read_yaml(path))
    except GlossaryBroken as error:
        raise ModelUnusable(error.what, where=error.where, remedy=_again(folder)) from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        said = f"{place} {first['msg'].removeprefix('Value error, ')}".strip()
        raise ModelUnusable(said, where=str(path), remedy=_again(folder)) from None


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write `model.yaml`; what says nothing is left out."""
    import yaml

    data = manifest.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    (folder / MANIFEST).write_text(yaml.safe_dump(data, sort_keys=False, allow_unicode=True), encoding="utf-8")


def _again(folder: Path) -> str:
    return f"correct it, or run `dragoman models remove {folder.name}` and install it again"
