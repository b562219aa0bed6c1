"""Models on Hugging Face, pinned to the revision of the moment: those converted for CTranslate2, or to be converted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from toolkit.engines.models.convert import can_convert, no_model, unconverted
from toolkit.engines.models.fetch import Fetcher, Wanted
from toolkit.engines.models.kinds import taken
from toolkit.engines.models.manifest import Sha256
from toolkit.engines.models.registry import misshapen, read_json
from toolkit.errors import BadOption, ModelUnusable

_MAX_FILE = 16 << 30
_REPOSITORY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,95}/[A-Za-z0-9][A-Za-z0-9._-]{0,95}")


class _Large(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    sha256: Sha256 = Field(alias="oid")


class _Entry(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    type: str
    path: str = Field(max_length=400)
    size: int = Field(default=0, ge=0)
    lfs: _Large | None = None


@dataclass(frozen=True, slots=True)
class HuggingFacePlan:
    """What to download of a repository."""

    revision: str
    licence: str
    """Empty where its card names none."""
    files: tuple[Wanted, ...]
    to_convert: bool = False
    """Whether these are its makers' weights."""


def plan_huggingface(fetcher: Fetcher, repository: str, folder: Path) -> HuggingFacePlan:
    """The files of a converted model, or of one that can be converted here.

    Raises BadOption for what is no repository, ModelUnusable for a useless one.
    """
    if not _REPOSITORY.fullmatch(repository) or ".." in repository:
        raise BadOption(f"{repository[:80]!r} is no repository", remedy="write it like hf:owner/name")
    base = fetcher.origins.huggingface
    remedy = (
        f"with no network: download the folder {base}/{repository} on another machine, bring it here "
        "and run `dragoman models install FOLDER`"
    )
    about = f"{base}/api/models/{repository}"
    card = read_json(fetcher, about, folder, remedy=remedy)
    revision = card.get("sha") if isinstance(card, dict) else None
    if not isinstance(revision, str) or not re.fullmatch(r"[0-9a-f]{40}", revision):
        raise misshapen(about, "it names no revision")
    listing = f"{about}/tree/{revision}?recursive=true"
    entries = _entries(read_json(fetcher, listing, folder, remedy=remedy), listing)
    paths = [entry.path for entry in entries if entry.type == "file"]
    converted = "model.bin" in paths
    wanted = set(taken("multilingual", paths) if converted else unconverted(paths))
    if not wanted or not (converted or can_convert()):
        raise no_model(repository, paths, "holds no model converted for CTranslate2")
    files = tuple(
        Wanted(
            f"{base}/{repository}/resolve/{revision}/{quote(entry.path)}",
            entry.path,
            entry.size,
            entry.size,
            entry.lfs.sha256 if entry.lfs else "",
            remedy=remedy,
        )
        for entry in entries
        if entry.path in wanted
    )
    if sum(file.size or 0 for file in files) > _MAX_FILE:
        raise ModelUnusable(f"is larger than {_MAX_FILE:,} bytes", where=repository, remedy="take a smaller model")
    return HuggingFacePlan(revision, _licence(card), files, not converted)


def _entries(data: Any, url: str) -> list[_Entry]:
    if not isinstance(data, list):
        raise misshapen(url, "it is no list of files")
    try:
        return [_Entry.model_validate(entry) for entry in data]
    except ValidationError as error:
        raise misshapen(url, str(error.errors(include_url=False)[0]["msg"])) from None


def _licence(card: dict[str, Any]) -> str:
    data = card.get("cardData")
    licence = data.get("license") if isinstance(data, dict) else None
    if isinstance(licence, list) and all(isinstance(one, str) for one in licence):
        licence = ", ".join(licence)  # cards may name several
    return licence[:60] if isinstance(licence, str) and licence.isprintable() else ""
