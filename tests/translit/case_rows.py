"""Rows of the case files, as a linguist wrote them."""

from __future__ import annotations

import csv
from pathlib import Path

CASES = Path(__file__).parents[1] / "cases"


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a tab-separated case file by column name."""
    with (CASES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def accepted(cell: str | None) -> tuple[str, ...]:
    """a|b accepts both, a doubtful ? counts, - and x: are not compared."""
    if not cell or cell == "-" or cell.startswith("x:"):
        return ()
    return tuple(part.rstrip("?") for part in cell.split("|") if not part.startswith("x:"))
