"""Marks of memory files: read with their places, or refused with the place and the remedy."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import MemoryBroken
from toolkit.memory.markup import Mark, parse_marks
from toolkit.text.spans import Span


def test_marks_are_taken_out_and_keep_their_places() -> None:
    """The plain text has no mark in it; each mark's span cuts its surface from it."""
    marked = parse_marks("[Baku](baku)’s road to [Shushi](shusha-shushi:armenian) [is] (not) open.")
    assert marked.text == "Baku’s road to Shushi [is] (not) open."
    assert marked.marks == (Mark(Span(0, 4), "baku"), Mark(Span(15, 21), "shusha-shushi", "armenian"))
    assert [mark.span.of(marked.text) for mark in marked.marks] == ["Baku", "Shushi"]


@pytest.mark.parametrize("text", ["[Baku](", "[Baku](baku", "[Baku](Baku)", "[Baku](baku:)", "[](baku)", "a [Baku"])
def test_a_broken_mark_names_its_place(text: str) -> None:
    """The error says where and how marks are written."""
    with pytest.raises(MemoryBroken, match=r"topic\.jsonl:7: .*\(write names as") as caught:
        parse_marks(text, where="topic.jsonl:7")
    assert caught.value.exit_code == 4


@given(st.text(st.characters(exclude_characters="[]()", exclude_categories=["Cs"])))
def test_a_text_without_marks_is_itself(text: str) -> None:
    """What holds no bracket comes back unchanged."""
    assert parse_marks(text).text == text
