"""Read what a command is given: files, standard input, lines of JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from toolkit.errors import BadInput, NotFound, NotText, TooLong

LONGEST_LINE = 1_000_000
"""Code points of one line: no newsroom text has a longer one, and a sentence is held in memory as a whole."""

LARGEST_FILE = 64 * 1024 * 1024


def read_text(source: str) -> str:
    """The text of a file, or of standard input for "-", exactly as it is (line ends and final newline too).

    Raises NotFound, NotText (binary, or no UTF-8), TooLong (a file or a line), BadInput (empty).
    """
    where = "standard input" if source == "-" else source
    text = decode(_read_bytes(source), where)
    if not text.strip():
        raise BadInput("there is no text", where=where, remedy="give a text with words in it")
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > LONGEST_LINE:
            raise TooLong(
                f"line {number} has {len(line):,} characters, more than {LONGEST_LINE:,}",
                where=where,
                remedy="break it into paragraphs",
            )
    return text


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
    """UTF-8 text; raises NotText with what was met instead."""
    if b"\0" in data[:65536]:
        raise NotText("this is a binary file", where=where, remedy="give plain text, Markdown or JSON lines")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotText(
            f"not UTF-8 (byte {error.start})", where=where, remedy="save the file as UTF-8 and try again"
        ) from None


def read_json_lines(source: str) -> Iterator[tuple[int, dict[str, Any] | BadInput]]:
    """(line number, object) for each line with text, streaming; a broken line comes as the error it is."""
    where = "standard input" if source == "-" else source
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
