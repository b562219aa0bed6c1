"""The seam between files and documents: bytes in, one Document; the changed text of that document in, bytes out.

A text file is one text. A package (DOCX, ODT) is a zip archive of several XML parts: its document is over all of them,
so that a file has one Result, a name is first mentioned once in it, and offsets count through its reading text from
beginning to end. What was not changed comes back byte for byte, in a package member by member.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from toolkit.documents.encodings import decode
from toolkit.documents.model import Document, Reader
from toolkit.errors import BadInput, NotText, TooLong

LONGEST_LINE = 1_000_000
"""Code points of one line: no newsroom text has a longer one, and a sentence is held in memory as a whole."""

REMEDY_EMPTY = "give a text with words in it"


@dataclass(frozen=True)
class File:
    """A file that was opened: its document, and the way back from that document's changed text to bytes."""

    document: Document
    data: bytes
    encode: Callable[[str], bytes]

    def written(self, text: str) -> bytes:
        """The file with `text`, which is `Result.file` of a verb over the document. Unchanged, it is the bytes read."""
        return self.data if text == self.text else self.encode(text)

    @property
    def text(self) -> str:
        """The text of the file that `written` expects back: of a package, its parts one after another."""
        return self.document.file


class Format(Protocol):
    """Opens files of one format. Raises BadInput in one line where the bytes are not what they are given out for."""

    def __call__(self, data: bytes, where: str = "") -> File: ...


def open_text(data: bytes, reader: Reader, where: str = "", *, markup: bool = False) -> File:
    """A file that is one text; `markup` where the format can declare an encoding.

    Raises NotText (binary, or an encoding that is not declared), TooLong (a line), BadInput (empty).
    """
    text, encoding = decode(data, where, markup=markup)
    check_text(text, where)
    return File(reader(text), data, encoding.encode)


def check_whole(text: str) -> None:
    """Raises NotText where half a surrogate pair stands in a text, which JSON can hold and no encoding can write."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise NotText("the text has half a surrogate pair, which is no character", remedy="repair the export") from None


def check_text(text: str, where: str) -> None:
    """Raises BadInput where there is nothing to read, TooLong where a line has no end."""
    if not text.strip():
        raise BadInput("there is no text", where=where, remedy=REMEDY_EMPTY)
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > LONGEST_LINE:
            raise TooLong(
                f"line {number} has {len(line):,} characters, more than {LONGEST_LINE:,}",
                where=where,
                remedy="break it into paragraphs",
            )
