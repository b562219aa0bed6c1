"""Russian names of persons: given name, patronymic and surname each decline by the person's sex."""

from __future__ import annotations

import re
from collections.abc import Sequence

from toolkit.morphology import ru_dictionary as dictionary
from toolkit.morphology import ru_endings as endings
from toolkit.morphology.base import Case, Gender
from toolkit.morphology.ru_words import Word, adjective_gender, adjective_in_name, fixed, word_of_name

_WOMANS_SURNAME = re.compile(r".(ова|ева|ёва|ина|ына|ская|цкая)$")
_WOMANS_PATRONYMIC = re.compile(r".(овна|евна|ична|инична)$|^кызы$|-кызы$")
_MANS_PATRONYMIC = re.compile(r".(ович|евич|ьич)$|^оглы$|-оглы$")
_SHORT = re.compile(r"^(\w\.)+(-\w\.)*$|^\w\.$")
# Аш-Шараа, Гарсиа: -а after a vowel stays, but -ия and -ая decline.
_FIXED_SURNAME = re.compile(r"(ко|их|ых|аго|яго|ово|[аеиоуыэюя]а)$")
_PART_DECLINES = re.compile(r".(ов|ев|ёв|ин|ын|ский|цкий|ян|янц|ова|ева|ёва|ина|ына|ская|цкая)$")
# "Mir" before a given name is part of it and stays: Мир Джафара Багирова.
_FIXED_TITLES = frozenset({"мир"})
_CHINESE = """ван вэнь гао го дун дэн ли линь ло лю ма мао пэн си сунь сюй у ху хуан хэ цзян цинь чжан чжао чжоу чжу
    чэнь ян"""
_CHINESE_FAMILY = frozenset(_CHINESE.split())


def person(words: Sequence[str], agreement: str, declension: str) -> list[Word]:
    """The words of a person's name; the last is the surname, where there are more than one."""
    gender = sex(words, agreement or (declension if declension in ("masculine", "feminine") else ""))
    if declension == "indeclinable":
        return [fixed(word, gender) for word in words]
    if len(words) == 2 and words[0].lower() in _CHINESE_FAMILY:
        return [fixed(words[0], gender), _no_surname(words[1], gender)]
    if declension == "masculine":
        return [_no_surname(word, gender) for word in words]
    last = len(words) - 1
    found: list[Word] = []
    for index, word in enumerate(words):
        is_surname = index == last and (last > 0 or not _known_as(word, "Name", gender))
        if word.islower() and (adjective := adjective_gender(word)) is not None:
            found.append(adjective_in_name(word, animate=True) if adjective is gender else fixed(word, gender))
            continue
        if index == 0 and last > 1 and word.lower() in _FIXED_TITLES:
            found.append(fixed(word, gender))
            continue
        if 0 < index < last and word.islower():  # a particle: Мухаммеда бин Салмана
            found.append(fixed(word, gender))
            continue
        before_oglu = index < last and words[index + 1].lower() in ("оглы", "кызы")
        if index and before_oglu:
            found.append(fixed(word, gender))
            continue
        found.append(_surname(word, gender) if is_surname else _given(word, gender))
    return found


def person_by_head(words: Sequence[str], head: str, agreement: str, declension: str) -> list[Word]:
    """The words where one alone declines (Джей Ди Вэнс, Арам I): as a surname at the end, else as a given name."""
    gender = sex(words, agreement or (declension if declension in ("masculine", "feminine") else ""))
    last = words.index(head) == len(words) - 1
    inflected = _surname(head, gender) if last and not declension else _given(head, gender)
    return [inflected if word == head else fixed(word, gender) for word in words]


def _no_surname(word: str, gender: Gender) -> Word:
    """A word that declines as a noun, with -ином where a Russian surname has -иным (Си Цзиньпином)."""
    if word.islower() and adjective_gender(word) is gender:
        return adjective_in_name(word, animate=True)
    return _given(word, gender)


