"""What the parser of YAML complains of, in words that somebody can act on who has never heard of YAML.

libyaml tells where it gave up and what it had hoped for ("mapping values are not allowed in this context"). What the
person did is told from that and from the line itself: a colon too many, a quotation mark that is never closed, a tab.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import yaml

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\u007e\u0085\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_VERSIONS = re.compile(r"^<{7}( |$)", re.MULTILINE)
_ODD_SPACE = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_DASH = re.compile(r"\s*-[^\s-]")
_QUOTED = "put the text into double quotes"


@dataclass(frozen=True, slots=True)
class Told:
    """What is wrong, what to do, and the line (from 1)."""

    what: str
    remedy: str
    line: int


def in_words(error: yaml.YAMLError, text: str) -> Told:
    """What is wrong with a text that the parser refused."""
    forbidden = _FORBIDDEN.search(text)
    if forbidden is not None or not isinstance(error, yaml.MarkedYAMLError):
        sign = f" (U+{ord(forbidden.group()):04X})" if forbidden else ""
        line = text.count("\n", 0, forbidden.start()) + 1 if forbidden else 1
        return Told(f"has control characters{sign}, which no text needs", "type the line anew", line)
    versions = _VERSIONS.search(text)
    if versions is not None:
        line = text.count("\n", 0, versions.start()) + 1
        return Told("holds two versions side by side", "keep one, and remove the lines with <<<, === and >>>", line)
    place = _Place.of(error, text)
    known = _WORDS.get(error.problem or "")
    if known is not None:
        return known(place)
    return Told(
        f"cannot be read: {error.problem}",
        "check indentation, brackets and quotes on this line and the one above",
        place.line,
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the parser gave up, and where what it was reading began; lines from 1."""

    lines: list[str]
    line: int
    column: int
    start: int

    @classmethod
    def of(cls, error: yaml.MarkedYAMLError, text: str) -> _Place:
        mark = error.problem_mark or error.context_mark
        begun = error.context_mark or mark
        line = mark.line + 1 if mark else 1
        return cls(text.split("\n"), line, mark.column if mark else 0, begun.line + 1 if begun else line)

    def text(self, line: int) -> str:
        return self.lines[line - 1] if 0 < line <= len(self.lines) else ""

    @property
    def before(self) -> str:
        """What stands before the place in its line."""
        return self.text(self.line)[: self.column]

    @property
    def sign(self) -> str:
        return self.text(self.line)[self.column : self.column + 1]


def _at_once(what: str, remedy: str) -> Callable[[_Place], Told]:
    return lambda place: Told(what, remedy, place.line)


def _begun(what: str, remedy: str) -> Callable[[_Place], Told]:
    """Of something that is never ended: the line where it begins is the one to look at."""
    return lambda place: Told(what, remedy, place.start)


def _tab(place: _Place) -> Told:
    return Told("has a tab where spaces should stand", "indent with spaces, never with tabs", place.line)


def _sign(place: _Place) -> Told:
    if place.sign == "\t":
        return _tab(place)
    return Told(f"a text begins with {place.sign}, which has a meaning of its own here", _QUOTED, place.line)


def _colon(place: _Place) -> Told:
    """A colon that is not allowed: the second one of its line, or the first of a line that stands wrong."""
    above = place.text(place.line - 1)
    odd = next((line for line in (place.line, place.line - 1) if _ODD_SPACE.search(place.text(line))), 0)
    if odd:
        return _odd_space(odd)
    if ": " in place.before:
        return Told("has a second `: ` in one line", "put the text after the first one into double quotes", place.line)
    if _DASH.match(above):
        return Told("has no space after the dash", "write `- usage: …`, with a space", place.line - 1)
    return _indented(place)


def _no_colon(place: _Place) -> Told:
    if _ODD_SPACE.search(place.text(place.start)):
        return _odd_space(place.start)
    return Told("has no `: ` after the name of the field", "write `field: text`, with a colon and a space", place.start)


def _odd_space(line: int) -> Told:
    return Told("has a space of another kind (as word processors make them)", "type ordinary spaces", line)


def _key(place: _Place) -> Told:
    if place.before.rstrip().endswith(('"', "'")):
        return Told("goes on after the closing quotation mark", "put the whole text between '…'", place.line)
    return _indented(place)


def _indented(place: _Place) -> Told:
    remedy = "begin it in the same column as the lines it belongs with; each name of an entry begins with `- usage: …`"
    return Told("is indented otherwise than the lines above it", remedy, place.line)


_WORDS: dict[str, Callable[[_Place], Told]] = {
    "block sequence entries are not allowed in this context": _at_once(
        "a dash stands behind the name of a field", f"{_QUOTED}, or begin the list on the next line"
    ),
    "could not find expected ':'": _no_colon,
    "did not find expected ',' or ']'": _begun(
        "a bracket that opens here is not closed, or a comma is missing", "write it as [one, two]"
    ),
    "did not find expected ',' or '}'": _begun(
        "a brace that opens here is not closed, or a comma is missing", "write it as {text: …, declension: …}"
    ),
    "did not find expected '-' indicator": _indented,
    "did not find expected alphabetic or numeric character": _at_once(
        "a text begins with & or *, which have a meaning of their own here", _QUOTED
    ),
    "did not find expected comment or line break": _at_once(
        "a text begins with > or |, which have a meaning of their own here", _QUOTED
    ),
    "did not find expected key": _key,
    "found a tab character that violates indentation": _tab,
    "found character that cannot start any token": _sign,
    "found unexpected end of stream": _begun(
        "a quotation mark that opens here is never closed",
        "close it; in a text between single quotes an apostrophe is written twice",
    ),
    "found unknown escape character": _at_once(
        "has a backslash in a text between double quotes", "write it twice, or use single quotes"
    ),
    "mapping values are not allowed in this context": _colon,
}
"""By what libyaml says."""
