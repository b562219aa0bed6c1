"""The registry of Firefox Translations models: which files make a model, with their sizes and hashes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from toolkit.engines.models.catalogue import Catalogue
from toolkit.engines.models.fetch import Fetcher, Wanted
from toolkit.engines.models.manifest import Direction, Sha256, safe_path
from toolkit.engines.models.registry import misshapen, read_json
from toolkit.errors import ModelUnusable
from toolkit.languages import Language

_MAX_FILE = 512 << 20


class _Lenient(BaseModel):
    """Only what is used here is read; the registry may have more."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class _File(_Lenient):
    path: str = Field(max_length=400)
    size: int = Field(alias="uncompressedSize", gt=0, le=_MAX_FILE)
    sha256: Sha256 = Field(alias="uncompressedHash")


class _Files(_Lenient):
    model: _File
    vocab: _File | None = None
    source_vocab: _File | None = Field(default=None, alias="srcVocab")
    target_vocab: _File | None = Field(default=None, alias="trgVocab")
    shortlist: _File | None = Field(default=None, alias="lexicalShortlist")


class _Record(_Lenient):
    architecture: str = Field(pattern=r"^[a-z0-9-]{1,30}$")
    status: str | None = Field(default=None, alias="releaseStatus")
    files: _Files

    @property
    def released(self) -> bool:
        return (self.status or "").startswith("Release")


@dataclass(frozen=True, slots=True)
class FirefoxPlan:
    """What to download for a model."""

    name: str
    architecture: str
    files: tuple[Wanted, ...]
    known: bool
    """Whether the model is the one whose hash the catalogue pins."""


def plan_firefox(
    fetcher: Fetcher, direction: Direction, architectures: Sequence[str], folder: Path, catalogue: Catalogue
) -> FirefoxPlan:
    """The released model of the first of `architectures` that there is. Raises ModelUnusable where there is none."""
    pair = f"{direction[0].value}-{direction[1].value}"
    url = fetcher.origins.firefox
    data = read_json(fetcher, url, folder, remedy=_elsewhere(f"firefox-{pair}"))
    if (
        not isinstance(data, dict)
        or not isinstance(data.get("models"), dict)
        or not isinstance(data.get("baseUrl"), str)
    ):
        raise misshapen(url, "it has no models or no baseUrl")
    records = _records(data["models"].get(pair), url)
    for architecture in architectures:
        fitting = [record for record in records if record.released and record.architecture == architecture]
        if fitting:
            known = [record for record in fitting if catalogue.by_hash(record.files.model.sha256)]
            record = (known or fitting)[-1]
            files = tuple(_wanted(fetcher, data["baseUrl"], file, url) for file in _parts(record.files, url))
            return FirefoxPlan(f"firefox-{pair}-{architecture}", architecture, files, bool(known))
    raise ModelUnusable(
        f"has no released model {pair} ({', '.join(architectures)})", where=url, remedy="see `dragoman models list`"
    )


def _records(entries: Any, url: str) -> list[_Record]:
    """The records of a pair; one that does not fit is skipped where another does."""
    if entries is None:
        return []
    if not isinstance(entries, list):
        raise misshapen(url, "the models of a pair are no list")
    records, first = [], ""
    for entry in entries:
        try:
            records.append(_Record.model_validate(entry))
        except ValidationError as error:
            detail = error.errors(include_url=False)[0]
            first = first or f"{'.'.join(str(part) for part in detail['loc'])}: {detail['msg']}"
    if not records and first:
        raise misshapen(url, first)
    return records


def _parts(files: _Files, url: str) -> list[_File]:
    """Model, vocabulary (one, or two) and shortlist."""
    vocabularies = [files.vocab] if files.vocab else [files.source_vocab, files.target_vocab]
    parts = [files.model, *vocabularies]
    if None in parts:
        raise misshapen(url, "a model has no vocabulary")
    return [part for part in (*parts, files.shortlist) if part is not None]


def _wanted(fetcher: Fetcher, base: str, file: _File, url: str) -> Wanted:
    parts = file.path.split("/")
    name = parts[-1].removesuffix(".gz")
    try:
        safe_path(name)
    except ValueError:
        raise misshapen(url, f"a file is called {name[:60]!r}") from None
    if {"", ".", ".."} & set(parts) or ":" in file.path:
        raise misshapen(url, f"a file is at {file.path[:60]!r}")
    address = fetcher.origins.file(f"{base.rstrip('/')}/{quote(file.path)}")
    fetcher.origins.check(address, by=url)
    return Wanted(address, name, file.size, file.size, file.sha256, remedy=_elsewhere("it"))


def _elsewhere(what: str) -> str:
    return (
        f"with no network: install {what} on another machine, bring its folder from the models folder here, "
        "and run `dragoman models install FOLDER`"
    )


def languages_of(name: str) -> Direction | None:
    """The direction in the name of a model's file: model.enru.intgemm.alphas.bin."""
    parts = name.split(".")
    if len(parts) < 3 or len(parts[1]) != 4:
        return None
    codes = {language.value: language for language in Language}
    source, target = codes.get(parts[1][:2]), codes.get(parts[1][2:])
    return (source, target) if source and target and source is not target else None
