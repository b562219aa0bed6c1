"""CSV and TSV: the cells of some columns, each read as a text of its own; quotes, delimiters and line ends stay.

Columns are named by the header, or by number from 1, and say what they hold where that is not plain text
(`body:html`). Without such names those columns are read half of whose cells, or more, are language. A formula is never
read.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from toolkit.documents.language_text import is_language, names_no_language, read_string, with_kind
from toolkit.documents.model import Document
from toolkit.documents.options import DEFAULT, ReadOptions
from toolkit.documents.original import each
from toolkit.documents.parts import Part, Value, assemble
from toolkit.documents.table_cells import Cell, delimiter_of, quote_where_needed, rows_of
from toolkit.errors import BadOption
from toolkit.text.spans import Chunk, Span

_LONGEST_TITLE = 40
_SAMPLE = 200
"""Rows by which columns are judged."""
_FORMULA = "="


def read_csv(text: str, options: ReadOptions = DEFAULT) -> Document:
    """The cells that hold language. Raises BadInput for quotes that do not end, BadOption for unknown columns."""
    return _read(text, delimiter_of(text), options)


def read_tsv(text: str, options: ReadOptions = DEFAULT) -> Document:
    """The same for a table whose cells have tabs between them."""
    return _read(text, "\t", options)


def _read(text: str, delimiter: str, options: ReadOptions) -> Document:
    rows = list(rows_of(text, delimiter))
    if not rows:
        return assemble(text, [])
    columns = _named(text, rows, options.columns) if options.columns else _found(text, rows)
    titled = any(not with_kind(name)[0].isdigit() for name in options.columns) or _has_titles(text, rows)
    parts, bare = [], []
    for row in rows[1:] if titled else rows:
        for index in sorted(columns):
            if index < len(row) and (part := _part(text, row[index], columns[index], every=bool(options.columns))):
                parts.append(part)
                if not row[index].quoted:
                    bare.append(row[index].span)
    return assemble(text, parts, finish=partial(quote_where_needed, cells=bare, delimiter=delimiter))


def _part(file: str, cell: Cell, kind: str | None, *, every: bool) -> Part | None:
    """A cell to be read; None for one that is not."""
    says = cell.text(file)
    if not cell.read or says.startswith(_FORMULA) or not (every or is_language(says)):
        return None
    value = _value(file, cell) if cell.quoted else Value.plain(file, cell.span)
    return Part(value, read_string(value.text, kind))


def _value(file: str, cell: Cell) -> Value:
    pieces = cell.span.of(file).split('""')
    chunks = []
    length, position = 0, cell.span.start
    for piece in pieces[:-1]:
        length, position = length + len(piece), position + len(piece)
        chunks.append(Chunk(Span(length, length + 1), Span(position, position + 2)))
        length, position = length + 1, position + 2
    return Value(cell.span, '"'.join(pieces), chunks, _doubled)


@each
def _doubled(char: str) -> str:
    return '""' if char == '"' else char


def _named(file: str, rows: Sequence[Sequence[Cell]], wanted: Sequence[str]) -> dict[int, str | None]:
    """The columns that were asked for, with their kinds. Raises BadOption for one that is not there."""
    titles = [cell.text(file).strip() for cell in rows[0]]
    found: dict[int, str | None] = {}
    for name, kind in map(with_kind, wanted):
        if name in titles:
            found[titles.index(name)] = kind
        elif name.isdigit() and 1 <= int(name) <= max(map(len, rows)):
            found[int(name) - 1] = kind
        else:
            known = ", ".join(titles)[:120]
            raise BadOption(f"there is no column {name[:40]!r}", where="--columns", remedy=f"the first row has {known}")
    return found


def _found(file: str, rows: Sequence[Sequence[Cell]]) -> dict[int, str | None]:
    """The columns half of whose cells, or more, are language."""
    titled = _has_titles(file, rows)
    sample = rows[1:_SAMPLE] if titled else rows[:_SAMPLE]
    found: dict[int, str | None] = {}
    for index in range(max(map(len, sample), default=0)):
        if titled and index < len(rows[0]) and names_no_language(rows[0][index].text(file).strip()):
            continue
        filled = [says for row in sample if index < len(row) and (says := row[index].text(file)).strip()]
        if filled and 2 * sum(map(is_language, filled)) >= len(filled):
            found[index] = None
    return found


def _has_titles(file: str, rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether the first row names the columns: short, different words, one of them an identifier, or cells below that
    are much longer."""
    titles = [cell.text(file).strip() for cell in rows[0]]
    if len(rows) < 2 or len(set(titles)) < len(titles):
        return False
    if not all(title and len(title) <= _LONGEST_TITLE and title[-1].isalnum() for title in titles):
        return False
    if any(title.isascii() and not is_language(title) and not title.isdigit() for title in titles):
        return True
    for index, title in enumerate(titles):
        below = [len(row[index].text(file)) for row in rows[1:_SAMPLE] if index < len(row)]
        if below and sum(below) / len(below) > 2 * len(title) + 10:
            return True
    return False
