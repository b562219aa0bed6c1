"""Which reader serves which file or media type."""

from __future__ import annotations

from pathlib import PurePath

from toolkit.documents.html import read_html
from toolkit.documents.markdown import read_markdown
from toolkit.documents.model import Reader
from toolkit.documents.plain import read_plain
from toolkit.errors import BadOption

READERS: dict[str, Reader] = {"html": read_html, "markdown": read_markdown, "text": read_plain}
_SUFFIXES = {".htm": "html", ".html": "html", ".md": "markdown", ".markdown": "markdown"}


def format_of(name: str) -> str:
    """The format that a file's name speaks for; plain text where it does not say."""
    return _SUFFIXES.get(PurePath(name).suffix.lower(), "text")


def reader_of(name: str) -> Reader:
    """The reader of a format. Raises BadOption for an unknown one."""
    try:
        return READERS[name]
    except KeyError:
        raise BadOption(f"unknown format {name!r}", remedy=f"use one of {', '.join(sorted(READERS))}") from None
