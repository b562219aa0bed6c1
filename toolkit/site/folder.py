"""Writes a site into its folder: only there, and nothing of an older site stays behind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from toolkit.errors import BadOption

_MARK = ".dragoman-site"
"""A file that says that the folder is a site, so that it may be written over."""
_PAGES = ("*.html", "entity/*.html", "kind/*.html")


class File(NamedTuple):
    """A file of the site: its path below the folder, with /, and its text."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: the first page, how many files there are and how large they are together."""

    start: Path
    files: int
    bytes: int


def write_folder(out: Path, files: Iterable[File]) -> Written:
    """Write the files into `out`, and remove pages of an older site that are no more.

    Raises BadOption where the folder holds something that is no site, or cannot be written.
    """
    _refuse_others(out)
    count = size = 0
    paths: set[Path] = set()
    try:
        for folder in (out, out / "entity", out / "kind"):
            folder.mkdir(parents=True, exist_ok=True)
        (out / _MARK).write_text("A site made by `dragoman glossary site`; it is written over.\n", encoding="utf-8")
        for file in files:
            path = out / file.path
            content = file.text.encode()
            path.write_bytes(content)
            paths.add(path)
            count += 1
            size += len(content)
        for pattern in _PAGES:
            for path in sorted(out.glob(pattern)):
                if path not in paths:
                    path.unlink()
    except OSError as error:
        raise _unwritable(out, error) from None
    return Written(out / "index.html", count, size)


def _refuse_others(out: Path) -> None:
    try:
        taken = out.exists() and (not out.is_dir() or (any(out.iterdir()) and not (out / _MARK).is_file()))
    except OSError as error:
        raise _unwritable(out, error) from None
    if taken:
        raise BadOption("holds something that is no site of a glossary", where=str(out), remedy="name an empty folder")


def _unwritable(out: Path, error: OSError) -> BadOption:
    return BadOption(
        f"cannot be written: {error.strerror}", where=str(out), remedy="check the path and its permissions"
    )
