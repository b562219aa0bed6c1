"""The last resort for letters of neither language (Georgian, Arabic, Greek): unidecode, only where asked for."""

from __future__ import annotations

from toolkit.languages import Language

_OWN = {"ხ": "kh"}
"""Letters that unidecode spells so that they are read otherwise: its x for the Georgian letter would be read as ks."""


def ascii_of(char: str) -> str:
    """How a letter of neither language is spelled in ASCII; nothing where that is not known."""
    from unidecode import unidecode

    return _OWN.get(char) or unidecode(char)


def outside(text: str, target: Language) -> str:
    """A text with letters from outside the target's script spelled in ASCII by unidecode (Georgian, Arabic, Greek…).

    For Latin targets only; a text for Armenian or Russian keeps its foreign letters.
    """
    if target not in (Language.AZ, Language.EN) or text.isascii():
        return text
    return "".join(char if char.isascii() or _is_latin(char) or not char.isalpha() else ascii_of(char) for char in text)


def _is_latin(char: str) -> bool:
    return ord(char) < 0x0250 or 0x1E00 <= ord(char) <= 0x1EFF
