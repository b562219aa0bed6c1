"""Packs on disk: a folder with `pack.yaml` and one entry or term a file, `<kind>/<id>.yaml`."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from toolkit.errors import GlossaryBroken
from toolkit.glossary.model import Entry, Pack, Term
from toolkit.glossary.plain import explain
from toolkit.glossary.yaml_safe import read_yaml

PACK_FILE = "pack.yaml"
TERM = "term"

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class LoadedPack:
    """A pack as read from its folder; entries and terms in alphabetical order of their ids."""

    pack: Pack
    entries: tuple[Entry, ...]
    terms: tuple[Term, ...]
    digest: str


def find_packs(root: Path) -> list[Path]:
    """The folders of packs directly below `root`, in alphabetical order; raises GlossaryBroken without any."""
    found = sorted(path.parent for path in root.glob(f"*/{PACK_FILE}"))
    if not found:
        raise GlossaryBroken(
            "no glossary pack found", where=str(root), remedy="point DRAGOMAN_GLOSSARIES to a folder of packs"
        )
    return found


def pack_files(folder: Path) -> list[Path]:
    """The files of entries and terms of a pack, in alphabetical order of their paths."""
    return sorted(folder.glob("*/*.yaml"))


def pack_digest(folder: Path) -> str:
    """A hash over the paths and contents of a pack's files; it keys what is compiled from them."""
    digest = hashlib.sha256()
    for path in [folder / PACK_FILE, *pack_files(folder)]:
        try:
            content = path.read_bytes()
        except OSError as error:
            raise GlossaryBroken(
                f"cannot be read: {error.strerror}", where=str(path), remedy="check the path and its permissions"
            ) from None
        # Lengths keep one file's end from passing for the next one's beginning.
        digest.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def load_pack(folder: Path) -> LoadedPack:
    """Read a pack; raises GlossaryBroken at the first file that cannot be used (`validate` lists them all)."""
    pack = read_model(folder / PACK_FILE, Pack)
    entries: list[Entry] = []
    terms: list[Term] = []
    seen: dict[str, Path] = {}
    for path in pack_files(folder):
        item = read_item(path)
        if item.id != path.stem or item.kind != path.parent.name:
            raise GlossaryBroken(
                f"holds {item.kind}/{item.id}", where=str(path), remedy="file name and id, folder and kind must agree"
            )
        if item.id in seen:
            raise GlossaryBroken(
                f"the id {item.id} is also in {seen[item.id].parent.name}/", where=str(path), remedy="keep one of them"
            )
        seen[item.id] = path
        if isinstance(item, Term):
            terms.append(item)
        else:
            entries.append(item)
    entries.sort(key=lambda entry: entry.id)
    terms.sort(key=lambda term: term.id)
    return LoadedPack(pack, tuple(entries), tuple(terms), pack_digest(folder))


def read_item(path: Path) -> Entry | Term:
    """Read an entry, or a term from a folder of terms."""
    return read_model(path, Term) if path.parent.name == TERM else read_model(path, Entry)


def read_model(path: Path, model: type[M]) -> M:
    """Read a YAML file as `model`; raises GlossaryBroken with file, field and remedy of the first error."""
    return fit(read_yaml(path), model, where=str(path))


def fit(data: dict[str, Any], model: type[M], *, where: str) -> M:
    """Fit values into `model`; raises GlossaryBroken in plain words."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = explain(error)[0]
        what = f"{first.field}: {first.message}" if first.field else first.message
        raise GlossaryBroken(what, where=where, remedy=first.remedy) from None
