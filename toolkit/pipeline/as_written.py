"""The second reading of a segment that a memory is offered: with the signs of its format among its words.

A stored article has its links where its translator put them. What is found by the text as it is written comes out as
it was stored, and no place has to be guessed; only what is not found is looked up by its words alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from toolkit.documents.model import Document
from toolkit.documents.writing import Raw
from toolkit.glossary.glossary import Glossary
from toolkit.memory.template import Template, make_template
from toolkit.mentions.model import Mention
from toolkit.pipeline.outcome import Outcome
from toolkit.pipeline.segment import LONGEST, Segment
from toolkit.text.spans import Chunk, OffsetMap, Span


@dataclass(frozen=True, slots=True)
class WrittenSegment:
    """A segment in offsets of its writing, and how these lead back to what is read."""

    segment: Segment
    mentions: dict[Mention, Mention]
    """The segment's mentions by those of the writing."""
    read: OffsetMap
    """From the writing to the text that is read."""

    @property
    def template(self) -> Template:
        return self.segment.template

    def outcome(self, found: Outcome) -> Outcome:
        """An outcome of the written segment as one of the segment itself; its text stays as it is written."""
        placed = {self.mentions[mention]: place for mention, place in found.placed.items()}
        remarks = [
            (remark[0], self.read.span(remark[1]) if remark[1] is not None else None, remark[2])
            for remark in found.remarks
        ]
        return replace(found, placed=placed, remarks=remarks, as_written=True)


def as_written(segment: Segment, document: Document, glossary: Glossary) -> WrittenSegment | None:
    """The segment as its file writes it; None where that is as it is read, or means something only where it stands."""
    original = document.original
    if original is None or original.rereading is None:
        return None
    text = original.area(segment.span).of(original.text)
    if text == segment.text or len(text) > LONGEST:
        return None
    read = original.rereading.read(text)
    if read.original is None or read.text != segment.text:
        return None
    mentions = dict(_written_mentions(segment, text, read.original.offsets))
    template = make_template(text, segment.template.language, glossary, tuple(mentions))
    written = Segment(segment.span, tuple(mentions), template)
    return WrittenSegment(written, mentions, _back(read.original.chunks))


def _written_mentions(segment: Segment, text: str, offsets: OffsetMap) -> list[tuple[Mention, Mention]]:
    """The mentions that the writing does not break up, each with the segment's own."""
    places = [(offsets.span(mention.span), mention) for mention in segment.mentions]
    whole = Span(0, len(text))
    return [
        (replace(mention, span=place, sentence=whole), mention)
        for place, mention in places
        if place.of(text) == mention.surface
    ]


def _back(chunks: Sequence[Chunk]) -> OffsetMap:
    return OffsetMap([Chunk(chunk.original, chunk.derived) for chunk in chunks])


def as_read(outcome: Outcome, document: Document) -> Outcome:
    """An outcome whose text is as it is written, with the text that is read, and the writing beside it."""
    if not outcome.as_written or document.original is None or document.original.rereading is None:
        return outcome
    read = document.original.rereading.read(outcome.text)
    if read.original is None:
        return outcome
    back = _back(read.original.chunks)
    placed = {
        mention: place if place.span is None else replace(place, span=back.span(place.span))
        for mention, place in outcome.placed.items()
    }
    raw = Raw(outcome.text, read.original.chunks)
    return replace(outcome, text=read.text, placed=placed, as_written=False, raw=raw)
