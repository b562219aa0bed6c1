"""The bytes of a text file: which encoding they are in, and back into the same one.

UTF-8, with or without its mark, is read as it is; HTML and XML may declare another encoding, by a mark or in words.
Anything else is refused by the name of what it looks like, since a wrong guess would change every letter in silence.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from toolkit.errors import NotText

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, ""),  # begins with the mark of UTF-16-LE
    (codecs.BOM_UTF32_BE, ""),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_XML = re.compile(rb"""\A\s*<\?xml[^>]*?\bencoding\s*=\s*["']([A-Za-z][\w.:-]*)["']""")
_META = re.compile(rb"""<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([A-Za-z][\w.:-]*)""", re.IGNORECASE)
_META_WITHIN = 1024
"""Bytes of a page in which browsers look for its encoding (HTML standard, 13.2.3.2)."""

_CODECS = {
    "ascii": "cp1252", "iso8859-1": "cp1252",  # as browsers read these labels (Encoding standard, 4.2)
    "iso8859-9": "cp1254",
    **{name: name for name in ("cp1250", "cp1251", "cp1252", "cp1254", "cp866", "iso8859-2", "iso8859-5", "iso8859-15",
                               "koi8-r", "koi8-u", "mac-cyrillic", "utf-8")},
    "utf-16": "utf-8", "utf-16-le": "utf-8", "utf-16-be": "utf-8",  # a declaration read as ASCII cannot mean it
}  # fmt: skip
"""Encodings that a page or XML file may declare, by Python's names; each gives back the bytes that it read."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a file writes its text: Python's name of the encoding, and the mark at the file's beginning."""

    name: str = "utf-8"
    mark: bytes = b""
    markup: bool = False
    """Whether a letter that the encoding lacks can be written as a reference (`&#1377;`)."""

    def encode(self, text: str) -> bytes:
        """The text as bytes. An encoding without all letters is only ever met in HTML and XML."""
        return self.mark + text.encode(self.name, "xmlcharrefreplace" if self.markup else "strict")


def decode(data: bytes, where: str = "", *, markup: bool = False) -> tuple[str, Encoding]:
    """The text of a file and its encoding; `markup` where the format declares one (HTML, XML).

    Raises NotText for a binary file, for an encoding that cannot be read, and for one that is not declared: the error
    says which it seems to be.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            if not name:
                raise _wrong("UTF-32", where)
            if name != "utf-8" and not markup:
                raise _wrong("UTF-16", where)
            return _decoded(data, Encoding(name, mark, markup), where)
    if b"\0" in data[:65536]:
        if (wide := _wide(data)) is not None:
            raise _wrong(f"{wide} without a byte order mark", where)
        raise NotText("this is a binary file", where=where, remedy="give a text file, DOCX, ODT or JSON lines")
    declared = _declared(data) if markup else None
    return _decoded(data, Encoding(declared or "utf-8", markup=markup), where)


def _decoded(data: bytes, encoding: Encoding, where: str) -> tuple[str, Encoding]:
    try:
        return data[len(encoding.mark) :].decode(encoding.name), encoding
    except UnicodeDecodeError as error:
        if encoding.name != "utf-8":
            raise NotText(
                f"not {encoding.name}, as it says of itself (byte {error.start})",
                where=where,
                remedy="save the file as UTF-8 and try again",
            ) from None
        likely = likely_encoding(data)
        if likely:
            raise _wrong(likely, where) from None
        raise NotText(
            f"not UTF-8 (byte {error.start})", where=where, remedy="save the file as UTF-8 and try again"
        ) from None


def _wrong(likely: str, where: str) -> NotText:
    return NotText(
        f"not UTF-8; this looks like {likely}",
        where=where,
        remedy=f"convert it, for example: iconv -f {_ICONV.get(likely, likely.split()[0])} -t UTF-8",
    )


_ICONV = {"windows-1251": "CP1251", "windows-1254": "CP1254"}


def _declared(data: bytes) -> str | None:
    """The encoding that a file declares of itself, by Python's name; unknown ones are left to the check for UTF-8."""
    found = _XML.search(data[:_META_WITHIN]) or _META.search(data[:_META_WITHIN])
    if found is None:
        return None
    try:
        return _CODECS.get(codecs.lookup(found[1].decode("ascii")).name)
    except LookupError:
        return None


def _wide(data: bytes) -> str | None:
    """UTF-16 without its mark: in these four languages every other byte is one of a few, and ASCII has zeros."""
    sample = data[:4096]
    even, odd = sample[0::2], sample[1::2]
    for name, high in (("UTF-16LE", odd), ("UTF-16BE", even)):
        if sum(byte in (0x00, 0x01, 0x04, 0x05, 0x20) for byte in high) > 0.9 * len(high) > 0:
            return name
    return None


def likely_encoding(data: bytes) -> str | None:
    """Which of the old encodings of the region some bytes look like; None where nothing speaks for one.

    Judged by where small letters lie: most letters of a text are small. In ARMSCII-8 (AST 34.002, 1997) capital and
    small letters alternate, so that nearly all bytes from 0xB3 on are odd; Azerbaijani in windows-1254 is mostly ASCII.
    """
    high = [byte for byte in data[:65536] if byte >= 0x80]
    letters = [byte for byte in high if byte >= 0xA0]
    if not letters:
        return None

    def share(*ranges: tuple[int, int]) -> float:
        return sum(any(first <= byte <= last for first, last in ranges) for byte in high) / len(high)

    armenian = [byte for byte in letters if byte >= 0xB2]
    if armenian and sum(byte % 2 for byte in armenian) >= 0.8 * len(armenian) and len(set(armenian)) > 3:
        return "ARMSCII-8"
    ascii_letters = sum(chr(byte).isalpha() for byte in data[:65536] if byte < 0x80)
    if ascii_letters > 2 * len(high):
        turkish = sum(byte in b"\xc7\xd0\xd6\xdc\xdd\xde\xe7\xf0\xf6\xfc\xfd\xfe" for byte in letters)
        return "windows-1254" if turkish > 0.8 * len(letters) else None
    scores = {
        "CP866": share((0xA0, 0xAF), (0xE0, 0xEF)),
        "ISO-8859-5": share((0xD0, 0xEF)),
        "KOI8-R": share((0xC0, 0xDF)),
        "windows-1251": share((0xE0, 0xFF)),
    }
    name, best = max(scores.items(), key=lambda item: item[1])
    return name if best > 0.7 else None
