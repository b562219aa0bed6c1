"""Whether a text is written in the letters of its language, and only in visible ones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from toolkit.glossary.checks.problems import Remark
from toolkit.glossary.yaml_safe import FieldPath
from toolkit.languages import Language
from toolkit.text.folding import INVISIBLE
from toolkit.text.scripts import Script, script_of

SCRIPTS = {
    Language.AZ: Script.LATIN,
    Language.EN: Script.LATIN,
    Language.HY: Script.ARMENIAN,
    Language.RU: Script.CYRILLIC,
}

_AZ_LOOKALIKES = "ǝƎә"
_WORD = re.compile(r"\w+")
_TWO_NAMES = re.compile(r"[()\[\]{};|<>]|  |(?<![A-ZА-ЯԱ-Ֆ])/|/(?![A-ZА-ЯԱ-Ֆ])")
"""A slash between capitals is part of an acronym (RFE/RL)."""


def check_text(text: str, language: Language, path: FieldPath) -> Iterator[Remark]:
    """Remarks on the letters of one text; brands written in Latin letters throughout are allowed everywhere."""
    yield from check_visible(text, path)
    yield from _script(text, language, path)
    if language is Language.HY and re.search("[եԵ][ւՒ]", text):
        yield Remark("G104", path, f"“{text}” has եւ in two letters", "write the one letter և (U+0587), in capitals ԵՎ")
    if _TWO_NAMES.search(text):
        yield Remark(
            "G107", path, f"“{text}” has brackets, a slash or two spaces", "write one name, and others as `variants`"
        )


def check_visible(text: str, path: FieldPath) -> Iterator[Remark]:
    """Remarks on characters that cannot be seen, in any text of a file."""
    if text.isascii() and text.isprintable():
        return
    hidden = sorted({char for char in text if char in INVISIBLE or unicodedata.category(char) in {"Cc", "Cf"}} - {"\n"})
    if hidden:
        names = ", ".join(f"U+{ord(char):04X} {unicodedata.name(char, 'control character')}" for char in hidden)
        yield Remark("G102", path, f"has characters that cannot be seen: {names}", "remove them; type the text anew")
    if not unicodedata.is_normalized("NFC", text):
        yield Remark(
            "G103",
            path,
            f"“{text[:60]}” has letters that are put together from several signs (not NFC)",
            "run `dragoman glossary format`, or type it anew",
        )


def _script(text: str, language: Language, path: FieldPath) -> Iterator[Remark]:
    wanted = SCRIPTS[language]
    letters = dict.fromkeys(char for char in unicodedata.normalize("NFC", text) if char.isalpha())
    foreign = [char for char in letters if not _belongs(char, language)]
    if not foreign:
        return
    whole_words_latin = all(
        len({script_of(char) for char in word if char.isalpha()}) <= 1 for word in _WORD.findall(text)
    ) and all(script_of(char) is Script.LATIN for char in foreign)
    if whole_words_latin and wanted is not Script.LATIN:
        return
    shown = ", ".join(f"{char} ({unicodedata.name(char, 'unnamed').lower()})" for char in foreign)
    yield Remark(
        "G101",
        path,
        f"“{text}” has letters that {language.english_name} is not written in: {shown}",
        f"type the name on the {language.english_name} keyboard",
    )


def _belongs(char: str, language: Language) -> bool:
    if language is Language.AZ and char in _AZ_LOOKALIKES:
        return False
    # Modifier letters (ʼ ʻ) are no letters of a script but belong to spellings in all four languages.
    return unicodedata.category(char) == "Lm" or script_of(char) is SCRIPTS[language]
