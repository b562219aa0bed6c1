"""How Azerbaijani names sound at their end: what decides vowel harmony and the linking consonants.

An acronym sounds by its letters' names (BMT: be-em-te) or, where it can be pronounced, as a word (NATO); a
number by its last numeral (F-16: on altı).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from toolkit.languages import Language
from toolkit.text.casing import lower

VOWELS = "aıoueəiöü"

_LETTER_NAMES = {
    **{letter: f"{letter}e" for letter in "bcçdfgğhxjqpştvyz"},
    **{letter: f"e{letter}" for letter in "lmnrs"},
    "k": "ka",
    "w": "ve",
}
_NUMERALS = {
    "1": "bir",
    "2": "iki",
    "3": "üç",
    "4": "dörd",
    "5": "beş",
    "6": "altı",
    "7": "yeddi",
    "8": "səkkiz",
    "9": "doqquz",
    "0": "sıfır",
    "10": "on",
    "20": "iyirmi",
    "30": "otuz",
    "40": "qırx",
    "50": "əlli",
    "60": "altmış",
    "70": "yetmiş",
    "80": "səksən",
    "90": "doxsan",
    "00": "yüz",
    "000": "min",
}
# Acronyms that the press reads as a word against the rule of `_pronounceable`.
_READ_AS_WORDS = frozenset({"abş"})
# Without one of these an acronym is foreign and its I is i, not ı (USAID-in).
_OWN_LETTERS = frozenset("ÇƏĞİÖŞÜ")
_FINAL_DIGITS = re.compile(r"\d+$")


@dataclass(frozen=True, slots=True)
class Sound:
    """The end of a name as it is heard: its last vowel, and whether it is the last sound."""

    vowel: str
    open: bool


def small(text: str) -> str:
    """`text` in small letters by the rules of Azerbaijani."""
    return lower(text, Language.AZ)


def is_acronym(word: str) -> bool:
    """Whether the endings of `word` are joined by a hyphen: it, or its last part, is of capitals or a number."""
    if word[-1:].isdigit():
        return True
    letters = [char for char in word.split("-")[-1] if char.isalpha()]
    return bool(letters) and all(char.isupper() for char in letters)


def sound_of(spoken: str) -> Sound:
    """The sound of a word or reading; foreign letters by their nearest vowel, a word without vowels as in front."""
    spoken = re.sub(r"(?<=[^\W\d_aıoueəiöü])y$", "i", _letters(small(spoken)))
    for index in range(len(spoken) - 1, -1, -1):
        vowel = _vowel(spoken[index])
        if vowel:
            return Sound(vowel, open=index == len(spoken) - 1)
    return Sound("e", open=False)


def readings(word: str) -> tuple[str, ...]:
    """How a word of capitals or digits is read aloud, the likelier reading first."""
    digits = _FINAL_DIGITS.search(word)
    if digits:
        return (_numeral(digits.group()),)
    if not _OWN_LETTERS.intersection(word):
        word = word.replace("I", "İ")
    letters = _letters(re.split(r"[\d-]", small(word))[-1])
    spelled = "-".join(_LETTER_NAMES.get(letter, letter) for letter in letters)
    if not any(letter in VOWELS for letter in letters):
        return (spelled,)
    return (letters, spelled) if _pronounceable(letters) else (spelled, letters)


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalpha())


def _vowel(char: str) -> str:
    if char in VOWELS:
        return char
    plain = unicodedata.normalize("NFD", char)[0]
    return plain if plain in VOWELS else ""


def _numeral(digits: str) -> str:
    """The last word of a number as it is read: 16 altı, 60 altmış, 300 yüz."""
    for length in (3, 2):
        ending = digits[-length:]
        if ending in _NUMERALS and len(ending) == length and not (ending == "00" and len(digits) == 2):
            return _NUMERALS[ending]
    return _NUMERALS[digits[-1]]


def _pronounceable(letters: str) -> bool:
    """Whether an acronym reads as a word: NATO, ATƏT, TASS do; BMT, AXC, AB do not."""
    if letters in _READ_AS_WORDS:
        return True
    if len(letters) < 3 and letters[-1] not in VOWELS:
        return False
    runs = re.findall(rf"[^{VOWELS}]+", letters)
    if any(len(run) > 2 for run in runs):
        return False
    coda = re.search(rf"[^{VOWELS}]*$", letters)
    final = coda.group() if coda else ""
    return len(final) < 2 or final[0] == final[1] or final[0] in "lmnr"
