"""The tags and objects of a segment in its translation: each in its place, and said so where that is not certain."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from toolkit.documents.original import OBJECT, Side, Tag
from toolkit.pipeline.inline import Element, Link, elements_of, place_tags
from toolkit.pipeline.outcome import Outcome
from toolkit.pipeline.result import Origin
from toolkit.pipeline.segment import Segment
from toolkit.text.spans import Edit, Span, apply_edits

_TOUCHING = re.compile(f"{OBJECT}(?={OBJECT})")
_WORD = re.compile(r"\w+")


def with_tags(segment: Segment, outcome: Outcome) -> Outcome:
    """The outcome with a place for every tag and object of the segment; doubtful places are told."""
    if outcome.origin is Origin.UNTRANSLATED or outcome.raw is not None:
        return outcome
    outcome = _with_objects(segment, outcome)
    if not segment.tags or outcome.text == segment.text:
        return replace(outcome, tags=segment.tags)
    elements = elements_of(segment.tags, len(segment.text))
    found = place_tags(elements, segment.text, outcome.text, _links(segment, outcome))
    told = [_told(element) for element in found.doubtful]
    return replace(outcome, tags=found.tags, remarks=[*outcome.remarks, *told])


def _told(element: Element) -> tuple[str, Span | None, Mapping[str, object]]:
    return "T016", element.span if len(element.span) else None, {}


def _links(segment: Segment, outcome: Outcome) -> list[Link]:
    """What surely stands for what: names, words that both texts have once; then what the engine says of the rest."""
    sure = [(mention.span, place.span) for mention, place in outcome.placed.items() if place.span is not None]
    sure += zip(_objects(segment.text), _objects(outcome.text), strict=False)
    words = [_once(text) for text in (segment.text, outcome.text)]
    sure += [(words[0][word], words[1][word]) for word in words[0].keys() & words[1].keys()]
    return sure + [
        (ours, theirs)
        for ours, theirs in outcome.links
        if not any(ours.overlaps(known) or theirs.overlaps(there) for known, there in sure)
    ]


def _objects(text: str) -> list[Span]:
    return [Span(place, place + 1) for place, char in enumerate(text) if char == OBJECT]


def _once(text: str) -> dict[str, Span]:
    found = [(match.group(), Span(*match.span())) for match in _WORD.finditer(text)]
    counts = Counter(word for word, _ in found)
    return {word: span for word, span in found if counts[word] == 1}


def _with_objects(segment: Segment, outcome: Outcome) -> Outcome:
    """The outcome with as many objects as the segment has; those that were lost are put where their words are."""
    wanted = segment.text.count(OBJECT)
    if outcome.text.count(OBJECT) == wanted:
        return _apart(segment, outcome)
    places = [place for place, char in enumerate(outcome.text) if char == OBJECT]
    outcome = _edited(outcome, [Edit(Span(place, place + 1), "") for place in places])
    lone = [
        (place, Tag(Span(place, place + 1), OBJECT, Side.ALONE))
        for place, char in enumerate(segment.text)
        if char == OBJECT
    ]
    found = place_tags(elements_of(lone, len(segment.text)), segment.text, outcome.text, _links(segment, outcome))
    edits = [Edit(Span(offset, offset), _spaced(outcome.text, offset)) for offset, _ in found.tags]
    told: tuple[str, Span | None, Mapping[str, object]] = ("T016", None, {})
    return _apart(segment, replace(_edited(outcome, edits), remarks=[*outcome.remarks, told]))


def _apart(segment: Segment, outcome: Outcome) -> Outcome:
    """The outcome with a space between objects that touch as in the segment none did: two may read as one."""
    if _TOUCHING.search(segment.text):
        return outcome
    places = [match.end() for match in _TOUCHING.finditer(outcome.text)]
    return _edited(outcome, [Edit(Span(place, place), " ") for place in places]) if places else outcome


def _spaced(text: str, offset: int) -> str:
    before, after = text[:offset][-1:], text[offset:][:1]
    return (" " if before.isalnum() else "") + OBJECT + (" " if after.isalnum() else "")


def _edited(outcome: Outcome, edits: Sequence[Edit]) -> Outcome:
    """The outcome with its text edited outside of its names, and everything in it moved along."""

    def moved(span: Span) -> Span:
        by = sum(len(edit.text) - len(edit.span) for edit in edits if edit.span.end <= span.start)
        return span.shift(by)

    placed = {
        mention: place if place.span is None else replace(place, span=moved(place.span))
        for mention, place in outcome.placed.items()
    }
    links = tuple((ours, moved(theirs)) for ours, theirs in outcome.links)
    merged: dict[Span, str] = {}
    for edit in edits:
        merged[edit.span] = merged.get(edit.span, "") + edit.text
    text = apply_edits(outcome.text, [Edit(span, text) for span, text in merged.items()])
    return replace(outcome, text=text, placed=placed, links=links)
