"""The cells of a CSV or TSV file (RFC 4180, with other delimiters too), each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from toolkit.documents.finishing import Draft, Finished, edited
from toolkit.errors import BadInput
from toolkit.text.spans import Edit, Span

DELIMITERS = (",", ";", "\t", "|")
_QUOTED = re.compile(r'"(?:[^"]++|"")*+"')
_FIRST_RECORD = re.compile(r'(?:"(?:[^"]++|"")*+"|[^"\r\n]++)*+')


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its place without the quotes around it. `read` is False where it is written as no program should."""

    span: Span
    quoted: bool = False
    read: bool = True

    def text(self, file: str) -> str:
        """What it says."""
        written = self.span.of(file)
        return written.replace('""', '"') if self.quoted else written


def delimiter_of(text: str) -> str:
    """The delimiter that the first record has most of; a comma where it has none."""
    first = _FIRST_RECORD.match(text)
    bare = _QUOTED.sub("", first.group() if first else "")
    return max(DELIMITERS, key=lambda sign: (bare.count(sign), -DELIMITERS.index(sign)))


def rows_of(text: str, delimiter: str) -> Iterator[list[Cell]]:
    """The records in order; lines without anything are none. Raises BadInput for quotes that do not end."""
    bare = re.compile(rf"[^{re.escape(delimiter)}\r\n]*")
    row: list[Cell] = []
    position = 1 if text.startswith("\ufeff") else 0
    while position < len(text):
        cell, position = _cell(text, position, delimiter, bare)
        row.append(cell)
        if text.startswith(delimiter, position):
            position += 1
            if position < len(text):
                continue
            row.append(Cell(Span(position, position)))
        if text.startswith("\r\n", position):
            position += 2
        elif position < len(text):
            position += 1
        if len(row) > 1 or len(row[0].span) or row[0].quoted:
            yield row
        row = []


def _cell(text: str, start: int, delimiter: str, bare: re.Pattern[str]) -> tuple[Cell, int]:
    """The cell that begins at an offset, and where it ends."""
    if text.startswith('"', start):
        quoted = _QUOTED.match(text, start)
        if quoted and text[quoted.end() : quoted.end() + 1] in ("", delimiter, "\r", "\n"):
            return Cell(Span(start + 1, quoted.end() - 1), quoted=True), quoted.end()
        if quoted is None and delimiter != "\t":  # tables with tabs are also written without any quoting
            line = text.count("\n", 0, start) + 1
            raise BadInput("a quoted cell does not end", where=f"line {line}", remedy="close its quotation marks")
        if quoted is not None and delimiter != "\t":
            rest = bare.match(text, quoted.end())
            end = rest.end() if rest else quoted.end()
            return Cell(Span(start, end), read=False), end
    match = bare.match(text, start)
    end = match.end() if match else start
    return Cell(Span(start, end)), end


def quote_where_needed(draft: Draft, cells: Sequence[Span], delimiter: str) -> Finished:
    """Put quotes around those bare cells whose new text cannot be written without."""
    edits: list[Edit] = []
    unsafe = re.compile(rf"\A\"|[{re.escape(delimiter)}\r\n]")
    for cell in cells:
        place = draft.moved(cell)
        text = place.of(draft.text)
        if text == cell.of(draft.old) or not unsafe.search(text):
            continue
        edits.append(Edit(Span(place.start, place.start), '"'))
        for match in re.finditer('"', text):
            at = place.start + match.start()
            edits.append(Edit(Span(at, at + 1), '""'))
        edits.append(Edit(Span(place.end, place.end), '"'))
    return edited(draft, edits)
