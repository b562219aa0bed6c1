"""A sentence and its translation, as every check sees them, and what a check says of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from toolkit.glossary.glossary import Glossary
from toolkit.languages import Language
from toolkit.mentions.model import Hit, Mention
from toolkit.mentions.resolve import analyse, finder_of
from toolkit.mentions.zones import Zones, zones_of
from toolkit.text.folding import Folded, fold
from toolkit.text.spans import Span


@dataclass(frozen=True)
class Side:
    """One of the two texts with the names found in it; all spans are code points of `text`."""

    text: str
    language: Language
    glossary: Glossary
    mentions: Sequence[Mention]

    @cached_property
    def folded(self) -> Folded:
        return fold(self.text, self.language)

    @cached_property
    def zones(self) -> Zones:
        return zones_of(self.text, self.language)

    @cached_property
    def hits(self) -> Sequence[Hit]:
        """All surfaces of the glossary, those too that a resolved mention contains or the context speaks against."""
        found = finder_of(self.glossary, self.language).find(self.text)
        return [hit for hit in found if any(reading.name.role.is_name for reading in hit.readings)]

    def hits_inside(self, span: Span) -> Iterator[Hit]:
        """The surfaces that a stretch holds, but not itself."""
        return (hit for hit in self.hits if hit.span != span and span.contains(hit.span))

    def original(self, start: int, end: int) -> Span:
        """The span of the text that folded code points came from."""
        return self.folded.offsets.span(Span(start, end))


def side_of(text: str, language: Language, glossary: Glossary) -> Side:
    """A text that is one sentence or paragraph, analysed on its own."""
    return Side(text, language, glossary, analyse(text, language, glossary, [Span(0, len(text))]).mentions)


@dataclass(frozen=True)
class Pair:
    """A source and its translation."""

    source: Side
    target: Side


class Remark(NamedTuple):
    """A finding in the making: code, place in the source (None: all of it), fields of its message, and place in
    the translation, where it has one."""

    code: str
    source: Span | None
    fields: Mapping[str, object]
    target: Span | None = None


@dataclass
class Remarks:
    """Remarks as they are collected, each said once."""

    found: list[Remark] = field(default_factory=list)

    def add(self, code: str, source: Span | None, target: Span | None = None, /, **fields: object) -> None:
        remark = Remark(code, source, fields, target)
        if remark not in self.found:
            self.found.append(remark)
