"""Which format serves which file or media type."""

from __future__ import annotations

from functools import partial
from pathlib import PurePath
from typing import Protocol

from toolkit.documents.article import read_article
from toolkit.documents.docx import open_docx
from toolkit.documents.feeds import read_feed
from toolkit.documents.file import File, Format, open_text
from toolkit.documents.html import read_html
from toolkit.documents.json_file import read_json
from toolkit.documents.markdown import read_markdown
from toolkit.documents.model import Document, Reader
from toolkit.documents.odt import open_odt
from toolkit.documents.options import DEFAULT, ReadOptions
from toolkit.documents.plain import read_plain
from toolkit.documents.subtitles import read_srt, read_vtt
from toolkit.documents.table import read_csv, read_tsv
from toolkit.documents.xliff import read_xliff
from toolkit.documents.xml_file import read_xml_file
from toolkit.errors import BadOption


class _Told(Protocol):
    """A reader that has options."""

    def __call__(self, text: str, options: ReadOptions = DEFAULT) -> Document: ...


READERS: dict[str, Reader] = {
    "article": read_article,
    "csv": read_csv,
    "feed": read_feed,
    "html": read_html,
    "json": read_json,
    "markdown": read_markdown,
    "srt": read_srt,
    "text": read_plain,
    "tsv": read_tsv,
    "vtt": read_vtt,
    "xliff": read_xliff,
    "xml": read_xml_file,
}

PACKAGES: dict[str, Format] = {"docx": open_docx, "odt": open_odt}
"""Formats that are archives of several parts."""

_DECLARING = frozenset({"article", "feed", "html", "xliff", "xml"})
"""Text formats in which a file can say its own encoding, and write any letter as a reference."""

_TOLD: dict[str, _Told] = {
    "csv": read_csv,
    "json": read_json,
    "tsv": read_tsv,
    "xliff": read_xliff,
    "xml": read_xml_file,
}

SUFFIXES = {
    ".atom": "feed",
    ".csv": "csv",
    ".docm": "docx",
    ".docx": "docx",
    ".dotx": "docx",
    ".htm": "html",
    ".html": "html",
    ".json": "json",
    ".markdown": "markdown",
    ".md": "markdown",
    ".odt": "odt",
    ".ott": "odt",
    ".rss": "feed",
    ".srt": "srt",
    ".tsv": "tsv",
    ".vtt": "vtt",
    ".xlf": "xliff",
    ".xliff": "xliff",
    ".xml": "xml",
}
"""Formats by the end of a file's name."""

MEDIA_TYPES = {
    "application/atom+xml": "feed",
    "application/json": "json",
    "application/rss+xml": "feed",
    "application/x-subrip": "srt",
    "application/x-xliff+xml": "xliff",
    "application/xhtml+xml": "html",
    "application/xliff+xml": "xliff",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/xml": "xml",
    "text/csv": "csv",
    "text/html": "html",
    "text/markdown": "markdown",
    "text/plain": "text",
    "text/tab-separated-values": "tsv",
    "text/vtt": "vtt",
    "text/xml": "xml",
}
"""Formats by media type, without its parameters."""

WRITTEN_AS = {"article": ".md"}
"""The endings of formats that come out as another kind of file than was read."""

BILINGUAL = frozenset({"xliff", "xml"})
"""Formats in which one file can have a source and its translation."""


def format_of(name: str) -> str:
    """The format that a file's name speaks for; plain text where it does not say."""
    return SUFFIXES.get(PurePath(name).suffix.lower(), "text")


def checked_format(name: str) -> str:
    """The name of a format as it is. Raises BadOption for an unknown one."""
    if name not in READERS and name not in PACKAGES:
        raise BadOption(f"unknown format {name!r}", remedy=f"use one of {', '.join(format_names())}")
    return name


def reader_of(name: str, options: ReadOptions = DEFAULT) -> Reader:
    """The reader of a format that is one text, told what it has to know.

    Raises BadOption for an unknown format, and for a package.
    """
    if name in PACKAGES:
        raise BadOption(f"{name} is no text but a package", remedy="give it as a file")
    if name in _TOLD:
        return partial(_TOLD[name], options=options)
    return READERS[checked_format(name)]


def format_names() -> list[str]:
    """Every format, in alphabetical order."""
    return sorted([*READERS, *PACKAGES])


def open_file(data: bytes, name: str, where: str = "", options: ReadOptions = DEFAULT) -> File:
    """A file of a format, opened. Raises BadOption for an unknown format, BadInput where the bytes are no such file."""
    if name in PACKAGES:
        return PACKAGES[name](data, where)
    return open_text(data, reader_of(name, options), where, markup=name in _DECLARING)
