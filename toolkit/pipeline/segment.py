"""The unit of translation: a sentence, heading or cell of a document, with its mentions and its template."""

from __future__ import annotations

from dataclasses import dataclass, replace

from toolkit.documents.model import Document
from toolkit.documents.original import Tag
from toolkit.glossary.glossary import Glossary
from toolkit.languages import Language
from toolkit.memory.template import Template, make_template
from toolkit.mentions.model import Mention
from toolkit.mentions.resolve import Analysis
from toolkit.text.spans import Span, SpanSet


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence (or a whole block): `span` in the document; mentions and template in offsets of the segment.

    `markup` says that signs of the format stand inside it which cannot move. `tags` are those outside its text, by
    their offset in it; they go where its words go.
    """

    span: Span
    mentions: tuple[Mention, ...]
    template: Template
    markup: bool = False
    tags: tuple[tuple[int, Tag], ...] = ()

    @property
    def text(self) -> str:
        return self.template.text

    @property
    def searchable(self) -> bool:
        """Whether it can be looked up: it is no longer than a sentence can be."""
        return len(self.text) <= LONGEST


LONGEST = 5_000
"""Code points of the longest segment that is looked up: no stored sentence is longer, and no reader's."""


class Cutter:
    """Cuts segments out of one analysed document."""

    def __init__(self, document: Document, analysis: Analysis, language: Language, glossary: Glossary) -> None:
        self._text = document.text
        self._original = document.original
        self._markup = SpanSet(document.markup)
        self._mentions = {mention.span: mention for mention in analysis.mentions}
        self._spans = SpanSet(self._mentions)
        self._language = language
        self._glossary = glossary

    def cut(self, span: Span) -> Segment:
        """The segment at a span, without the markup at its edges, which stays where it is."""
        marks = self._markup.inside(span)
        while marks and marks[0].start == span.start and marks[0].end < span.end:
            span = self._trimmed(Span(marks.pop(0).end, span.end))
        while marks and marks[-1].end == span.end and marks[-1].start > span.start:
            span = self._trimmed(Span(span.start, marks.pop().start))
        whole = Span(0, len(span))
        mentions = tuple(
            replace(self._mentions[place], span=place.shift(-span.start), sentence=whole)
            for place in self._spans.inside(span)
        )
        text = span.of(self._text)
        original = self._original
        marked = bool(marks) if original is None else not original.movable(span)
        tags = tuple((place - span.start, tag) for place, tag in (original.placed(span) if original else ()))
        if len(text) > LONGEST:
            return Segment(span, mentions, Template(text, self._language, (), "", "", ()), marked, tags)
        template = make_template(text, self._language, self._glossary, mentions)
        return Segment(span, mentions, template, marked, tags)

    def _trimmed(self, span: Span) -> Span:
        piece = span.of(self._text)
        return Span(span.start + len(piece) - len(piece.lstrip()), span.start + len(piece.rstrip()))
