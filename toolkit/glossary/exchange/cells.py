"""Cells of tables that people open in a spreadsheet: no formula leaves the glossary, and none comes in."""

from __future__ import annotations

import unicodedata

_FORMULA = frozenset("=+-@|%")


def starts_formula(text: str) -> bool:
    """Whether a spreadsheet may take the text for a formula; full-width signs count as well."""
    return unicodedata.normalize("NFKC", text.lstrip())[:1] in _FORMULA and text.strip() != ""


def safe_cell(text: str) -> str:
    """A text for a cell: no control or invisible characters, no sign at its start that makes it a formula."""
    kept = "".join(" " if char in "\t\r\n" else char for char in text)
    kept = "".join(char for char in kept if unicodedata.category(char) not in {"Cc", "Cf", "Cs"}).strip()
    while starts_formula(kept):
        kept = kept[1:].lstrip()
    return kept
