"""Translations a line each: JSON objects, or the rows of a table with the languages as titles."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import BinaryIO

from toolkit.errors import BadInput
from toolkit.languages import Language
from toolkit.memory.exchange.model import Pair, Row, checked, language_of

_LONGEST_LINE = 1 << 20
_NAMES = ("source", "target")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:T[0-9:.]+Z)?")
_SHAPES = 'write {"en": "…", "hy": "…"} or, with --from and --to, {"source": "…", "target": "…"}'


def read_json_rows(stream: BinaryIO, where: str, pair: Pair) -> Iterator[Row]:
    """Objects with a text for each language, or "source" and "target"; "topic", "origin" and "date" where given."""
    for number, line in _lines(stream, where):
        if line.strip():
            place = f"{where}:{number}"
            try:
                data = json.loads(line)
            except (ValueError, RecursionError):
                data = None
            yield checked(_of_object(data, place, pair))


def read_table_rows(stream: BinaryIO, where: str, pair: Pair, delimiter: str) -> Iterator[Row]:
    """Rows under titles (language codes, source, target, topic, origin, date), or of source and target without.

    Tabs divide cells that are taken as they are; commas those that may stand between quotation marks.
    """
    lines = (line.removesuffix("\n").removesuffix("\r") for _, line in _lines(stream, where))
    cells = csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL)
    titles: Sequence[str] | None = None
    with _told(where):
        for number, row in enumerate(cells, 1):
            if titles is None:
                titles = _titles(row, pair)
                if titles is None:
                    raise BadInput(
                        "the first line names no two languages",
                        where=where,
                        remedy="write en⇥hy, or give --from and --to",
                    )
                if [cell.strip().lower() for cell in row] == list(titles):
                    continue
            if any(cell.strip() for cell in row):
                data = dict(zip(titles, row, strict=False))
                yield checked(_of_object(data, f"{where}:{number}", pair))


@contextmanager
def _told(where: str) -> Iterator[None]:
    """Faults of the table as BadInput."""
    try:
        yield
    except csv.Error as error:
        raise BadInput(f"the table cannot be read: {error}", where=where, remedy="export it anew") from None


def _titles(row: Sequence[str], pair: Pair) -> Sequence[str] | None:
    """The titles of the columns: the first row where it has them, else source and target."""
    names = [cell.strip().lower() for cell in row]
    known = {name for name in names if name in set(Language)}
    if len(known) >= 2 or set(_NAMES) <= set(names):
        return names
    return _NAMES if pair.source and pair.target and len(row) >= 2 else None


def _of_object(data: object, where: str, pair: Pair) -> Row:
    if not isinstance(data, dict) or not all(isinstance(key, str) for key in data):
        return Row(where, refused=f"no JSON object of texts: {_SHAPES}")
    given = {key: value for key, value in data.items() if isinstance(value, str)}
    sides: dict[Language, str] = {}
    source = language_of(given["source_language"]) if "source_language" in given else None
    if set(_NAMES) <= given.keys():
        source = language_of(given.get("from")) or pair.source
        target = language_of(given.get("to")) or pair.target
        if source is None or target is None or source is target:
            return Row(where, refused="the languages of source and target are not named: give --from and --to")
        sides = {source: given["source"], target: given["target"]}
    else:
        sides = {language: given[language.value] for language in Language if given.get(language.value, "").strip()}
        source = source or (pair.source if pair.source in sides else None)
    date = given.get("date", "")
    return Row(
        where,
        sides,
        source=source,
        topic=given.get("topic", ""),
        origin=given.get("origin", ""),
        date=date if _ISO.fullmatch(date) else "",
    )


def _lines(stream: BinaryIO, where: str) -> Iterator[tuple[int, str]]:
    """The lines of a file of UTF-8. Raises BadInput for another encoding, and for a line without end."""
    number = 0
    while line := stream.readline(_LONGEST_LINE + 1):
        number += 1
        if len(line) > _LONGEST_LINE:
            raise BadInput("the line is too long", where=f"{where}:{number}", remedy="write a sentence pair a line")
        try:
            yield number, line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            raise BadInput("not UTF-8 text", where=f"{where}:{number}", remedy="save the file as UTF-8") from None
