"""Broken, hostile and large files: one line says what is wrong, or all of it is read."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import Any

import pytest
import yaml

from tests.conftest import CASES
from tests.documents.test_small_texts import FILES
from toolkit.documents.finishing import Draft
from toolkit.documents.formats import reader_of
from toolkit.documents.options import read_options
from toolkit.errors import BadOption, DragomanError

ROWS: list[dict[str, Any]] = yaml.safe_load((CASES / "documents-broken.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['format']}: {row['says']}")
def test_one_line_says_what_is_wrong(row: dict[str, Any]) -> None:
    """Each row is refused in one line with a remedy."""
    times = row.get("times", 1)
    text = row["text"] * times + row.get("after", "") * times
    reader = reader_of(row["format"], read_options(row.get("columns"), row.get("paths")))
    with pytest.raises(DragomanError) as caught:
        reader(text)
    line = str(caught.value)
    assert any(says in line for says in row["says"].split(" or "))
    assert "\n" not in line
    assert caught.value.remedy


@pytest.mark.parametrize("name", sorted(FILES))
def test_any_number_of_texts_is_read(name: str) -> None:
    """Thousands of cues, rows, items or units are read, each in its place."""
    count = 5_000
    text = FILES[name]([f"Goris {number}." for number in range(count)])
    document = reader_of(name)(text)
    assert document.original is not None
    assert len(document.blocks) >= count
    last = document.blocks[-1].span
    assert f"Goris {count - 1}." in document.original.span(last).of(text)


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_file_that_ends_anywhere_is_read_or_refused(name: str) -> None:
    """Cut off at any place, a file is read with all its texts in place, or refused in one line."""
    text = FILES[name](['Shelling of <b>Goris</b> "continued".', "Snow & ice,\nand rain."])
    for end in range(len(text)):
        try:
            document = reader_of(name)(text[:end])
        except DragomanError as error:
            assert "\n" not in str(error)  # noqa: PT017  most ends are no error
        else:
            assert document.original is None or document.original.text == text[:end]


@pytest.mark.parametrize("name", sorted(FILES))
@pytest.mark.parametrize("sign", ['"', "<", "<a", "<a ", "{", "&", "@", "a.", "\\", "-", " ", "a-", "</b>", '""a'])
def test_no_sign_costs_more_than_its_length(name: str, sign: str) -> None:
    """A text of one sign thousands of times is read like any other, and so is a file that ends in it."""
    long = sign * (20_000 // len(sign))
    text = FILES[name](["Goris " + long])
    assert reader_of(name)(text).original is not None
    for broken in (text[: len(text) // 2], text + long):
        with suppress(DragomanError):
            reader_of(name)(broken)


def test_a_line_of_any_length_is_broken() -> None:
    """A subtitle of a hundred thousand words is broken, or flagged, as any other."""
    text = "1\n00:00:01,000 --> 00:00:02,000\nGoris\n"
    document = reader_of("srt")(text)
    assert document.original is not None
    assert document.original.finish is not None
    words = "word " * 100_000
    long = text.replace("Goris", words.strip())
    by = len(long) - len(text)
    start = text.index("Goris")
    finished = document.original.finish(
        Draft(text, long, lambda span: type(span)(span.start, span.end + (by if span.end > start else 0)))
    )
    assert finished.text.replace("\n", " ") == long.replace("\n", " ")
    assert [remark.code for remark in finished.remarks] == ["D001"]


def test_without_its_extra_an_article_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where trafilatura is not installed, one line says how to get it."""
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(BadOption, match=r"needs the extra \[web\]"):
        reader_of("article")("<p>x</p>")
