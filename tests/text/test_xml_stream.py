"""XML of unknown origin: an element at a time, within bounds, and nothing resolved."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO

import pytest

from toolkit.errors import BadInput, TooLong
from toolkit.text.xml_stream import Found, local, stream_elements, text_of, writable


def _all(text: str) -> list[Found]:
    return list(stream_elements(io.BytesIO(text.encode()), {"item"}))


def test_the_root_comes_first_and_then_each_element_with_its_line() -> None:
    """Elements come whole, in order, with texts and tails; what was not asked for is passed by."""
    found = _all('<list kind="x">\n<skip><b/></skip>\n<item>a<b>c</b>d</item>\n<item/></list>')
    assert [(local(one.element), one.line, text_of(one.element)) for one in found] == [
        ("list", 1, ""),
        ("item", 3, "acd"),
        ("item", 4, ""),
    ]
    assert found[0].element.get("kind") == "x"


class _Endless(io.RawIOBase):
    """A file that never ends, and that counts what was read of it."""

    def __init__(self) -> None:
        self.read_so_far = 0

    def read(self, size: int = -1, /) -> bytes:
        self.read_so_far += size
        return b"<list>" if self.read_so_far == size else b"<item>text</item>" * 100


def test_a_file_is_read_no_further_than_it_is_asked() -> None:
    """Elements are given out while the file is still being read, so its size does not matter."""
    stream = _Endless()
    elements: Iterator[Found] = stream_elements(_as_file(stream), {"item"})
    assert [local(next(elements).element) for _ in range(50)] == ["list"] + ["item"] * 49
    assert stream.read_so_far <= 3 * (1 << 16)


def _as_file(stream: io.RawIOBase) -> BinaryIO:
    return stream  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("<a>" * 200, BadInput),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", BadInput),
        ("<a>&other;</a>", BadInput),
        ("<a><item/>", BadInput),
        ("", BadInput),
        ("<list><item>" + "x" * 1_000_001 + "</item></list>", TooLong),
        ("<list><item>" + "<b/>" * 50_000 + "</item></list>", TooLong),
    ],
    ids=["deep", "doctype", "entity", "unfinished", "empty", "long text", "many children"],
)
def test_what_is_beyond_the_bounds_is_refused(text: str, error: type[BadInput]) -> None:
    """The line is named, and the remedy."""
    with pytest.raises(error, match="line 1") as caught:
        _all(text)
    assert caught.value.remedy


def test_what_xml_cannot_hold_is_left_out() -> None:
    """Controls and lone surrogates are no characters of XML."""
    assert writable("a\x00b\x1fc\ud800d\ufffee\tf") == "abcde\tf"
