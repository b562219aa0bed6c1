"""Entries of an uploaded glossary as they come and go: TSV or CSV with a source and a target text a line."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator, Sequence

from toolkit.errors import BadInput, BadOption, TooLong

Pair = tuple[str, str]

MOST_ENTRIES = 5_000
_LONGEST = 200
_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs that turn the direction of reading: they make a term look like another one."""


def parse_entries(text: str, form: str) -> list[Pair]:
    """The pairs of a TSV or CSV text. Raises BadOption for another format, BadInput for an entry that is none and for
    a source text that is given twice, TooLong for too many."""
    if form not in ("csv", "tsv"):
        raise BadOption("the parameter 'entries_format' must be tsv or csv")
    found: list[Pair] = []
    seen: dict[str, int] = {}
    for line, columns in _csv(text) if form == "csv" else _tsv(text):
        source, target = _pair(columns, line)
        if source in seen:
            raise BadInput(f"the source text of line {line} duplicates that of line {seen[source]}")
        seen[source] = line
        found.append((source, target))
        if len(found) > MOST_ENTRIES:
            raise TooLong(f"more than {MOST_ENTRIES:,} entries", remedy="divide the glossary")
    if not found:
        raise BadInput("the glossary has no entries")
    return found


def write_tsv(pairs: Sequence[Pair]) -> str:
    return "\n".join(f"{source}\t{target}" for source, target in pairs)


def _tsv(text: str) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        if line.strip():
            yield number, line.split("\t")


def _csv(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows of two columns, or of four: the languages after the texts, as glossaries are exported elsewhere."""
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield reader.line_num, row[:2] if len(row) == 4 else row
    except csv.Error as error:
        raise BadInput(f"line {reader.line_num} is no CSV: {error}") from None


def _pair(columns: Sequence[str], line: int) -> Pair:
    if len(columns) != 2:
        raise BadInput(f"line {line} has {len(columns)} columns, not a source and a target text")
    source, target = (column.strip() for column in columns)
    for text in (source, target):
        if not text:
            raise BadInput(f"line {line} has an empty text")
        if len(text) > _LONGEST:
            raise BadInput(f"line {line} has a text of more than {_LONGEST} characters")
        if any(unicodedata.category(char) == "Cc" or char in _DIRECTIONS for char in text):
            raise BadInput(f"line {line} has a control character")
    return source, target
