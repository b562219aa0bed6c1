"""One self-contained page that shows what was done: source and result side by side, every mention explained.

The page needs no script and nothing from elsewhere; explanations open on hover and on keyboard focus.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from toolkit.errors import BadOption
from toolkit.glossary.glossary import Glossary
from toolkit.languages import Language
from toolkit.pipeline.findings import Severity
from toolkit.pipeline.result import Action, Origin, Result, ResultMention, ResultSegment
from toolkit.templates import templates_of
from toolkit.text.spans import Span


class Piece(NamedTuple):
    """A stretch of text, with the number of the mention it is (None: plain text)."""

    text: str
    mention: int | None


@dataclass(frozen=True, slots=True)
class Row:
    """A segment as two runs of pieces."""

    number: int
    segment: ResultSegment
    source: tuple[Piece, ...]
    target: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The part of the page that shows one result."""

    title: str
    result: Result
    rows: tuple[Row, ...]
    names: dict[str, tuple[tuple[str, str], ...]]
    """Entity → (usage, name in the language of the result), alphabetical."""

    @property
    def origins(self) -> dict[str, int]:
        return _counted((segment.origin for segment in self.result.segments), Origin)

    @property
    def actions(self) -> dict[str, int]:
        return _counted((mention.action for mention in self.result.mentions), Action)

    @property
    def severities(self) -> dict[str, int]:
        return _counted((remark.severity for remark in self.result.findings), Severity)


def _counted(values: Iterator[str], kinds: type[Action] | type[Origin] | type[Severity]) -> dict[str, int]:
    counts = Counter(values)
    return {kind.value: counts[kind] for kind in kinds if counts[kind]}


def write_report(path: Path, results: Sequence[tuple[str, Result]], glossary: Glossary) -> None:
    """Write the page. Raises BadOption where the file cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(render_report(results, glossary), encoding="utf-8")
    except OSError as error:
        raise BadOption(f"cannot be written: {error.strerror}", where=str(path), remedy="check --report") from None


def render_report(results: Sequence[tuple[str, Result]], glossary: Glossary) -> str:
    """The page as HTML; every text in it is escaped."""
    sections = [section_of(title, result, glossary) for title, result in results]
    return (
        templates_of("toolkit.pipeline")
        .get_template("report.html.j2")
        .render(sections=sections, languages=_LANGUAGE_NAMES)
    )


_LANGUAGE_NAMES = {language.value: language.english_name for language in Language}


def section_of(title: str, result: Result, glossary: Glossary) -> Section:
    """Lay a result out for the page."""
    rows = []
    position = 0
    for number, segment in enumerate(result.segments, 1):
        start = result.text.find(segment.target, position)
        start = position if start < 0 else start
        position = start + len(segment.target)
        inside = [
            (index, mention)
            for index, mention in enumerate(result.mentions)
            if segment.start <= mention.start and mention.end <= segment.end
        ]
        source = _pieces(segment.source, segment.start, [(i, Span(m.start, m.end)) for i, m in inside])
        target = _pieces(segment.target, start, [(i, span) for i, m in inside if (span := _target(m))])
        rows.append(Row(number, segment, source, target))
    entities = {mention.entity for mention in result.mentions}
    names = {entity: _names(entity, result.lang, glossary) for entity in entities}
    return Section(title, result, tuple(rows), names)


def _target(mention: ResultMention) -> Span | None:
    if mention.target_start is None or mention.target_end is None:
        return None
    return Span(mention.target_start, mention.target_end)


def _pieces(text: str, offset: int, mentions: Sequence[tuple[int, Span]]) -> tuple[Piece, ...]:
    """Cut a segment's text at its mentions; spans are offsets of the whole text."""
    pieces: list[Piece] = []
    position = 0
    for index, span in sorted(mentions, key=lambda pair: pair[1]):
        start, end = span.start - offset, span.end - offset
        if start < position or end > len(text):
            continue
        if start > position:
            pieces.append(Piece(text[position:start], None))
        pieces.append(Piece(text[start:end], index))
        position = end
    if position < len(text):
        pieces.append(Piece(text[position:], None))
    return tuple(pieces)


def _names(entity: str, language: Language, glossary: Glossary) -> tuple[tuple[str, str], ...]:
    found = {
        (usage, name.lexeme.text)
        for name in glossary.table(language).of_entity(entity)
        if name.role.value in ("full", "acronym")
        for usage in name.usages
    }
    return tuple(sorted(found))
