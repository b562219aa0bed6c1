"""Files that are not what they say: each is refused in one line that names the file and a remedy."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.documents.office import docx_of, members, odt_of, with_body, with_members
from toolkit.documents.formats import open_file
from toolkit.documents.package import Caps, Package
from toolkit.errors import BadInput, DragomanError

LINES = ["Дорога в Степанакерт закрыта.", "**Тихо**."]
FILES = {"docx": docx_of(LINES), "odt": odt_of(LINES)}
PARTS = {"docx": "word/document.xml", "odt": "content.xml"}


def _refused(data: bytes, format_name: str, words: str) -> None:
    with pytest.raises(BadInput, match=words) as caught:
        open_file(data, format_name, "in.file")
    assert str(caught.value).startswith("in.file: this ")
    assert "\n" not in str(caught.value)
    assert caught.value.remedy
    assert caught.value.exit_code == 2


@pytest.fixture(params=sorted(FILES))
def format_name(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


def _with_part(format_name: str, change: str, into: str) -> bytes:
    """The file with `change` put before the first `into` of its main part."""
    part = PARTS[format_name]
    text = members(FILES[format_name])[part].decode()
    assert into in text
    return with_members(FILES[format_name], {part: text.replace(into, change + into, 1).encode()})


ROOT = {"docx": "<w:document", "odt": "<office:document-content"}
BOMB = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True)
) + "]>"  # fmt: skip


@pytest.mark.parametrize(
    "doctype",
    [
        BOMB,
        '<!DOCTYPE a SYSTEM "http://127.0.0.1:1/a.dtd">',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]>',
        "<!DOCTYPE html>",
    ],
    ids=["billion laughs", "external DTD", "external entity", "parameter entity", "plain"],
)
def test_document_types_are_refused(doctype: str, format_name: str) -> None:
    """No document of an office has one; so no entity is ever expanded and nothing is fetched."""
    _refused(_with_part(format_name, doctype, ROOT[format_name]), format_name, "document type declaration")


@pytest.mark.parametrize("broken", ["<", "&amp", "&nosuch;", "<a>", "</b>", "\x01", '<a b="1" b="2"/>'])
def test_broken_xml_is_refused(broken: str, format_name: str) -> None:
    """What a parser does not take is no document."""
    _refused(_with_part(format_name, broken, "закрыта"), format_name, "no well-formed XML")


def test_the_deepest_nesting(format_name: str) -> None:
    """Elements one in another are counted before anything walks them."""
    _refused(_with_part(format_name, "<a>" * 10_000 + "</a>" * 10_000, "закрыта"), format_name, "one in another")


@pytest.mark.parametrize("name", ["../up.xml", "/etc/passwd", "a/../../b", "C:x", "a\\b", "a//b"])
def test_members_that_lead_out_are_refused(name: str, format_name: str) -> None:
    """Nothing is unpacked to a disk; but no honest program writes such a name."""
    _refused(with_members(FILES[format_name], {name: b""}), format_name, "leads out of it")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_doubled_members_are_refused(format_name: str) -> None:
    """Of two parts with one name, two programs may read different ones."""
    stream = io.BytesIO(FILES[format_name])
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(PARTS[format_name].upper(), b"<a/>")
    _refused(stream.getvalue(), format_name, "twice")


def test_links_are_refused(format_name: str) -> None:
    """A member that is a symbolic link."""
    stream = io.BytesIO(FILES[format_name])
    with zipfile.ZipFile(stream, "a") as archive:
        entry = zipfile.ZipInfo("link")
        entry.create_system, entry.external_attr = 3, 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    _refused(stream.getvalue(), format_name, "link or device")


def test_encrypted_files_are_refused(format_name: str) -> None:
    """By the flag of a member, by the manifest of ODT, by the container that Office puts around DOCX."""
    data = bytearray(FILES[format_name])
    place = data.index(b"PK\x01\x02")
    struct.pack_into("<H", data, place + 8, 1)
    _refused(bytes(data), format_name, "is encrypted")
    _refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), format_name, "is encrypted")
    manifest = b"<manifest:encryption-data/>"
    _refused(with_members(FILES["odt"], {"META-INF/manifest.xml": manifest}), "odt", "is encrypted")


def test_bombs_are_refused_before_they_go_off(format_name: str) -> None:
    """A part that unpacks to far more than it holds costs no memory; nor do ten thousand parts."""
    bomb = with_members(FILES[format_name], {PARTS[format_name]: b" " * (60 << 20)})
    tracemalloc.start()
    _refused(bomb, format_name, "unpacks to more than")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 120 << 20
    many = {f"x/{number}": b"" for number in range(10_001)}
    _refused(with_members(FILES[format_name], many), format_name, "parts, more than 10,000")


def test_a_size_that_lies_is_no_way_around() -> None:
    """Sizes are counted as they come: a member that claims to be small is cut off at what it may be."""
    data = bytearray(with_members(FILES["odt"], {"content.xml": b" " * 5000}))
    entry = next(
        place for place in range(len(data)) if data[place : place + 4] == b"PK\x01\x02"
        and data[place + 46 : place + 57] == b"content.xml"
    )  # fmt: skip
    struct.pack_into("<L", data, entry + 24, 10)
    with pytest.raises(BadInput):
        open_file(bytes(data), "odt")
    with pytest.raises(BadInput, match="unpacks to more"):
        Package(FILES["odt"], "ODT", caps=Caps(part=100, ratio_from=100, ratio=1)).content("styles.xml")


def test_overlapping_members_are_refused(format_name: str) -> None:
    """Many members over the same bytes are a bomb of another make."""
    data = bytearray(FILES[format_name])
    first = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", first + 4)
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    with pytest.raises(BadInput):
        open_file(bytes(data), format_name)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        ("Просто текст".encode(), "is no such package"),
        (b"%PDF-1.7", "is PDF"),
        (b"{\\rtf1", "is RTF"),
        (b"<html>", "is XML or HTML"),
        (b"PK\x03\x04" + bytes(100), "is cut off or damaged"),
    ],
)
def test_something_else_under_the_suffix(data: bytes, words: str, format_name: str) -> None:
    """What the file really is, where that can be told."""
    _refused(data, format_name, words)


def test_another_package_under_the_suffix() -> None:
    """One office format under the suffix of another, a workbook, any archive."""
    _refused(FILES["odt"], "docx", r"has no \[Content_Types\]")
    _refused(FILES["docx"], "odt", "is another kind of file")
    types = b'<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel"/></Types>'
    _refused(with_members(FILES["docx"], {"[Content_Types].xml": types}), "docx", "is another kind of file")
    _refused(with_members(FILES["odt"], {"mimetype": b"application/zip"}), "odt", "is another kind of file")


@given(cut=st.integers(1, 4000))
@settings(max_examples=20)
def test_truncated_files_are_refused(cut: int) -> None:
    """A file that lost its end."""
    for format_name, data in FILES.items():
        _refused(data[:-cut] if cut < len(data) else b"PK\x03\x04", format_name, "damaged|cut off")


@given(place=st.integers(0, 100_000), byte=st.integers(0, 255))
@settings(max_examples=60)
def test_a_flipped_byte_is_read_or_refused(place: int, byte: int) -> None:
    """Whatever byte is wrong: the file is read, or an error of ours says why not."""
    for format_name, data in FILES.items():
        damaged = bytearray(data)
        damaged[place % len(data)] = byte
        try:
            file = open_file(bytes(damaged), format_name)
        except DragomanError:
            continue
        assert file.written(file.text) == bytes(damaged)


def test_a_hundred_thousand_paragraphs() -> None:
    """A long document is no hostile one."""
    data = with_body("<w:p><w:r><w:t>Тихо.</w:t></w:r></w:p>" * 100_000)
    assert len(open_file(data, "docx").document.blocks) == 100_000


def test_prefixes_that_no_program_writes_are_refused() -> None:
    """Text under another prefix than every program gives it would be read as none."""
    text = members(FILES["docx"])["word/document.xml"].decode()
    data = with_members(
        FILES["docx"], {"word/document.xml": text.replace("w:", "q:").replace("xmlns:w", "xmlns:q").encode()}
    )
    _refused(data, "docx", "unusual way")
