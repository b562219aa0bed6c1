"""Zip packages from strangers, unpacked into a folder of our own and nowhere else.

Refused as a whole are packages with absolute or climbing paths, links, encrypted or doubled members, more members or
bytes than a model has, and members that unpack to far more than they hold. What is allowed is taken by a list of
patterns; anything else in a package never reaches the disk. Sizes are counted as they come, not believed.
"""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from toolkit.errors import ModelUnusable

_REGULAR = frozenset({0, stat.S_IFREG, stat.S_IFDIR})
_ASIDE = re.compile(r"(?:\A|/)(?:__MACOSX/|\.DS_Store\Z|Thumbs\.db\Z)")
"""What a desktop adds when it packs a folder."""
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


@dataclass(frozen=True, slots=True)
class Caps:
    """What a package may have at most."""

    members: int = 4000
    total: int = 2 << 30
    ratio: int = 100
    """Unpacked bytes a packed byte, for members larger than `ratio_from`."""
    ratio_from: int = 1 << 20


def unpack(package: Path, folder: Path, wanted: Iterable[re.Pattern[str]], caps: Caps | None = None) -> list[str]:
    """The members that match one of `wanted`, written below `folder`; their paths.

    Folders around everything are left away. Raises ModelUnusable; `folder` may then hold a part.
    """
    limits = caps or Caps()
    patterns = tuple(wanted)
    try:
        with zipfile.ZipFile(package) as archive:
            members = _members(archive, limits, package)
            taken = {path: member for path, member in members.items() if any(one.fullmatch(path) for one in patterns)}
            room = limits.total
            for path, member in taken.items():
                room -= _write(archive, member, folder / path, room, limits, package)
            return sorted(taken)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, RuntimeError) as error:
        detail = str(error).strip()[:80].rstrip(".").lower() or "cut off"
        raise ModelUnusable(f"is no whole zip package: {detail}", where=str(package), remedy=_DOWNLOAD) from None


_DOWNLOAD = "download it again"
_DISTRUST = "do not use this package; tell those who offer it"


def _members(archive: zipfile.ZipFile, caps: Caps, package: Path) -> dict[str, zipfile.ZipInfo]:
    """The files of the archive by their paths, folders around all of them left away."""
    entries = archive.infolist()
    if len(entries) > caps.members:
        raise _refused(f"has {len(entries):,} members, more than {caps.members:,}", package)
    found: dict[str, zipfile.ZipInfo] = {}
    folded: set[str] = set()
    for entry in entries:
        _check_name(entry, package)
        key = entry.filename.rstrip("/").casefold()
        if key in folded:
            raise _refused(f"has {entry.filename[:80]!r} twice", package)
        folded.add(key)
        if not entry.is_dir():
            found[entry.filename] = entry
    if sum(entry.file_size for entry in found.values()) > caps.total:
        raise _refused(f"unpacks to more than {caps.total:,} bytes", package)
    model = {name: entry for name, entry in found.items() if not _ASIDE.search(name)}
    while model and all("/" in name for name in model) and len({name.split("/")[0] for name in model}) == 1:
        model = {name.split("/", 1)[1]: entry for name, entry in model.items()}
    return model


def _check_name(entry: zipfile.ZipInfo, package: Path) -> None:
    # orig_filename is what the archive says; `filename` has been cut at NUL and had its separators changed.
    name = entry.orig_filename
    parts = name.rstrip("/").split("/")
    if name.startswith("/") or "\\" in name or ":" in name or "\0" in name or {"", ".", ".."} & set(parts):
        raise _refused(f"has a member that leads out of its folder: {name[:80]!r}", package)
    if stat.S_IFMT(entry.external_attr >> 16) not in _REGULAR:
        raise _refused(f"has a link or device: {name[:80]!r}", package)
    if entry.flag_bits & 0x1:
        raise _refused(f"has an encrypted member: {name[:80]!r}", package)
    if entry.compress_type not in _METHODS:
        raise _refused(f"has a member packed in an unusual way: {name[:80]!r}", package)


def _write(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, room: int, caps: Caps, package: Path
) -> int:
    """Write a member, counting; returns its bytes."""
    allowed = max(caps.ratio_from, member.compress_size * caps.ratio)
    target.parent.mkdir(parents=True, exist_ok=True)
    written = 0
    with archive.open(member) as packed, target.open("xb") as plain:
        while chunk := packed.read(1 << 16):
            written += len(chunk)
            if written > allowed:
                raise _refused(
                    f"has {member.filename[:80]!r}, which unpacks to over {caps.ratio} times its size", package
                )
            if written > room:
                raise _refused(f"unpacks to more than {caps.total:,} bytes", package)
            plain.write(chunk)
    return written


def _refused(what: str, package: Path) -> ModelUnusable:
    return ModelUnusable(what, where=str(package), remedy=_DISTRUST)
