"""A row of a file of translations, as its reader found it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from toolkit.errors import UnknownLanguage
from toolkit.languages import Language, parse_language

LONGEST = 5_000
"""Code points of the longest side that is stored: no sentence is longer."""


@dataclass(frozen=True, slots=True)
class Row:
    """The sides of a translation, or the reason why it cannot be stored. `where` is its file and place."""

    where: str
    sides: Mapping[Language, str] = field(default_factory=dict)
    refused: str = ""
    source: Language | None = None
    topic: str = ""
    origin: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """The languages of files that do not name them."""

    source: Language | None = None
    target: Language | None = None


def language_of(code: str | None) -> Language | None:
    """A language by its code in a file; None for one that is not ours, or is written in another script."""
    if not code:
        return None
    parts = code.replace("_", "-").lower().split("-")
    if any(part in ("arab", "cyrl") and parts[0] == "az" for part in parts[1:]):
        return None
    try:
        return parse_language(code)
    except UnknownLanguage:
        return None


def checked(row: Row) -> Row:
    """The row with its sides trimmed; refused where fewer than two are left, or one is empty or too long."""
    if row.refused:
        return row
    sides = {language: " ".join(text.split()) for language, text in sorted(row.sides.items())}
    empty = [language.value for language, text in sides.items() if not text]
    long = [language.value for language, text in sides.items() if len(text) > LONGEST]
    reason = ""
    if len(sides) < 2:
        reason = "fewer than two of az, en, hy, ru"
    elif empty:
        reason = f"{' and '.join(empty)} {'is' if len(empty) == 1 else 'are'} empty"
    elif long:
        reason = f"{' and '.join(long)}: longer than {LONGEST:,} characters"
    return Row(row.where, sides, reason, row.source, row.topic, row.origin, row.date)
