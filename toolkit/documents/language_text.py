"""Which of the strings in data are language, and by which reader they are read, where nobody has said so."""

from __future__ import annotations

import re

from toolkit.documents.html import read_html
from toolkit.documents.markdown import read_markdown
from toolkit.documents.model import Document, Reader
from toolkit.documents.plain import read_plain
from toolkit.errors import BadOption

KINDS: dict[str, Reader] = {"html": read_html, "markdown": read_markdown, "text": read_plain}

_KIND = re.compile(r"(?P<name>.*):(?P<kind>[a-z]+)", re.DOTALL)
_HTML = re.compile(r"</[a-zA-Z][^<>]*>|<(?:br|hr|img|p)\b[^<>]*>")
_ADDRESS = re.compile(
    r"[a-zA-Z][\w+.-]*:\S+|www\.\S+|/\S*|\.{1,2}/\S*|#\S*|\S+@\S+\.\w+|[\w-]+(?:[./][\w-]+)*\.[a-z0-9]{2,5}(?:[/?#]\S*)?"
)
_DATE = re.compile(
    r"(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4}(?: [\d:]+)?(?: [A-Z]{1,4}| [+-]\d{4})?|[\dTZ:.,+/ -]+"
)
_CODE = re.compile(
    r"[a-z0-9]+(?:[-_.:][A-Za-z0-9]+)*|[a-z]+(?:[A-Z][a-z0-9]*)+|[A-Z0-9]+(?:[-_.][A-Z0-9]+)*|[a-z]{2}[-_][A-Z]{2}"
)
"""Slugs, identifiers in camelCase, currencies, locales, hashes: one "word" of ASCII letters that no prose has alone."""
_LONGEST_CODE = 500
"""Code points up to which a string is looked at more closely: one that is longer has spaces, or is data."""
_KEY = re.compile(
    r"(?:.*[_-])?(?:id|ids|uuid|guid|url|uri|urls|href|src|link|links|slug|path|permalink|hash|date|datetime|time|"
    r"timestamp|lang|language|locale|type|status|state|format|mime|email|class|color|colour|file|filename|key|sku|"
    r"template|version)|.*(?:_at|_on|Id|Url|Uri|Date|At|Slug|Type)",
)


def is_language(text: str) -> bool:
    """Whether a string reads as language: it has letters and is no address, date, slug or code."""
    bare = text.strip()
    if not any(char.isalpha() for char in bare):
        return False
    if len(bare) > _LONGEST_CODE:
        return any(char.isspace() for char in bare)
    return not (_ADDRESS.fullmatch(bare) or _DATE.fullmatch(bare) or _CODE.fullmatch(bare))


def names_no_language(key: str) -> bool:
    """Whether a key or column by this name holds addresses, dates or codes: id, url, slug, published_at."""
    return _KEY.fullmatch(key) is not None


def with_kind(wanted: str) -> tuple[str, str | None]:
    """`body:html` → `body` and `html`. Raises BadOption for a kind that is none."""
    match = _KIND.fullmatch(wanted)
    if not match:
        return wanted, None
    if match["kind"] not in KINDS:
        raise BadOption(f"{match['kind']!r} is no kind of text", where=wanted, remedy=f"use one of {', '.join(KINDS)}")
    return match["name"], match["kind"]


def read_string(text: str, kind: str | None = None) -> Document:
    """A string by its declared kind; without one, as HTML where it has tags, else as plain text."""
    if kind is not None:
        return KINDS[kind](text)
    return read_html(text) if _HTML.search(text) else read_plain(text)
