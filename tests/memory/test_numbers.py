"""Figures: where they are, what they are worth, how another language writes them."""

from __future__ import annotations

import pytest

from tests.conftest import CASES
from toolkit.languages import Language
from toolkit.memory.numbers import find_numbers, write_number

ROWS = [line.split("\t") for line in (CASES / "numbers.tsv").read_text(encoding="utf-8").splitlines() if line[0] != "#"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[1])
def test_numbers_of_a_text(row: list[str]) -> None:
    """Names with figures, ordinals and addresses are no numbers; all else has the value it is read as."""
    found = find_numbers(row[1], Language(row[0]))
    assert [figure.value for figure in found] == row[2].split()


@pytest.mark.parametrize("row", [row for row in ROWS if len(row) > 3], ids=lambda row: row[1])
def test_a_number_as_each_language_writes_it(row: list[str]) -> None:
    """Groups and decimals follow the language; what had no groups gets none."""
    figure = find_numbers(row[1], Language(row[0]))[0]
    wanted = dict(zip((Language.EN, Language.HY, Language.AZ, Language.RU), row[3].split("|"), strict=True))
    for language, text in wanted.items():
        assert write_number(figure, language).replace("\u00a0", " ") == text


def test_four_digits_are_grouped_as_their_neighbours() -> None:
    """A translation that writes 1200 without a group writes 1500 so; a longer number is grouped."""
    four, seven = (find_numbers(text, Language.EN)[0] for text in ("1,500", "1,500,000"))
    assert write_number(four, Language.RU, like="1200") == "1500"
    assert write_number(seven, Language.RU, like="12 000") == "1 500 000"
