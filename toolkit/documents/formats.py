"""Which format serves which file or media type."""

from __future__ import annotations

from pathlib import PurePath

from toolkit.documents.docx import open_docx
from toolkit.documents.file import File, Format, open_text
from toolkit.documents.html import read_html
from toolkit.documents.markdown import read_markdown
from toolkit.documents.model import Reader
from toolkit.documents.odt import open_odt
from toolkit.documents.plain import read_plain
from toolkit.errors import BadOption

READERS: dict[str, Reader] = {"html": read_html, "markdown": read_markdown, "text": read_plain}
"""Formats that are one text."""

PACKAGES: dict[str, Format] = {"docx": open_docx, "odt": open_odt}
"""Formats that are archives of several parts."""

_DECLARING = frozenset({"html"})
"""Text formats in which a file can say its own encoding, and write any letter as a reference."""

_SUFFIXES = {
    ".docm": "docx", ".docx": "docx", ".dotx": "docx", ".htm": "html", ".html": "html", ".markdown": "markdown",
    ".md": "markdown", ".odt": "odt", ".ott": "odt",
}  # fmt: skip


def format_of(name: str) -> str:
    """The format that a file's name speaks for; plain text where it does not say."""
    return _SUFFIXES.get(PurePath(name).suffix.lower(), "text")


def reader_of(name: str) -> Reader:
    """The reader of a format that is one text. Raises BadOption for an unknown one, and for a package."""
    if name in PACKAGES:
        raise BadOption(f"{name} is no text but a package", remedy="give it as a file")
    try:
        return READERS[name]
    except KeyError:
        raise BadOption(f"unknown format {name!r}", remedy=f"use one of {', '.join(format_names())}") from None


def format_names() -> list[str]:
    """Every format, in alphabetical order."""
    return sorted([*READERS, *PACKAGES])


def open_file(data: bytes, name: str, where: str = "") -> File:
    """A file of a format, opened. Raises BadOption for an unknown format, BadInput where the bytes are no such file."""
    if name in PACKAGES:
        return PACKAGES[name](data, where)
    return open_text(data, reader_of(name), where, markup=name in _DECLARING)
