"""Upper and lower case as the four languages write them.

Azerbaijani pairs İ/i and I/ı; Armenian և becomes ԵՎ in capitals (Eastern spelling), Եվ at the head of a word.
Python's own methods know neither, and change lengths ('İ'.lower() has two code points).
"""

from __future__ import annotations

from enum import StrEnum

from toolkit.languages import Language


class Shape(StrEnum):
    """How a word or phrase is written: şuşa, Şuşa, ŞUŞA, or anything else."""

    LOWER = "lower"
    TITLE = "title"
    UPPER = "upper"
    MIXED = "mixed"


def upper(text: str, language: Language) -> str:
    """`text` in capitals (NFC expected)."""
    if language is Language.AZ:
        text = text.replace("i", "İ").replace("ı", "I")
    elif language is Language.HY:
        text = text.replace("և", "եվ")
    return text.upper()


def lower(text: str, language: Language) -> str:
    """`text` in small letters (NFC expected); İ becomes i in every language, one code point for one."""
    if language is Language.AZ:
        text = text.replace("I", "ı")
    return text.replace("İ", "i").lower()


def capitalize(text: str, language: Language) -> str:
    """`text` with its first letter raised and the rest left as it is."""
    for index, char in enumerate(text):
        if char.isalpha():
            raised = "Եվ" if char == "և" else upper(char, language)
            return text[:index] + raised + text[index + 1 :]
    return text


def shape_of(text: str) -> Shape:
    """The shape of a text by its cased letters; a single capital counts as TITLE."""
    letters = [char for char in text if char.isalpha() and (char.isupper() or char.islower())]
    if not letters or all(char.islower() for char in letters):
        return Shape.LOWER
    if len(letters) > 1 and all(char.isupper() for char in letters):
        return Shape.UPPER
    first_raised = letters[0].isupper()
    return Shape.TITLE if first_raised else Shape.MIXED


def apply_shape(text: str, shape: Shape, language: Language) -> str:
    """Write `text` in capitals for UPPER, with a raised head for TITLE; else as it is."""
    if shape is Shape.UPPER:
        return upper(text, language)
    if shape is Shape.TITLE:
        return capitalize(text, language)
    return text
