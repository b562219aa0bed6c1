"""Read what a command is given: files, standard input, lines of JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from toolkit.documents import encodings
from toolkit.documents.file import LONGEST_LINE, File, check_text
from toolkit.documents.formats import format_of, open_file
from toolkit.documents.options import DEFAULT, ReadOptions
from toolkit.errors import BadInput, NotFound, NotText, TooLong

LARGEST_FILE = 64 * 1024 * 1024


def read_text(source: str) -> str:
    """The text of a file, or of standard input for "-", exactly as it is (line ends and final newline too).

    Raises NotFound, NotText (binary, or no UTF-8), TooLong (a file or a line), BadInput (empty).
    """
    text = decode(_read_bytes(source), _where(source))
    check_text(text, _where(source))
    return text


def read_file(source: str, format_name: str | None = None, options: ReadOptions = DEFAULT) -> File:
    """A file, or standard input for "-", opened in the named format or the one that its name speaks for.

    Raises what `read_text` and the format raise, BadOption for an unknown format.
    """
    return open_file(_read_bytes(source), format_name or format_of(source), _where(source), options)


def _where(source: str) -> str:
    return "standard input" if source == "-" else source


def _read_bytes(source: str) -> bytes:
    try:
        data = sys.stdin.buffer.read(LARGEST_FILE + 1) if source == "-" else _file_bytes(Path(source))
    except FileNotFoundError:
        raise NotFound("no such file", where=source, remedy="check the path; `-` reads standard input") from None
    except IsADirectoryError:
        raise BadInput("this is a folder", where=source, remedy="name the files in it") from None
    except OSError as error:
        raise BadInput(f"cannot be read: {error.strerror}", where=source, remedy="check its permissions") from None
    if len(data) > LARGEST_FILE:
        raise TooLong(f"more than {LARGEST_FILE // 2**20} MB", where=source, remedy="split the file")
    return data


def _file_bytes(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(LARGEST_FILE + 1)


def decode(data: bytes, where: str) -> str:
    """The text of bytes that are UTF-8, without its mark; raises NotText with what was met instead."""
    return encodings.decode(data, where)[0]


def read_json_lines(source: str) -> Iterator[tuple[int, dict[str, Any] | BadInput]]:
    """(line number, object) for each line with text, streaming; a broken line comes as the error it is."""
    where = _where(source)
    if source == "-":
        yield from _objects(sys.stdin.buffer, where)
        return
    try:
        stream = Path(source).open("rb")  # noqa: SIM115  closed below, after the last line was taken
    except OSError:
        raise NotFound("no such file", where=source, remedy="check the path; `-` reads standard input") from None
    with stream:
        yield from _objects(stream, where)


def _objects(stream: BinaryIO, where: str) -> Iterator[tuple[int, dict[str, Any] | BadInput]]:
    limit = 4 * LONGEST_LINE
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        if len(line) > limit:
            while line and not line.endswith(b"\n"):
                line = stream.readline(limit)
            yield number, TooLong("the line is too long", where=f"{where}:{number}", remedy="break the text up")
        elif line.strip():
            yield number, _object(line, f"{where}:{number}")


def _object(line: bytes, where: str) -> dict[str, Any] | BadInput:
    try:
        value = json.loads(decode(line, where))
    except NotText as error:
        return error
    except (ValueError, RecursionError):
        return BadInput("not a line of JSON", where=where, remedy='write {"id": "1", "text": "…"} on one line')
    if not isinstance(value, dict):
        return BadInput("a line must be a JSON object", where=where, remedy='write {"id": "1", "text": "…"}')
    return value
