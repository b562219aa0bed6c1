"""Months and weekdays in any form."""

from __future__ import annotations

import pytest

from tests.conftest import CASES
from toolkit.languages import Language
from toolkit.memory.calendar import calendar_of

ROWS = [
    line.split("\t") for line in (CASES / "calendar.tsv").read_text(encoding="utf-8").splitlines() if line[0] != "#"
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[1])
def test_months_and_weekdays_of_a_text(row: list[str]) -> None:
    """They are found in every case; a week, a market and a verb are none."""
    found = calendar_of(Language(row[0])).find(row[1])
    assert [f"{day.cls}:{day.value}" for day in found] == row[2].split()


@pytest.mark.parametrize("language", list(Language))
def test_every_language_has_all_of_them(language: Language) -> None:
    """Twelve months and seven weekdays, each in its base form."""
    words = calendar_of(language).words
    assert len(words) == 19
    assert all(forms[0].text for _, forms in words.values())
