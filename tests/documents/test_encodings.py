"""Encodings: the right ones come back byte for byte, the wrong ones are named."""

from __future__ import annotations

import csv
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import CASES
from toolkit.documents.encodings import decode
from toolkit.documents.formats import open_file
from toolkit.errors import NotText

with (CASES / "encodings.tsv").open(encoding="utf-8", newline="") as stream:
    ROWS: list[dict[str, Any]] = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))

_ARMSCII = {"։": 0xA3, "և": 0xA2}
for _index in range(38):
    _ARMSCII[chr(0x531 + _index)] = 0xB2 + 2 * _index
    _ARMSCII[chr(0x561 + _index)] = 0xB3 + 2 * _index


def _bytes(text: str, encoding: str) -> bytes:
    """Python has no ARMSCII-8 (AST 34.002); windows-1254 has no ə, which typists wrote as e."""
    if encoding == "armscii-8":
        return bytes(_ARMSCII.get(char, ord(char) & 0x7F) for char in text)
    return text.replace("ə", "e").encode(encoding) if encoding == "cp1254" else text.encode(encoding)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['encoding']}: {row['text'][:12]}")
@pytest.mark.parametrize("format_name", ["markdown", "text"])
def test_wrong_encodings_are_named(row: dict[str, Any], format_name: str) -> None:
    """The error says what the file looks like and how it is converted, in one line."""
    with pytest.raises(NotText, match=row["says"]) as caught:
        open_file(_bytes(row["text"], row["encoding"]), format_name, "in.txt")
    assert str(caught.value).startswith("in.txt: not UTF-8; this looks like ")
    assert "iconv -f" in caught.value.remedy


@given(text=st.text(min_size=1), mark=st.sampled_from([b"", b"\xef\xbb\xbf"]))
def test_utf_8_comes_back_with_its_mark(text: str, mark: bytes) -> None:
    """A byte order mark is no part of the text, and is there again afterwards."""
    data = mark + text.lstrip("\ufeff\0").replace("\0", "").encode()
    found, encoding = decode(data)
    assert not found.startswith("\ufeff")
    assert encoding.encode(found) == data


@pytest.mark.parametrize(
    ("start", "encoding"),
    [
        ('<meta charset="windows-1251">', "cp1251"),
        ("<meta http-equiv=content-type content='text/html; charset=koi8-r'>", "koi8-r"),
        ('<?xml version="1.0" encoding="ISO-8859-5"?>', "iso8859-5"),
        ("", "utf-16"),
        ('<meta charset="utf-16">', "utf-8"),
        ('<meta charset="x-unknown">', "utf-8"),
        ("", "utf-8-sig"),
    ],
)
def test_a_page_may_say_its_encoding(start: str, encoding: str) -> None:
    """A declared encoding is read and written back; a letter that it lacks becomes a reference."""
    page = f"{start}<p>Тихо в Степанакерте.</p>"
    data = page.encode(encoding)
    file = open_file(data, "html")
    assert file.text == page
    assert file.written(page) == data
    changed = file.written(page.replace("Тихо", "Շուշի"))
    plain = encoding.startswith("utf")
    assert ("Շուշի" if plain else "&#1351;&#1400;") in changed.decode(encoding)


def test_a_page_that_says_the_wrong_encoding_is_refused() -> None:
    """What it says of itself cannot be true of these bytes."""
    with pytest.raises(NotText, match="not cp1251, as it says of itself"):
        open_file(b'<meta charset="windows-1251"><p>' + b"\x98", "html", "p.html")
