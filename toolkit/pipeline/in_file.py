"""Results over a reading view, brought back into the file that it is of: texts escaped, tags kept, offsets the file's.

Documents without such a view pass through unchanged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from toolkit.documents.model import Document
from toolkit.documents.original import Original, Tag
from toolkit.documents.writing import Change, Written
from toolkit.pipeline.outcome import Outcome, untranslated
from toolkit.pipeline.render import Decision
from toolkit.pipeline.result import Origin, Result
from toolkit.pipeline.segment import Segment
from toolkit.text.spans import Edit, Span


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
            code="N012",
            candidates=(decision.text,),
        )
        for decision in decisions
    ]


def tags_placed(segment: Segment, outcome: Outcome) -> Outcome:
    """The outcome, if each name that tags enclose has its place in it; else the segment stays as it is."""
    if not segment.wraps or outcome.origin is Origin.UNTRANSLATED:
        return outcome
    spans = {mention.span for mention, placed in outcome.placed.items() if placed.span is not None}
    return outcome if spans.issuperset(segment.wraps) else untranslated(segment, "T005")


def changes_of(document: Document, edits: Iterable[Edit]) -> list[Change]:
    """Edits of the view as changes of the file: tags inside a name enclose all of the new one."""
    original = document.original
    changes = []
    for edit in edits if original else ():
        wrap = original.enclosing(edit.span) if original else None
        if original is not None and wrap is not None:
            before = tuple((0, tag.span.of(original.text)) for tag in wrap.before)
            after = tuple((len(edit.text), tag.span.of(original.text)) for tag in wrap.after)
            changes.append(Change(edit.span, original.span(edit.span), edit.text, before + after))
    return changes


def segment_changes(document: Document, segments: Sequence[Segment], outcomes: Sequence[Outcome]) -> list[Change]:
    """Translated segments as changes of the file, with the tags around names put around what became of these."""
    if document.original is None:
        return []
    return [
        _segment_change(document.original, segment, outcome)
        for segment, outcome in zip(segments, outcomes, strict=True)
        if outcome.origin is not Origin.UNTRANSLATED and (outcome.text != segment.text or segment.wraps)
    ]


def _segment_change(original: Original, segment: Segment, outcome: Outcome) -> Change:
    wraps = segment.wraps or {}
    area = original.span(segment.span)
    inserts: list[tuple[int, int, Tag]] = []
    for mention, placed in outcome.placed.items():
        wrap = wraps.get(mention.span)
        if wrap is None or placed.span is None:
            continue
        inserts += [(placed.span.start, 1, tag) for tag in wrap.before]
        inserts += [(placed.span.end, 0, tag) for tag in wrap.after]
        area = Span(min(area.start, wrap.before[0].span.start), max(area.end, wrap.after[-1].span.end))
    ordered = sorted(inserts, key=lambda insert: insert[:2])
    return Change(
        segment.span, area, outcome.text, tuple((offset, tag.span.of(original.text)) for offset, _, tag in ordered)
    )


def in_file(result: Result, document: Document, changes: Sequence[Change]) -> Result:
    """The Result with the file's text and offsets for the view's."""
    original = document.original
    if original is None:
        return result
    translated = result.lang is not result.source_lang
    codes = [Edit(span, result.lang.value) for span in document.language_codes] if translated else []
    written = Written(original, changes, codes)
    areas = {change.span: change.original for change in changes}
    segments = []
    for segment in result.segments:
        view = Span(segment.start, segment.end)
        place = areas.get(view) or original.span(view)
        texts = {"source": place.of(original.text), "target": written.moved(place).of(written.text)}
        segments.append(segment.model_copy(update=_placed(place) | texts))
    mentions = []
    for mention in result.mentions:
        place = original.span(Span(mention.start, mention.end))
        update = _placed(place) | {"surface": place.of(original.text)}
        if mention.target_start is not None and mention.target_end is not None:
            target = written.span(Span(mention.target_start, mention.target_end))
            update |= {"target_start": target.start, "target_end": target.end, "rendering": target.of(written.text)}
        mentions.append(mention.model_copy(update=update))
    findings = [f.model_copy(update=_placed(original.span(Span(f.start, f.end)))) for f in result.findings]
    return result.model_copy(
        update={
            "text": written.text,
            "segments": tuple(segments),
            "mentions": tuple(mentions),
            "findings": tuple(findings),
        }
    )


def _placed(place: Span) -> dict[str, int | str]:
    return {"start": place.start, "end": place.end}
