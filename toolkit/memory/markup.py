"""The marks of a memory file: [surface](entity-id:usage) around a name, in the form the sentence gives it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from toolkit.errors import MemoryBroken
from toolkit.text.spans import Span

_MARK = re.compile(r"\[([^\[\]]*)\]\(([^()]*)\)")
_TARGET = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)(?::([a-z0-9]+(?:-[a-z0-9]+)*))?")
_REST = re.compile(r"\]\(|\[[^\]]*\Z")
_REMEDY = "write names as [surface](entity-id) or [surface](entity-id:usage)"


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked name: its place in the plain text, its entity, and its usage where the mark gives one."""

    span: Span
    entity: str
    usage: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """A text without its marks, and the marks with their places in it."""

    text: str
    marks: tuple[Mark, ...] = ()


def parse_marks(text: str, *, where: str = "") -> Marked:
    """Read the marks of a text. Raises MemoryBroken, with `where`, for a mark that is not whole."""
    parts: list[str] = []
    marks: list[Mark] = []
    position = length = 0
    for match in _MARK.finditer(text):
        between = _plain(text[position : match.start()], where)
        target = _TARGET.fullmatch(match.group(2))
        if target is None or not match.group(1).strip():
            raise MemoryBroken(f"{match.group()[:60]!r} is no mark of a name", where=where, remedy=_REMEDY)
        start = length + len(between)
        length = start + len(match.group(1))
        marks.append(Mark(Span(start, length), target.group(1), target.group(2) or ""))
        parts += (between, match.group(1))
        position = match.end()
    parts.append(_plain(text[position:], where))
    return Marked("".join(parts), tuple(marks))


def _plain(piece: str, where: str) -> str:
    broken = _REST.search(piece)
    if broken:
        raise MemoryBroken(f"a mark is left open at {piece[broken.start() :][:40]!r}", where=where, remedy=_REMEDY)
    return piece
