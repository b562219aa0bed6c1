"""A file of translations by the ending of its name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from toolkit.errors import BadInput, BadOption, NotFound
from toolkit.memory.exchange.lines import read_json_rows, read_table_rows
from toolkit.memory.exchange.model import Pair, Row
from toolkit.memory.exchange.tmx import read_tmx
from toolkit.memory.exchange.xliff import read_xliff

KINDS = (".csv", ".jsonl", ".ndjson", ".sdlxliff", ".tmx", ".tsv", ".xlf", ".xliff")


def read_rows(path: Path, pair: Pair) -> Iterator[Row]:
    """The rows of a file, streaming. Raises BadOption for an unknown kind, NotFound, BadInput."""
    kind = path.suffix.lower()
    if kind not in KINDS:
        raise BadOption(
            f"unknown kind of file {kind or path.name!r}", where=str(path), remedy=f"use one of {', '.join(KINDS)}"
        )
    try:
        with path.open("rb") as stream:
            if kind == ".tmx":
                yield from read_tmx(stream, path.name)
            elif kind in (".jsonl", ".ndjson"):
                yield from read_json_rows(stream, path.name, pair)
            elif kind in (".csv", ".tsv"):
                yield from read_table_rows(stream, path.name, pair, "\t" if kind == ".tsv" else ",")
            else:
                yield from read_xliff(stream, path.name)
    except FileNotFoundError:
        raise NotFound("no such file", where=str(path), remedy="check the path") from None
    except OSError as error:
        raise BadInput(f"cannot be read: {error.strerror}", where=str(path), remedy="check its permissions") from None
