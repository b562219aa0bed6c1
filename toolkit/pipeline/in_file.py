"""Results over a reading view, brought back into the file that it is of: texts escaped, tags kept, offsets the file's.

Documents without such a view pass through unchanged. Where a document is shown as it is read (`as_read`), the Result
keeps the view's texts and offsets, and carries the file's text beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from toolkit.documents.finishing import Passage, StoredPair
from toolkit.documents.model import Document
from toolkit.documents.original import OBJECT, Original
from toolkit.documents.writing import Change, Written
from toolkit.pipeline.outcome import Outcome
from toolkit.pipeline.read_as_meant import read_as_meant
from toolkit.pipeline.render import Decision
from toolkit.pipeline.result import Finding, Origin, Result, ResultMention, ResultSegment, finding
from toolkit.pipeline.segment import Segment
from toolkit.text.spans import Edit, Span, SpanSet


def can_change(document: Document, span: Span) -> bool:
    """Whether the tags inside a stretch can enclose all of what takes its place."""
    return document.original is None or document.original.enclosing(span) is not None


def within_tags(decisions: Iterable[Decision], document: Document) -> list[Decision]:
    """The decisions; a name stays, flagged, where the tags inside it could not be kept."""
    return [
        decision
        if not decision.replaced or can_change(document, decision.mention.span)
        else replace(
            decision,
            text=decision.mention.surface,
            usage="+".join(decision.mention.usages),
            outcome=None,
            rule="flag:tags",
            code="N019",
            candidates=(decision.text,),
        )
        for decision in decisions
    ]


def changes_of(document: Document, edits: Iterable[Edit]) -> list[Change]:
    """Edits of the view as changes of the file: tags inside a name enclose all of the new one."""
    original = document.original
    changes = []
    for edit in edits if original else ():
        wrap = original.enclosing(edit.span) if original else None
        if original is not None and wrap is not None:
            inserts = [*((0, tag) for tag in wrap.before), *((len(edit.text), tag) for tag in wrap.after)]
            spelt = original.spell(edit.span, inserts, len(edit.text))
            changes.append(Change(edit.span, original.span(edit.span), edit.text, spelt))
    return changes


def segment_changes(document: Document, segments: Sequence[Segment], outcomes: Sequence[Outcome]) -> list[Change]:
    """Translated segments as changes of the file, with their tags and objects where the outcomes have them."""
    if document.original is None:
        return []
    return [
        _segment_change(document.original, segment, outcome)
        for segment, outcome in zip(segments, outcomes, strict=True)
        if outcome.origin is not Origin.UNTRANSLATED and (outcome.text != segment.text or segment.tags)
    ]


def _segment_change(original: Original, segment: Segment, outcome: Outcome) -> Change:
    area = original.area(segment.span)
    if outcome.raw is not None:
        return Change(segment.span, area, outcome.text, raw=outcome.raw)
    objects = tuple(
        original.span(Span(place, place + 1)).of(original.text)
        for place, char in enumerate(segment.text, segment.span.start)
        if char == OBJECT
    )
    inserts = original.spell(segment.span, outcome.tags, len(outcome.text))
    change = Change(segment.span, area, outcome.text, inserts, objects)
    return read_as_meant(original, change, outcome)


def in_file(
    result: Result,
    source: Document,
    changes: Sequence[Change] = (),
    *,
    target: Document | None = None,
    stored: Sequence[StoredPair | None] = (),
) -> Result:
    """The Result with the files' texts and offsets for the views'. `changes` are of `target`, which is the source
    itself where not given (a translation that is compared with its source is a file of its own). `stored` has, for
    each segment, what a near match was made of, for formats that show it."""
    other = target or source
    if source.original is None and other.original is None:
        return result
    areas = {} if target else {change.span: change.original for change in changes}
    places = [
        (None if source.as_read else areas.get(Span(s.start, s.end))) or _there(source, s.start, s.end)
        for s in result.segments
    ]
    passages = [
        Passage(place, segment.origin.value, segment.score, pair)
        for place, segment, pair in zip(places, result.segments, stored or [None] * len(places), strict=True)
    ]
    written = _written(other, result, changes, passages, translated=target is None)
    shown = None if other.as_read else written
    update: dict[str, object] = {
        "segments": tuple(_segments(result, source, places, shown if target is None else None)),
        "mentions": tuple(_mentions(result, source, shown)),
        "findings": (*_findings(result, source, shown), *_of_the_format(written)),
    }
    if written is not None:
        text = written.text
        if other.localised is not None and target is None and result.lang is not result.source_lang:
            text = other.localised(text, result.lang)
        update["original" if other.as_read else "text"] = text
    return result.model_copy(update=update)


def _segments(
    result: Result, source: Document, places: Sequence[Span], written: Written | None
) -> Iterator[ResultSegment]:
    """The segments at their `places` of the file; their targets as they are written, where that is told."""
    for segment, place in zip(result.segments, places, strict=True):
        update: dict[str, object] = {**_ends(place), "source": _text(source, place)}
        if written is not None:
            update["target"] = written.moved(place).of(written.text)
        yield segment.model_copy(update=update)


def _mentions(result: Result, source: Document, written: Written | None) -> Iterator[ResultMention]:
    for mention in result.mentions:
        place = _there(source, mention.start, mention.end)
        update: dict[str, object] = {**_ends(place), "surface": _text(source, place)}
        moved = _moved(written, mention.target_start, mention.target_end)
        if written is not None and moved is not None:
            update |= {**_ends(moved, "target_"), "rendering": moved.of(written.text)}
        yield mention.model_copy(update=update)


def _findings(result: Result, source: Document, written: Written | None) -> Iterator[Finding]:
    for remark in result.findings:
        moved = _moved(written, remark.target_start, remark.target_end)
        there = _ends(moved, "target_") if moved is not None else {}
        yield remark.model_copy(update=_ends(_there(source, remark.start, remark.end)) | there)


def _written(
    document: Document, result: Result, changes: Sequence[Change], passages: Sequence[Passage], *, translated: bool
) -> Written | None:
    """The file with the changes; one that is `translated` names its new language."""
    if document.original is None:
        return None
    areas = SpanSet(change.original for change in changes)
    repairs = [
        edit for edit in document.original.repairs(change.span for change in changes) if not areas.covers(edit.span)
    ]
    if not translated or result.lang is result.source_lang:
        return Written(document.original, changes, repairs)
    code = result.lang.value
    return Written(
        document.original,
        changes,
        [*repairs, *(Edit(place.span, place.written(code)) for place in document.language_codes)],
        language=code,
        passages=passages,
    )


def _of_the_format(written: Written | None) -> list[Finding]:
    """What the format has to say of the file that came out."""
    return [
        finding(remark.code, remark.span.start, remark.span.end, **remark.fields).model_copy(
            update=_ends(remark.target, "target_")
        )
        for remark in (written.remarks if written else ())
    ]


def _there(document: Document, start: int, end: int) -> Span:
    """A span of the view in the file."""
    span = Span(start, end)
    return document.original.span(span) if document.original and not document.as_read else span


def _text(document: Document, place: Span) -> str:
    return place.of(document.original.text if document.original and not document.as_read else document.text)


def _moved(written: Written | None, start: int | None, end: int | None) -> Span | None:
    """A span of the view that came out, in the file that came out; None where there is none, or no such view."""
    return written.span(Span(start, end)) if written is not None and start is not None and end is not None else None


def _ends(place: Span, of: str = "") -> dict[str, object]:
    return {f"{of}start": place.start, f"{of}end": place.end}
