"""Write the targets of an XLIFF file: the draft has the translation where the source stood; both get their places.

What made a target is said as the standard has it: in 1.2 by its state and state-qualifier, in 2.x by the state and
subState of its segment. Beside a near match stands what it was made of (xliff_matches).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from toolkit.documents.finishing import Draft, Finished, Passage, untouched
from toolkit.documents.shift import Shift
from toolkit.documents.xliff_matches import (
    alternatives,
    candidates,
    former_alternatives,
    line_before,
    segment_id,
)
from toolkit.documents.xliff_units import OURS, Unit
from toolkit.documents.xml_tree import Element
from toolkit.errors import BadInput
from toolkit.text.spans import Edit, Span, apply_edits

_UNTRANSLATED = "untranslated"
_CERTAINTY = ("machine", "memory-fuzzy", "memory", "restyled")
"""Where segments come from, the least certain first: a target of several says the first of theirs."""
_QUALIFIERS = {
    "machine": "leveraged-mt",
    "memory": "leveraged-tm",
    "memory-fuzzy": "fuzzy-match",
    "restyled": "leveraged-glossary",
}


@dataclass(frozen=True, slots=True)
class _Written:
    """A target: the edits of the draft, the one that holds the translation, and where in its text that begins."""

    area: Span
    """Where the translation stands in the draft."""
    edits: tuple[Edit, ...]
    holds: Edit
    offset: int


def write_targets(draft: Draft, units: Sequence[Unit], version: int, declared: str | None) -> Finished:
    """Move each translation from its source to its target. Raises BadInput where the file is for another language."""
    if draft.language is None:
        return untouched(draft)
    if declared is not None and declared != draft.language:
        raise BadInput(
            f"this XLIFF file is for translations into {declared!r}, not {draft.language!r}",
            remedy="give --to as the file has it",
        )
    passages = sorted(draft.passages, key=lambda passage: passage.span)
    starts = [passage.span.start for passage in passages]
    written: list[_Written] = []
    units_written: list[tuple[Unit, Sequence[Passage]]] = []
    for unit in units:
        content = unit.content.content
        inside = passages[bisect_right(starts, content.start - 1) : bisect_right(starts, content.end - 1)]
        if any(passage.origin != _UNTRANSLATED for passage in inside):
            written.append(_target(draft, unit, inside, version))
            units_written.append((unit, inside))
    more = candidates(draft, units_written) if version == 2 else []
    edits = sorted([*(edit for one in written for edit in one.edits), *more], key=lambda edit: edit.span)
    return Finished(apply_edits(draft.text, edits), _Moves(written, edits))


class _Moves:
    """Leads from the draft to the file: inside a translation to its target, elsewhere past the edits."""

    def __init__(self, written: Sequence[_Written], edits: Sequence[Edit]) -> None:
        self._areas = [one.area for one in written]
        self._starts = [area.start for area in self._areas]
        self._shift = Shift(edits)
        self._places = [self._shift.start(one.holds.span.start) + one.offset for one in written]

    def __call__(self, span: Span) -> Span:
        index = bisect_right(self._starts, span.start) - 1
        if index >= 0 and self._areas[index].contains(span):
            return span.shift(self._places[index] - self._areas[index].start)
        return self._shift.between(span)


def _target(draft: Draft, unit: Unit, passages: Sequence[Passage], version: int) -> _Written:
    area = draft.moved(unit.content.content)
    translation = area.of(draft.text)
    back = Edit(area, unit.content.content.of(draft.old))
    says = _says(passages, version)
    language = {"xml:lang": draft.language or ""} if version == 1 else {}
    tag = _tag(draft, unit, {**language, **(says if version == 1 else {})})
    holds = _placed(draft, unit, tag, translation, alternatives(draft, unit, passages) if version == 1 else "")
    edits = [back, holds]
    if version == 1:
        edits += former_alternatives(draft, unit)
    if version == 2:
        if any(passage.stored for passage in passages) and not unit.holder.attribute(draft.old, "id"):
            says = {"id": segment_id(draft.old, unit) or None, **says}
        start = draft.moved(unit.holder.tag)
        edits.insert(0, Edit(start, with_attributes(start.of(draft.text), says)))
    return _Written(area, tuple(edits), holds, holds.text.index(tag) + len(tag))


def _placed(draft: Draft, unit: Unit, tag: str, translation: str, following: str) -> Edit:
    """The target in place of the old one, or after the source, on a line of its own where that is; and what follows."""
    text = f"{tag}{translation}</{_name(unit)}>{following}"
    if unit.target is not None:
        place = draft.moved(Span(unit.target.tag.start, unit.target.end))
        return Edit(place, text)
    after = draft.moved(Span(unit.content.end, unit.content.end)).start
    return Edit(Span(after, after), line_before(draft.old, unit.source.tag.start) + text)


def _name(unit: Unit) -> str:
    return unit.target.name if unit.target is not None else _prefixed(unit.source)


def _prefixed(source: Element) -> str:
    prefix, colon, _ = source.name.rpartition(":")
    return f"{prefix}{colon}target"


def _tag(draft: Draft, unit: Unit, attributes: dict[str, str | None]) -> str:
    old = unit.target.tag.of(draft.old) if unit.target is not None else f"<{_name(unit)}>"
    if old.endswith("/>"):
        old = old.removesuffix("/>").rstrip() + ">"
    return with_attributes(old, attributes)


def with_attributes(tag: str, wanted: dict[str, str | None]) -> str:
    """A start tag with attributes set, or with those taken away that are None."""
    for name, value in wanted.items():
        tag = re.sub(rf"(?<!\s)\s++{re.escape(name)}\s*+=\s*+(?:\"[^\"]*\"|'[^']*')", "", tag)
        if value is not None:
            tag = f'{tag[:-1]} {name}="{escape(value)}">'
    return tag


def _says(passages: Sequence[Passage], version: int) -> dict[str, str | None]:
    """How a target tells what made it."""
    origins = {passage.origin for passage in passages}
    if _UNTRANSLATED in origins:
        if version == 1:
            return {"state": "needs-translation", "state-qualifier": None}
        return {"state": "initial", "subState": f"{OURS}partial"}
    origin = min(origins, key=_CERTAINTY.index)
    if version == 1:
        return {"state": "needs-review-translation", "state-qualifier": _QUALIFIERS[origin]}
    return {"state": "translated", "subState": f"{OURS}{origin}"}
