"""The four languages Dragoman writes in, always listed in alphabetical order of their codes."""

from __future__ import annotations

from enum import StrEnum

from toolkit.errors import UnknownLanguage


class Language(StrEnum):
    """A working language, by its ISO 639-1 code."""

    AZ = "az"
    EN = "en"
    HY = "hy"
    RU = "ru"

    @property
    def english_name(self) -> str:
        return _ENGLISH_NAMES[self]


_ENGLISH_NAMES = {
    Language.AZ: "Azerbaijani",
    Language.EN: "English",
    Language.HY: "Armenian",
    Language.RU: "Russian",
}


def parse_language(code: str, *, where: str = "") -> Language:
    """Read a language code; case and a region or script after it do not matter ("EN-GB", "az_Latn").

    Raises UnknownLanguage for anything else.
    """
    primary = code.strip().replace("_", "-").split("-")[0].lower()
    try:
        return Language(primary)
    except ValueError:
        known = ", ".join(language.value for language in Language)
        raise UnknownLanguage(
            f"unknown language {code.strip()[:20]!r}", where=where, remedy=f"use one of {known}"
        ) from None
