"""The languages of a run: an option says them for all texts, a line of JSON for itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toolkit.errors import BadOption
from toolkit.languages import Language, parse_language


def optional_language(code: str | None, option: str) -> Language | None:
    """What an option names. Raises UnknownLanguage."""
    return None if code is None else parse_language(code, where=option)


def row_language(row: Mapping[str, Any], key: str, default: Language | None, option: str) -> Language:
    """The language that a line names by `key`, else that of the option.

    Raises BadOption where neither names one, UnknownLanguage.
    """
    return parse_language(str(row[key])) if key in row else given_language(default, option, key)


def given_language(language: Language | None, option: str, key: str = "") -> Language:
    """What an option must name where no line can. Raises BadOption."""
    if language is None:
        lines = f', or "{key}" in each line' if key else ""
        raise BadOption(f"{option} is missing", remedy=f"name one of az, en, hy, ru{lines}")
    return language
