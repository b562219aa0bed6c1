"""DeepL: a source and a target text a row, as TSV or CSV; a CSV may name both languages after the texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from toolkit.errors import UnknownLanguage
from toolkit.glossary.exchange.concepts import Concept
from toolkit.glossary.exchange.files import Proposal, Written, decoded
from toolkit.glossary.exchange.pairs import one_target_each, pairs_of, proposal, trouble
from toolkit.glossary.exchange.selection import Selection
from toolkit.glossary.exchange.tables import Row, csv_rows, csv_text, tsv_rows, tsv_text
from toolkit.languages import parse_language


def write_csv(concepts: Sequence[Concept], selection: Selection) -> Written:
    return _write(concepts, selection, csv_text)


def write_tsv(concepts: Sequence[Concept], selection: Selection) -> Written:
    return _write(concepts, selection, tsv_text)


def _write(
    concepts: Sequence[Concept], selection: Selection, as_bytes: Callable[[Iterable[Sequence[str]]], bytes]
) -> Written:
    pairs, unfit = pairs_of(concepts, selection)
    kept, left_out = one_target_each(pairs)
    return Written({"": as_bytes((pair.source, pair.target) for pair in kept)}, len(kept), (*unfit, *left_out))


def read_csv(content: bytes, selection: Selection) -> list[Proposal]:
    return [_proposal(row, selection) for row in csv_rows(decoded(content))]


def read_tsv(content: bytes, selection: Selection) -> list[Proposal]:
    return [_proposal(row, selection) for row in tsv_rows(decoded(content))]


def _proposal(row: Row, selection: Selection) -> Proposal:
    line, cells = row
    place = f"line {line}"
    if len(cells) not in (2, 4):
        return trouble(place, f"has {len(cells)} columns, not a source and a target text")
    languages = selection.pair if len(cells) == 2 else None
    if languages is None:
        try:
            languages = parse_language(cells[2]), parse_language(cells[3])
        except UnknownLanguage as error:
            return trouble(place, error.what)
    if not cells[0].strip() or not cells[1].strip():
        return trouble(place, "has an empty text")
    return proposal(cells[0], cells[1], languages, place)
