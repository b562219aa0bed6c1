"""Entries of uploaded glossaries come back as they were sent, or are refused in one line."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from api.glossaries.entries import parse_entries, write_tsv
from toolkit.errors import DragomanError

TERMS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf", "Z"]), min_size=1, max_size=20)
PAIRS = st.lists(st.tuples(TERMS, TERMS), min_size=1, max_size=10, unique_by=lambda pair: pair[0])


@given(PAIRS)
def test_tsv_and_csv_come_back(pairs: list[tuple[str, str]]) -> None:
    """What is written is read again, whatever signs the terms have."""
    assert parse_entries(write_tsv(pairs), "tsv") == pairs
    rows = io.StringIO()
    csv.writer(rows).writerows(pairs)
    assert parse_entries(rows.getvalue(), "csv") == pairs


@given(st.text(st.sampled_from('a\t,"\n\r \0\u202eé')), st.sampled_from(["csv", "tsv"]))
def test_any_text_is_read_or_refused(text: str, form: str) -> None:
    """No text makes anything but pairs of whole terms or an error of a kind that is answered in one line."""
    try:
        pairs = parse_entries(text, form)
    except DragomanError:
        return
    assert all(term.strip() and "\t" not in term for pair in pairs for term in pair)
