"""What a format does to a file once its texts are changed: break lines anew, quote a cell, write a target.

Readers that need this hand a `Finish` to their Original. It sees the file with the changes in place (the draft) and
says what becomes of it and where everything then stands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from toolkit.documents.shift import Shift
from toolkit.text.spans import Edit, Span, apply_edits


@dataclass(frozen=True, slots=True)
class StoredPair:
    """A stored sentence and its translation as the memory has them; `origin` says where they are from."""

    source: str
    target: str
    origin: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A segment: its place in the file as it was, where its new text comes from, and how near a match it is; of a near
    match, what it was made of."""

    span: Span
    origin: str
    score: float
    stored: StoredPair | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A file as it was and with its changes. `moved` leads from the one to the other.

    `language` is the code of the new language, None where the text stays in its own.
    """

    old: str
    text: str
    moved: Callable[[Span], Span]
    language: str | None = None
    passages: Sequence[Passage] = ()


@dataclass(frozen=True, slots=True)
class FormatRemark:
    """A finding in the making: its code, the place in the file as it was and as it came out, its fields."""

    code: str
    span: Span
    target: Span
    fields: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finished:
    """The file as it comes out. `moved` leads to it from the draft."""

    text: str
    moved: Callable[[Span], Span]
    remarks: Sequence[FormatRemark] = ()


Finish = Callable[[Draft], Finished]


def untouched(draft: Draft) -> Finished:
    """The draft as it is."""
    return Finished(draft.text, lambda span: span)


def edited(draft: Draft, edits: Sequence[Edit]) -> Finished:
    """The draft after edits, which are given in order and do not cut a stretch that anyone asks for."""
    return Finished(apply_edits(draft.text, edits), Shift(edits).between) if edits else untouched(draft)