def sex(words: Sequence[str], declared: str = "") -> Gender:
    """A person's grammatical gender: declared, by patronymic, given name, surname; else masculine."""
    if declared in ("masculine", "feminine"):
        return Gender[declared.upper()]
    lowered = [word.lower() for word in words]
    if any(_WOMANS_PATRONYMIC.search(word) for word in lowered):
        return Gender.FEMININE
    if any(_MANS_PATRONYMIC.search(word) for word in lowered):
        return Gender.MASCULINE
    if _WOMANS_SURNAME.search(lowered[-1]):
        return Gender.FEMININE
    if len(words) > 1 and re.search(r"(ов|ев|ёв|ин|ын|ский|цкий)$", lowered[-1]):
        return Gender.MASCULINE
    return _sex_of_given(words[0]) or Gender.MASCULINE


def _sex_of_given(word: str) -> Gender | None:
    """The gender of a given name, where the dictionary knows it as one, else by -а and -я."""
    genders = {dictionary.gender_of(p) for p in dictionary.nominatives(word, ["NOUN"]) if "Name" in p.tag}
    if len(genders) == 1:
        return genders.pop()
    return Gender.FEMININE if not genders and re.search(r"[ая]$", word) else None


def _known_as(word: str, tag: str, gender: Gender) -> bool:
    return any(
        tag in p.tag and dictionary.gender_of(p) is gender and not dictionary.is_fixed(p)
        for p in dictionary.nominatives(word, ["NOUN"])
    )


def _given(word: str, gender: Gender) -> Word:
    """A given name or patronymic: masculine in a consonant, any in -а, -я; a woman's in a consonant stays."""
    lowered = word.lower()
    if _SHORT.match(word) or re.search(r"(^|-)(оглы|кызы)$", lowered) or endings.is_indeclinable_by_ending(word):
        return fixed(word, gender)
    if _known_as(word, "Name", gender) or _known_as(word, "Patr", gender):
        return word_of_name(word, kind="person", declension=gender.name.lower(), animate=True)
    return _by_last_letter(word, gender)


def _surname(word: str, gender: Gender) -> Word:
    """A surname: -ов, -ин with -ым (a man), -ова, -ина (a woman), adjectives, nouns; women's in a consonant stay."""
    lowered = word.lower()
    if "-" in word:
        parts = word.split("-")
        declines = [bool(_PART_DECLINES.search(part.lower())) for part in parts[:-1]] + [True]
        words = [_surname(part, gender) if own else fixed(part) for part, own in zip(parts, declines, strict=True)]
        cells = {case: ("-".join(each.cells[case][0] for each in words),) for case in endings.CASES}
        return Word(cells, gender)
    if _SHORT.match(word) or endings.is_indeclinable_by_ending(word) or _FIXED_SURNAME.search(lowered):
        return fixed(word, gender)
    if gender is Gender.FEMININE and re.search(r".(ова|ева|ёва|ина|ына)$", lowered):
        return Word(endings.surname_feminine(word), gender)
    if re.search(r".(ск|цк)(ий|ой|ая)$", lowered) or re.search(r"[аеиоуыэюя].*[^аеиоуыэюя](ый|ой|ая)$", lowered):
        return Word(endings.adjectival(word, gender, animate=True), gender)
    if gender is Gender.MASCULINE and re.search(r".(ов|ев|ёв|ин|ын)$", lowered):
        if _foreign(word):
            return word_of_name(word, kind="person", declension="masculine", animate=True)
        return Word(endings.masculine(word, animate=True, surname=True), gender)
    return _by_last_letter(word, gender)


def _foreign(word: str) -> bool:
    """Whether the dictionary knows the surname in -ин or -ов with -ом (Дарвином)."""
    found = [p for p in dictionary.nominatives(word, ["NOUN"]) if "Surn" in p.tag and not dictionary.is_fixed(p)]
    return bool(found) and all(dictionary.paradigm_of(p)[Case.INS][0].endswith("ом") for p in found)


def _by_last_letter(word: str, gender: Gender) -> Word:
    last = word[-1:].lower()
    if not re.match(r"[а-яё]", last):
        return fixed(word, gender)
    if last in "ая":
        return Word(endings.feminine(word, person=True), gender)
    if gender is Gender.FEMININE:
        return fixed(word, gender)
    return Word(endings.masculine(word, animate=True), gender)
