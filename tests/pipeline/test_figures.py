"""A number in the place of another: its ending and the words beside it follow, or the doubt is said."""

from __future__ import annotations

import pytest

from tests.conftest import CASES
from toolkit.languages import Language
from toolkit.memory.numbers import find_numbers
from toolkit.pipeline.figures import fit_number
from toolkit.text.spans import apply_edits

ROWS = [line.split("\t") for line in (CASES / "figures.tsv").read_text(encoding="utf-8").splitlines() if line[0] != "#"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[1]} → {row[2]}")
def test_a_number_in_the_place_of_another(row: list[str]) -> None:
    """What a rule knows is written; what it does not know is a doubt, never a guess."""
    language = Language(row[0])
    old, new = (find_numbers(text, language)[0] for text in (row[1], row[2]))
    fitted = fit_number(row[1], old.span, old, new, language)
    assert ("*" if fitted.doubt else "") + apply_edits(row[1], fitted.edits) == row[3]
