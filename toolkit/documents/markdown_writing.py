"""How text is written in Markdown: as it is, but for signs that would mean something where they come to stand.

What a sign means depends on what is beside it, so "R&D", "5 * 3" and "snake_case" stay. Where this is not enough (the
file is read again to know it), text is written with care: every sign escaped, emphasis by HTML's tags.
"""

from __future__ import annotations

import re

from toolkit.documents.original import Side, Tag

_BLOCK_START = re.compile(r"(?:[-+*>]|#{1,6}|\d{1,9}(?P<after>[.)]))(?=\s|$)|>|=+\s*$|-+\s*$|(?:~{3}|`{3})")
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_ALWAYS = "\\`"
_ANY = "\\`*_[]<>&~|!#"
_HTML = {"em": "em", "s": "del", "strong": "strong"}


def written(text: str) -> list[str]:
    """A text for each of its code points: the sign itself, or escaped."""
    start = _BLOCK_START.match(text)
    first = -1 if start is None else start.start("after") if start["after"] else 0
    loose = not _balanced(text)
    return [
        "\\" + char if place == first or _means_something(text, place, char, loose) else char
        for place, char in enumerate(text)
    ]


def written_in_cell(text: str) -> list[str]:
    """The same for a cell of a table, which ends at a bar."""
    return ["\\|" if char == "|" else way for char, way in zip(text, written(text), strict=True)]


def written_with_care(text: str) -> list[str]:
    """No sign is left that could mean something."""
    return ["\\" + char if char in _ANY else way for char, way in zip(text, written(text), strict=True)]


def spelled_with_care(tag: Tag, text: str) -> str:
    """A tag of a file with this text; emphasis as HTML, which needs no space or letter beside it."""
    name = _HTML.get(tag.name)
    if name is None or tag.span.of(text).startswith("<"):
        return tag.written(text)
    return f"<{name}>" if tag.side is Side.OPEN else f"</{name}>"


def counterpart(tag: Tag, text: str) -> str:
    """A sign that ends what a tag of a file with this text begins, or begins what it ends."""
    sign = tag.span.of(text)
    if tag.name == "a" and not sign.startswith("<"):
        return "](x)" if tag.side is Side.OPEN else "["
    if not sign.startswith("<"):
        return sign
    return f"</{tag.name}>" if tag.side is Side.OPEN else f"<{tag.name}>"


def _balanced(text: str) -> bool:
    """Whether square brackets pair, as they must inside a link."""
    depth = 0
    for char in text:
        depth += (char == "[") - (char == "]")
        if depth < 0:
            return False
    return not depth


def _means_something(text: str, place: int, char: str, loose: bool) -> bool:
    if char in _ALWAYS:
        return True
    before, after = text[place - 1 : place] if place else "", text[place + 1 : place + 2]
    if char == "*":
        return not (before.isspace() and after.isspace())
    if char == "_":
        return not ((before.isalnum() and after.isalnum()) or (before.isspace() and after.isspace()))
    if char == "[":
        return loose or after == "^" or not place
    if char == "]":
        return loose or after in ("", "(", "[", ":")
    if char == "<":
        return not after or after in "/!?" or after.isalpha()
    if char == "&":
        return _REFERENCE.match(text, place) is not None
    return char == "~" and "~" in (before, after)
