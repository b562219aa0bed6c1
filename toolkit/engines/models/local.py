"""Models from a file or folder of this machine: what was carried over, converted, or unpacked elsewhere."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

from toolkit.engines.models.archive import unpack
from toolkit.engines.models.convert import can_convert, convert, no_model, only_pickled, unconverted
from toolkit.engines.models.describe import Origin, completed, describe
from toolkit.engines.models.kinds import PACKED, engine_of, taken
from toolkit.engines.models.manifest import MANIFEST, Manifest, read_manifest
from toolkit.engines.models.unwrap import unwrap
from toolkit.engines.models.verify import faults
from toolkit.errors import ModelUnusable

PACKAGES = frozenset({".argosmodel", ".zip"})
"""How the names of files end that hold a whole model."""

_MOST_FILES = 10_000
_DEPTH = 3
"""Folders below the model's own that files may be in, as many as a manifest may name."""
_LARGEST = 16 << 30


def stage_local(source: Path, folder: Path, scratch: Path, origin: Origin) -> Manifest:
    """The files of the model at `source` in `folder`, and their manifest. Raises ModelUnusable."""
    if source.is_file():
        if source.suffix not in PACKAGES:
            raise ModelUnusable(
                "is no package",
                where=str(source),
                remedy="give an .argosmodel or .zip file, or the folder of the model",
            )
        unpack(source, scratch, PACKED)
        source = scratch
    elif not source.is_dir():
        raise ModelUnusable("is neither a file nor a folder", where=str(source), remedy="check the path")
    paths = _paths(source)
    if MANIFEST in paths:
        return _carried(source, paths, folder, origin)
    unpacked = {path.removesuffix(".gz") for path in paths}
    engine = engine_of(unpacked)
    if engine is None and unconverted(paths) and can_convert():
        convert(source, folder, origin.address)
        return describe(folder, "multilingual", origin)
    if engine is None:
        raise _no_model(source, paths, origin)
    for path in taken(engine, paths):
        _copy(source / path, folder / path)
        if path.endswith(".gz"):
            unwrap(folder / path, folder / path.removesuffix(".gz"), limit=_LARGEST, where=str(source / path))
    return describe(folder, engine, origin)


def _no_model(source: Path, paths: list[str], origin: Origin) -> ModelUnusable:
    """Says what helps: weights can be converted, and a folder of links (a cache of Hugging Face) can be copied."""
    reason = "holds no model that Dragoman knows"
    if unconverted(paths) or only_pickled(paths):
        return no_model(origin.address, paths, reason)
    if any(path.is_symlink() for path in source.iterdir()):
        remedy = f"it holds links, which are not followed: copy it with `cp -rL {source} FOLDER` and install that"
    else:
        remedy = "see `dragoman models list` for what there is"
    return ModelUnusable(reason, where=origin.address, remedy=remedy)


def _carried(source: Path, paths: list[str], folder: Path, origin: Origin) -> Manifest:
    """A model that was installed elsewhere, or that somebody described: as it is there, its files verified.

    What its manifest leaves out is filled in, so that from now on every file is verified.
    """
    manifest = read_manifest(source)
    for path in manifest.files.keys() & set(paths):
        _copy(source / path, folder / path)
    wrong = faults(folder, manifest)
    if wrong:
        raise ModelUnusable(
            wrong[0].text, where=origin.address, remedy="bring it over again: its files are not those of its manifest"
        )
    return completed(folder, manifest, origin)


def _paths(folder: Path) -> list[str]:
    """The files below a folder that can belong to a model; links are followed nowhere."""
    found: list[str] = []
    for place, folders, names in os.walk(folder):
        depth = len(Path(place).relative_to(folder).parts)
        folders[:] = sorted(folders) if depth < _DEPTH else []
        found += [Path(place, name).relative_to(folder).as_posix() for name in names if _is_plain(Path(place, name))]
        if len(found) > _MOST_FILES:
            raise ModelUnusable(
                f"holds over {_MOST_FILES:,} files", where=str(folder), remedy="give a model's own folder"
            )
    return found


def _is_plain(path: Path) -> bool:
    """Whether it is a file itself, no link, pipe or device."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        shutil.copyfile(source, target)
    except OSError as error:
        raise ModelUnusable(f"cannot be copied: {error.strerror}", where=str(source), remedy="check the disk") from None
