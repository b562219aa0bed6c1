"""The seam between the formats and all else: what goes into a format, and what comes out of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from toolkit.errors import NotText
from toolkit.glossary.exchange.concepts import Concept
from toolkit.glossary.exchange.selection import Selection


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a file could not say, and why."""

    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Written:
    """The files of an export by path below the place wanted (the empty path is that place itself)."""

    files: Mapping[str, bytes]
    count: int
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a file proposes about one entity, and the place (a line, an element) where it does.

    `parts` tells whether the format distinguishes full names from variants, acronyms and short forms; `own_ids` whether
    ids are those of a glossary like ours, so that a new entity keeps its id; `trouble` is why a place could not be
    read, and then the concept is empty.
    """

    concept: Concept
    place: str
    parts: bool = True
    own_ids: bool = True
    trouble: str = ""


class Writer(Protocol):
    """Writes concepts in one format. Raises BadOption where the selection lacks what the format needs."""

    def __call__(self, concepts: Sequence[Concept], selection: Selection, /) -> Written: ...


class Reader(Protocol):
    """Reads a file of one format, in order. Raises BadInput for a file that is none."""

    def __call__(self, content: bytes, selection: Selection, /) -> list[Proposal]: ...


def decoded(content: bytes) -> str:
    """The text of a file: UTF-8, with or without a byte order mark. Raises NotText."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise NotText("is no UTF-8 text", where=f"line {line}", remedy="save it as UTF-8") from None
