"""Two documents that say the same in two languages: their sentences, their names, and which stretches are a pair."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from toolkit.documents.model import Document
from toolkit.glossary.glossary import Glossary
from toolkit.languages import Language
from toolkit.memory.numbers import find_numbers
from toolkit.mentions.model import Mention
from toolkit.mentions.resolve import Analysis, analyse
from toolkit.pipeline.align import Unit, align
from toolkit.pipeline.checks.pair import Side
from toolkit.pipeline.choices import Choice, with_choices
from toolkit.text.spans import Span, SpanSet


@dataclass(frozen=True)
class ParallelText:
    """One of two documents that say the same in two languages, analysed as a whole."""

    document: Document
    language: Language
    glossary: Glossary
    choices: Sequence[Choice] = ()

    @cached_property
    def analysis(self) -> Analysis:
        blocks = [block.span for block in self.document.blocks]
        found = analyse(self.document.text, self.language, self.glossary, blocks, self.document.markup)
        return with_choices(found, self.document, self.choices)

    @cached_property
    def _sentences(self) -> SpanSet:
        return SpanSet(self.analysis.sentences)

    @cached_property
    def _mentions(self) -> dict[Span, Mention]:
        return {mention.span: mention for mention in self.analysis.mentions}

    @cached_property
    def _mention_spans(self) -> SpanSet:
        return SpanSet(self._mentions)

    def units(self, area: Span) -> list[Unit]:
        """The sentences of a stretch, with their entities and figures."""
        return [Unit(span, self._signs(span)) for span in self._sentences.inside(area)]

    def _signs(self, span: Span) -> frozenset[str]:
        entities = {self._mentions[place].entity for place in self._mention_spans.inside(span)}
        return frozenset(
            entities | {figure.value for figure in find_numbers(span.of(self.document.text), self.language)}
        )

    def side(self, span: Span) -> Side:
        """A stretch with its mentions as a text of its own."""
        whole = Span(0, len(span))
        mentions = [
            replace(self._mentions[place], span=place.shift(-span.start), sentence=whole)
            for place in self._mention_spans.inside(span)
        ]
        return Side(span.of(self.document.text), self.language, self.glossary, mentions)


def paired_stretches(source: ParallelText, target: ParallelText) -> Iterator[tuple[Span | None, Span | None]]:
    """Stretches that stand for each other: block by block where both documents have as many, else all at once."""
    old, new = source.document.blocks, target.document.blocks
    if len(old) == len(new):
        areas = [(a.span, b.span) for a, b in zip(old, new, strict=True)]
    else:
        areas = [(Span(0, len(source.document.text)), Span(0, len(target.document.text)))]
    for here, there in areas:
        yield from align(source.units(here), target.units(there))
