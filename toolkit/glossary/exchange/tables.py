"""Rows of cells out of CSV and TSV files, with the lines on which they begin."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from toolkit.errors import BadInput, TooLong

MOST_ROWS = 100_000
Row = tuple[int, list[str]]


def csv_rows(text: str) -> Iterator[Row]:
    """The rows of a CSV file that have any text. Raises BadInput for one that breaks the format."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise BadInput(f"is no CSV: {error}", where=f"line {line}", remedy="correct the row") from None
        if row is None:
            return
        if any(cell.strip() for cell in row):
            yield line, row
        line = reader.line_num + 1
        _hold_size(line)


def tsv_rows(text: str) -> Iterator[Row]:
    """The rows of a file with a tab between the cells and no quoting."""
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        _hold_size(number)
        if line.strip():
            yield number, line.split("\t")


def _hold_size(rows: int) -> None:
    if rows > MOST_ROWS:
        raise TooLong(f"more than {MOST_ROWS:,} rows", remedy="divide the file")


def csv_text(rows: Iterable[Sequence[str]], *, quote_all: bool = False) -> bytes:
    """Rows as a CSV file in UTF-8."""
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def tsv_text(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as a TSV file in UTF-8; the cells must hold neither tab nor line break."""
    return "".join("\t".join(row) + "\n" for row in rows).encode()
