"""How Armenian words sound at their edges, which decides the article: ը after a consonant, ն after a vowel."""

from __future__ import annotations

import re
from enum import Enum

from toolkit.languages import Language
from toolkit.text.casing import lower

_VOWELS = "աեէըիոօ"
_VOWEL = re.compile("ու|[աեէըիոօ]")
_COPULA = frozenset({"եմ", "ենք", "եք", "են"})
# Letters of the Latin alphabet whose English names end in a consonant (ef, el, em, en, ar, es, eks).
_CONSONANT_LETTERS = "FLMNRSX"


class Ending(Enum):
    """The last sound of a name; LETTERS is an acronym read letter by letter, each with a final ը: ԱՄՆ, ա-մը-նը."""

    CONSONANT = "consonant"
    LETTERS = "letters"
    VOWEL = "vowel"


def count_vowels(word: str) -> int:
    """The written vowels of a word, ու as one."""
    return len(_VOWEL.findall(lower(word, Language.HY)))


def ends_in_vowel(word: str) -> bool:
    """Whether an Armenian word ends in a vowel; և, and ւ after any letter but ո, end in the sound v."""
    small = lower(word, Language.HY)
    return small.endswith("ու") or small[-1:] in tuple(_VOWELS)


def starts_with_vowel_sound(word: str) -> bool:
    """Whether the article before this word is ն rather than ը.

    The rule asks for a vowel in sound: ա, է, ը, ի, օ, ու. Written ե and ո are [ye] and [vo] and take ը, as և
    does, with two exceptions: the unstressed verb (եմ, ենք, եք, են) leans on the word before it and takes ն,
    and ով, ովքեր are [ov]. ես is left to ը, being the pronoun as often as the verb. In the Armenian treebanks
    (Universal Dependencies, development parts) the verb has ն 18 times of 18 and every other ե has ը, 19 times
    of 19; ո has ը 21 times of 21; է and ու have ն in 64 of 65 and 51 of 56. Before ա, ը and ի a third to a half
    of the writers keep ը, so both are recognised and the rule is only for writing.
    """
    small = lower(word, Language.HY)
    if small.startswith(("ու", "ով")):
        return True
    if small[:1] in tuple("աէըիօaeio"):
        return True
    return small in _COPULA


def is_spelt_apart(word: str) -> bool:
    """Whether endings follow a hyphen: after acronyms, numbers in letters (Գարեգին Բ-ի) or digits, marks, Latin."""
    last = word[-1:]
    if not last.isalpha() or last.isascii():
        return True
    letters = [char for char in word if char.isalpha()]
    return len(letters) + (len(word) == 1) > 1 and all(char.isupper() for char in letters)


def ending_of(word: str, reading: str = "") -> Ending:
    """The last sound of a name; of an acronym, by its `reading` where one is given, else by its letters.

    An acronym that ends in a vowel and a consonant is read as a word (ՄԱԿ), one that ends in two consonants
    letter by letter (ԵԱՀԿ). Latin capitals are read by their English names, digits by the last one (2 is երկու).
    """
    if reading:
        return Ending.VOWEL if ends_in_vowel(reading) else Ending.CONSONANT
    word = word.rstrip("»”)\"'")
    last = word[-1:]
    if last.isdigit():
        return Ending.VOWEL if last == "2" else Ending.CONSONANT
    if last.isascii():
        capitals = word.isupper()
        vowel = last not in _CONSONANT_LETTERS if capitals else last in "aiouy"
        return Ending.VOWEL if vowel else Ending.CONSONANT
    if ends_in_vowel(word) or (len(word) == 1 and word.isupper()):  # Գարեգին Բ-ն
        return Ending.VOWEL
    if is_spelt_apart(word) and not ends_in_vowel(word[:-1]):
        return Ending.LETTERS
    return Ending.CONSONANT
