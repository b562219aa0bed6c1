"""The stored sentences that near matches come from, where CAT tools show them: in 1.2 as an <alt-trans> after the
target, in 2.x as matches of the Translation Candidates module at the head of the unit.

1.2: https://docs.oasis-open.org/xliff/v1.2/os/xliff-core.html#alt-trans
2.1: https://docs.oasis-open.org/xliff/xliff-core/v2.1/os/xliff-core-v2.1-os.html#candidates

Those that an earlier translation put there are told by their origin and give way; those of others stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

from toolkit.documents.finishing import Draft, Passage
from toolkit.documents.xliff_units import OURS, Unit
from toolkit.documents.xml_tree import Element
from toolkit.text.spans import Edit, Span

_MODULE = "urn:oasis:names:tc:xliff:matches:2.0"
_SPACE_BEFORE = re.compile(r"\s*\Z")
_INDENT = re.compile(r"(?:\r\n|\n|\r)[ \t]*\Z")


def line_before(text: str, place: int) -> str:
    """The line break and indent that stand before a place; empty where something else does."""
    found = _INDENT.search(text, max(0, place - 200), place)
    return found.group() if found else ""


def alternatives(draft: Draft, unit: Unit, passages: Iterable[Passage]) -> str:
    """1.2: what is to stand after a target."""
    line = line_before(draft.old, unit.source.tag.start)
    prefix, language = _prefix(unit.source), f' xml:lang="{draft.language}"'
    return "".join(
        f'{line}<{prefix}alt-trans match-quality="{passage.score:.0%}" origin="{_origin(passage)}">'
        f"{_pair(passage, prefix, language)}</{prefix}alt-trans>"
        for passage in passages
        if passage.stored is not None
    )


def former_alternatives(draft: Draft, unit: Unit) -> list[Edit]:
    """1.2: take away those of an earlier translation."""
    former = (child for child in unit.holder.children if child.local == "alt-trans" and _is_ours(draft.old, child))
    return [Edit(draft.moved(_with_space(draft.old, element)), "") for element in former]


def segment_id(text: str, unit: Unit) -> str:
    """2.x: the id by which a match refers to a segment: its own, or a new one."""
    parent = unit.holder.parent
    given = unit.holder.attribute(text, "id")
    if given or parent is None:
        return given or ""
    known = {element.attribute(text, "id") for element in parent.descendants()}
    number = parent.children.index(unit.holder) + 1
    return next(name for name in (f"{'s' * count}{number}" for count in range(1, len(known) + 3)) if name not in known)


def candidates(draft: Draft, written: Sequence[tuple[Unit, Sequence[Passage]]]) -> list[Edit]:
    """2.x: the matches of each <unit> that has a segment whose target was written."""
    by_parent: dict[int, tuple[Element, list[tuple[Unit, Passage]]]] = {}
    for unit, passages in written:
        parent = unit.holder.parent
        if parent is not None and parent.local == "unit":
            found = by_parent.setdefault(parent.tag.start, (parent, []))[1]
            found += [(unit, passage) for passage in passages if passage.stored is not None]
    edits = (_matches(draft, parent, found) for parent, found in by_parent.values())
    return [edit for edit in edits if edit is not None]


def _matches(draft: Draft, parent: Element, found: Sequence[tuple[Unit, Passage]]) -> Edit | None:
    text = draft.old
    module = parent.child("matches")
    old = module.children if module is not None else []
    kept = [Span(child.tag.start, child.end).of(text) for child in old if not _is_ours(text, child)]
    if not found and len(kept) == len(old):
        return None
    if module is None:
        line = line_before(text, parent.children[0].tag.start) if parent.children else ""
        place = draft.moved(Span(parent.tag.end, parent.tag.end))
        return Edit(place, line + _module(text, "mtc:", f' xmlns:mtc="{_MODULE}"', kept, found))
    if not found and not kept:
        return Edit(draft.moved(_with_space(text, module)), "")
    prefix = _prefix(module)
    attributes = module.tag.of(text)[len(module.name) + 1 :].rstrip("/>")
    whole = _module(text, prefix, attributes, kept, found)
    return Edit(draft.moved(Span(module.tag.start, module.end)), whole)


def _module(text: str, prefix: str, attributes: str, kept: Iterable[str], found: Iterable[tuple[Unit, Passage]]) -> str:
    new = (
        f'<{prefix}match ref="#{segment_id(text, unit)}" type="tm" matchQuality="{passage.score * 100:.1f}" '
        f'similarity="{passage.score * 100:.1f}" origin="{_origin(passage)}">'
        f"{_pair(passage, _prefix(unit.source))}</{prefix}match>"
        for unit, passage in found
    )
    return f"<{prefix}matches{attributes}>{''.join((*kept, *new))}</{prefix}matches>"


def _pair(passage: Passage, prefix: str, language: str = "") -> str:
    stored = passage.stored
    if stored is None:
        return ""
    source, target = escape(stored.source, quote=False), escape(stored.target, quote=False)
    return f"<{prefix}source>{source}</{prefix}source><{prefix}target{language}>{target}</{prefix}target>"


def _origin(passage: Passage) -> str:
    return OURS + escape(passage.stored.origin if passage.stored else "")


def _is_ours(text: str, element: Element) -> bool:
    return (element.attribute(text, "origin") or "").startswith(OURS)


def _with_space(text: str, element: Element) -> Span:
    """An element with the white space before it."""
    found = _SPACE_BEFORE.search(text, element.parent.tag.end if element.parent else 0, element.tag.start)
    return Span(found.start() if found else element.tag.start, element.end)


def _prefix(element: Element) -> str:
    prefix, colon, _ = element.name.rpartition(":")
    return f"{prefix}{colon}"
