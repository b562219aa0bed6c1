"""The last resort for letters of neither language (Georgian, Arabic, Greek): unidecode, only where asked for."""

from __future__ import annotations

from toolkit.languages import Language


def outside(text: str, target: Language) -> str:
    """A text with letters from outside the target's script spelled in ASCII by unidecode (Georgian, Arabic, Greek…).

    For Latin targets only; a text for Armenian or Russian keeps its foreign letters.
    """
    if target not in (Language.AZ, Language.EN) or text.isascii():
        return text
    from unidecode import unidecode

    return "".join(
        char if char.isascii() or _is_latin(char) or not char.isalpha() else unidecode(char) for char in text
    )


def _is_latin(char: str) -> bool:
    return ord(char) < 0x0250 or 0x1E00 <= ord(char) <= 0x1EFF
