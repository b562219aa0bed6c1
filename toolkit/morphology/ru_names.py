"""Russian names of one or more words: which words inflect, and together into which forms.

Adjectives before a noun agree with it and both inflect (Минская группа); after the noun a genitive or a phrase
stays (Совет Европы); of two names side by side the last inflects (Нор Марага). `Lexeme.head` overrides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from toolkit.morphology import ru_dictionary as dictionary
from toolkit.morphology import ru_persons as persons
from toolkit.morphology.base import Case, Gender, Lexeme
from toolkit.morphology.ru_endings import CASES, Paradigm, noun_plural, surname_plural
from toolkit.morphology.ru_words import (
    PLACES,
    Word,
    adjective_gender,
    adjective_in_name,
    common_noun,
    fixed,
    word_of_name,
)

# Of these a first word that looks like a Russian noun is none: Хор Вирап, Неркин Анд.
_SIDE_BY_SIDE = frozenset({"city", "monastery", "mountain", "town", "village"})
_BETWEEN_ADJECTIVES = frozenset({"и", "или"})


def name(lexeme: Lexeme) -> Word:
    """The paradigm of the whole name and the gender its neighbours agree with."""
    found = _inflect(lexeme)
    declared = lexeme.agreement or (lexeme.declension if lexeme.declension in _DECLARED else "")
    gender = Gender[declared.upper()] if declared else found.gender
    if lexeme.plural and not declared:
        gender = Gender.PLURAL
    return Word(found.cells, gender, found.locative)


def several(lexeme: Lexeme) -> Paradigm | None:
    """The plural of a name of one word, where it inflects: Искандеры, Точки-У, Алиевы; else None."""
    word, dash, model = lexeme.text.partition("-")
    one = name(lexeme)
    if " " in lexeme.text or not re.fullmatch(r"[А-ЯЁ][а-яё]{2,}", word) or one.cells[Case.GEN][0] == lexeme.text:
        return None
    if lexeme.kind == "person":
        surname = re.search(r"(ов|ев|ёв|ин|ын|ян|янц)(а?)$", word.lower())
        return surname_plural(word.removesuffix("а")) if surname and not dash else None
    plural = noun_plural(word)
    return {case: tuple(text + dash + model for text in texts) for case, texts in plural.items()}


_DECLARED = frozenset({"masculine", "feminine", "neuter", "plural"})


def _inflect(lexeme: Lexeme) -> Word:
    words = lexeme.text.split(" ")
    if lexeme.head == "none" or not all(words):
        return fixed(lexeme.text)
    if len(words) > 1 and lexeme.declension == "indeclinable":
        return fixed(lexeme.text)
    if lexeme.kind == "person" and lexeme.head in words:
        return join(persons.person_by_head(words, lexeme.head, lexeme.agreement, lexeme.declension))
    if lexeme.kind == "person" and lexeme.head in ("", "all"):
        return join(persons.person(words, lexeme.agreement, lexeme.declension))
    if len(words) == 1:
        declension = lexeme.declension or ("plural" if lexeme.plural and words[0][-1:] in "ыиая" else "")
        return word_of_name(words[0], kind=lexeme.kind, declension=declension, animate=lexeme.animate)
    if lexeme.head == "all":
        return join([_free_word(word, lexeme) for word in words])
    head = _head(words, lexeme)
    return join(_around(words, head, lexeme), gender_from=head)


def _free_word(word: str, lexeme: Lexeme) -> Word:
    """A word of a name in which every word inflects on its own."""
    if adjective_gender(word) is not None:
        return adjective_in_name(word, animate=lexeme.animate)
    known_place = lexeme.kind in PLACES and "Geox" in _tags(word)
    common = None if known_place else common_noun(word)
    return common or word_of_name(word, kind=lexeme.kind, declension="" if known_place else lexeme.declension)


def _head(words: Sequence[str], lexeme: Lexeme) -> int:
    """The index of the word that inflects as the noun of the name."""
    if lexeme.head in words:
        return words.index(lexeme.head)
    first = next((i for i, word in enumerate(words) if not _may_agree(word)), len(words) - 1)
    if lexeme.kind in _SIDE_BY_SIDE and first == 0 and all(word[0].isupper() for word in words):
        return len(words) - 1
    if common_noun(words[first]) or first == len(words) - 1:
        return first
    if words[first + 1][0].islower() or words[first + 1].isupper() or _is_oblique(words[first + 1]):
        return first
    return len(words) - 1


def _may_agree(word: str) -> bool:
    return word in _BETWEEN_ADJECTIVES or adjective_gender(word) is not None


def _tags(word: str) -> frozenset[str]:
    return frozenset(str(tag) for parse in dictionary.nominatives(word, ["NOUN"]) for tag in parse.tag.grammemes)


def _is_oblique(word: str) -> bool:
    """Whether a known word stands in another case than the nominative."""
    return dictionary.known(word) and not dictionary.nominatives(word, ["NOUN"])


def _around(words: Sequence[str], head: int, lexeme: Lexeme) -> list[Word]:
    """The words with the noun at `head` inflected, its adjectives agreeing, the rest fixed."""
    start = head
    while start > 0 and _may_agree(words[start - 1]):
        start -= 1
    shown = [gender for word in words[start:head] if (gender := adjective_gender(word)) is not None]
    noun = _noun(words[head], lexeme, shown[0] if shown else None)
    animate = noun.cells[Case.ACC] == noun.cells[Case.GEN] != noun.cells[Case.NOM]
    agreeing = [
        fixed(word) if word in _BETWEEN_ADJECTIVES else adjective_in_name(word, animate=animate)
        for word in words[start:head]
    ]
    return [fixed(word) for word in words[:start]] + agreeing + [noun] + [fixed(word) for word in words[head + 1 :]]


def _noun(word: str, lexeme: Lexeme, shown: Gender | None) -> Word:
    """The noun of a name: a place, a common noun, an adjective, or a name of the gender its adjectives show."""
    if lexeme.declension == "adjectival":
        return word_of_name(word, kind=lexeme.kind, declension="adjectival", animate=lexeme.animate)
    if not (lexeme.kind in PLACES and "Geox" in _tags(word)):
        if adjective_gender(word) is not None:
            return adjective_in_name(word, animate=lexeme.animate)
        if (common := common_noun(word)) is not None:
            return common
    declension = lexeme.declension or ("plural" if shown is Gender.PLURAL and word[-1] in "ыи" else "")
    found = word_of_name(word, kind=lexeme.kind, declension=declension, animate=lexeme.animate)
    return Word(found.cells, shown or found.gender, found.locative)


def join(words: Sequence[Word], *, gender_from: int = 0) -> Word:
    """One paradigm of several words: the first text of a case joins the first texts of all words, and so on."""
    cells = {}
    for case in CASES:
        ways = [word.cells[case] for word in words]
        rows = range(max(map(len, ways)))
        texts = (" ".join(way[min(row, len(way) - 1)] for way in ways) for row in rows)
        cells[case] = tuple(dict.fromkeys(texts))
    return Word(cells, words[gender_from].gender, words[0].locative if len(words) == 1 else "")
