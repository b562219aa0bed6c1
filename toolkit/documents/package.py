"""Zip packages (DOCX, ODT) from strangers: read whole and strictly, written back member by member.

What did not change is copied as it lies in the archive: its packed bytes, order, date and attributes. Refused in one
line are archives with climbing paths, links, encrypted or doubled members, with more members or bytes than a document
has, and with members that unpack to far more than they hold. Sizes are counted as they come, not believed.
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.errors import BadInput, TooLong

_REGULAR = frozenset({0, stat.S_IFREG, stat.S_IFDIR})
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_LOCAL = struct.Struct("<4s5H3L2H")
_END = struct.Struct("<4s4H2LH")
_ENTRY = 46
"""Bytes of an entry of the central directory before its name (APPNOTE 4.3.12)."""
_ENCRYPTED, _DESCRIPTOR, _UTF8 = 0x1, 0x8, 0x800


@dataclass(frozen=True, slots=True)
class Caps:
    """What a package may have at most."""

    members: int = 10_000
    total: int = 512 << 20
    part: int = 96 << 20
    """Unpacked bytes of one member that is read."""
    ratio: int = 200
    """Unpacked bytes a packed byte, for members larger than `ratio_from`; running XML packs to about a tenth."""
    ratio_from: int = 48 << 20


class Package:
    """An archive in memory. Raises BadInput or TooLong, with `where` and a remedy, for anything that is not as it says.

    `kind` is what it is given out for ("DOCX"), for the errors.
    """

    def __init__(self, data: bytes, kind: str, where: str = "", caps: Caps | None = None) -> None:
        self._data = data
        self._kind = kind
        self._where = where
        self._caps = caps or Caps()
        if not data.startswith(b"PK\x03\x04"):
            raise self.bad(_what_else(data), remedy=f"save it as {kind} and try again")
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, OverflowError):
            raise self.bad("is cut off or damaged") from None
        self._entries = {entry.filename: entry for entry in self._checked(self._archive.infolist())}

    def bad(self, what: str, *, remedy: str = "") -> BadInput:
        """The error that this package is to be refused with."""
        default = "open the file in the program that wrote it and save it anew"
        return BadInput(f"this {self._kind} file {what}", where=self._where, remedy=remedy or default)

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def content(self, name: str) -> bytes:
        """The unpacked bytes of a member. Raises BadInput where it is missing or damaged, TooLong for a bomb."""
        entry = self._entries.get(name)
        if entry is None:
            raise self.bad(f"has no {name}")
        allowed = min(self._caps.part, max(self._caps.ratio_from, entry.compress_size * self._caps.ratio))
        try:
            with self._archive.open(entry) as stream:
                content = stream.read(allowed + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, RuntimeError, OSError):
            raise self.bad(f"is damaged: {name[:80]} cannot be unpacked") from None
        if len(content) > allowed:
            raise self._bomb(f"has a part that unpacks to more than {allowed:,} bytes: {name[:80]}")
        return content

    def with_contents(self, changed: Mapping[str, bytes]) -> bytes:
        """The archive with new contents of some members; every other one as it is, byte for byte."""
        directory, end = self._directory()
        order = sorted(self._archive.infolist(), key=lambda entry: entry.header_offset)
        stops = [*(entry.header_offset for entry in order[1:]), directory]
        out = bytearray(self._data[: order[0].header_offset])
        placed: dict[str, tuple[int, _Packed | None]] = {}
        for entry, stop in zip(order, stops, strict=True):
            packed = _packed(entry, changed[entry.filename]) if entry.filename in changed else None
            placed[entry.filename] = len(out), packed
            out += packed.header + packed.data if packed else self._data[entry.header_offset : stop]
        start = len(out)
        position = directory
        for entry in self._archive.infolist():
            record = bytearray(self._data[position : position + _ENTRY])
            lengths = struct.unpack_from("<3H", record, 28)
            rest = self._data[position + _ENTRY : position + _ENTRY + sum(lengths)]
            offset, packed = placed[entry.filename]
            if packed is not None:
                struct.pack_into("<2H", record, 8, packed.flags, packed.method)
                struct.pack_into("<3L", record, 16, packed.crc, len(packed.data), packed.size)
            struct.pack_into("<L", record, 42, offset)
            out += record + rest
            position += _ENTRY + sum(lengths)
        record = bytearray(self._data[end:])
        struct.pack_into("<2L", record, 12, len(out) - start, start)
        return bytes(out + record)

    def _directory(self) -> tuple[int, int]:
        """Where the central directory begins, and the record after it."""
        end = self._data.rfind(b"PK\x05\x06")
        *_, size, start, comment = _END.unpack_from(self._data, end)
        if start + size != end or end + _END.size + comment != len(self._data):
            raise self.bad("is damaged: its directory is not where it says")
        return start, end

    def _checked(self, entries: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
        caps = self._caps
        if not entries:
            raise self.bad("is empty")
        if len(entries) > caps.members:
            raise self._bomb(f"has {len(entries):,} parts, more than {caps.members:,}")
        seen: set[str] = set()
        for entry in entries:
            self._check(entry)
            key = entry.filename.casefold()
            if key in seen:
                raise self.bad(f"has a part twice: {entry.filename[:80]!r}", remedy=_DISTRUST)
            seen.add(key)
        if sum(entry.file_size for entry in entries) > caps.total:
            raise self._bomb(f"unpacks to more than {caps.total:,} bytes")
        directory, _ = self._directory()
        ordered = sorted(entries, key=lambda entry: entry.header_offset)
        stops = [*(entry.header_offset for entry in ordered[1:]), directory]
        for entry, stop in zip(ordered, stops, strict=True):
            if entry.header_offset + _LOCAL.size + entry.compress_size > stop:
                raise self.bad(f"has parts that overlap: {entry.filename[:80]!r}", remedy=_DISTRUST)
        return ordered

    def _check(self, entry: zipfile.ZipInfo) -> None:
        # orig_filename is what the archive says; `filename` has been cut at NUL and had its separators changed.
        name = entry.orig_filename
        parts = name.rstrip("/").split("/")
        if name.startswith("/") or "\\" in name or ":" in name or "\0" in name or {"", ".", ".."} & set(parts):
            raise self.bad(f"has a part that leads out of it: {name[:80]!r}", remedy=_DISTRUST)
        if entry.create_system == 3 and stat.S_IFMT(entry.external_attr >> 16) not in _REGULAR:
            raise self.bad(f"has a link or device in it: {name[:80]!r}", remedy=_DISTRUST)
        if entry.flag_bits & _ENCRYPTED:
            raise self.bad("is encrypted", remedy="take the password off and save it anew")
        if entry.compress_type not in _METHODS:
            raise self.bad(f"is packed in an unusual way: {name[:80]!r}")
        if entry.compress_size == 0xFFFFFFFF or entry.header_offset == 0xFFFFFFFF:
            raise self._bomb("is larger than a document can be")

    def _bomb(self, what: str) -> TooLong:
        return TooLong(f"this {self._kind} file {what}", where=self._where, remedy=_DISTRUST)


_DISTRUST = "do not trust this file; ask those who sent it for another"


@dataclass(frozen=True, slots=True)
class _Packed:
    """A member packed anew."""

    header: bytes
    data: bytes
    flags: int
    method: int
    crc: int
    size: int


def _packed(entry: zipfile.ZipInfo, content: bytes) -> _Packed:
    """A member with new content, its name, date and way of packing as before; sizes stand in its own header."""
    flags = entry.flag_bits & ~_DESCRIPTOR
    name = entry.orig_filename.encode("utf-8" if flags & _UTF8 else "cp437")
    crc = zlib.crc32(content)
    data = content
    if entry.compress_type == zipfile.ZIP_DEFLATED:
        packer = zlib.compressobj(6, zlib.DEFLATED, -15)
        data = packer.compress(content) + packer.flush()
    year, month, day, hour, minute, second = entry.date_time
    date = (year - 1980) << 9 | month << 5 | day
    time = hour << 11 | minute << 5 | second // 2
    header = _LOCAL.pack(
        b"PK\x03\x04", entry.extract_version, flags, entry.compress_type, time, date,
        crc, len(data), len(content), len(name), 0,
    )  # fmt: skip
    return _Packed(header + name, data, flags, entry.compress_type, crc, len(content))


def _what_else(data: bytes) -> str:
    """What a file that is no zip archive seems to be."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return "is encrypted, or in the old format of Word (.doc)"
    for start, what in ((b"{\\rtf", "is RTF"), (b"%PDF", "is PDF"), (b"<", "is XML or HTML")):
        if data.lstrip()[:5].startswith(start):
            return what
    return "is empty" if not data else "is no such package"
