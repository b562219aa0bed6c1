"""Russian declension by endings, for words the dictionary does not know.

A paradigm maps each of the six cases to its texts: the first is written, the others are only recognised.
Spelling after к г х ж ч ш щ ц follows the Rules of Russian Orthography (1956), §§ 1-5 and 7-8.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from toolkit.morphology.base import Case, Gender

Paradigm = Mapping[Case, tuple[str, ...]]
CASES = (Case.NOM, Case.GEN, Case.DAT, Case.ACC, Case.INS, Case.PREP)

_HISSING = "жчшщ"
_NO_Y = "кгх" + _HISSING
_VOWELS = "аеёиоуыэюя"
# Adjectives in a hissing sound with the stress on the ending (Большого, чужого).
_STRESSED = frozenset({"больш", "небольш", "чуж"})
# Places in -жа, -ча with the stress on the stem: Камбоджей, Рачей; the others are taken for stressed (Шушой).
_STEM_STRESSED = re.compile(r"(^|-)(буча|гареджа|камбоджа|рача|хурча)$")


def paradigm(stem: str, endings: Sequence[str]) -> Paradigm:
    """`stem` with one ending a case, in the order of CASES; "ой/ою" writes the first, recognises the second."""
    return {case: tuple(stem + part for part in ending.split("/")) for case, ending in zip(CASES, endings, strict=True)}


def unchanged(text: str) -> Paradigm:
    """The paradigm of an indeclinable: one text in every case."""
    return dict.fromkeys(CASES, (text,))


def is_indeclinable_by_ending(word: str) -> bool:
    """Whether a foreign name with this ending stays as it is (Баку, Тбилиси, Гюнейли, Тоголо)."""
    return word[-1:].lower() in "иуыеэоюё"


def masculine(word: str, *, animate: bool = False, surname: bool = False) -> Paradigm:
    """A masculine noun in a consonant, -й or -ь (Агдам, Гадруй, Ярославль, Степанян; surname: Алиев, Лачин)."""
    last = word[-1].lower()
    if last == "ъ":
        cells = dict(masculine(word[:-1], animate=animate, surname=surname))
        unmarked = (Case.NOM,) if animate else (Case.NOM, Case.ACC)
        return cells | dict.fromkeys(unmarked, (word,))
    if last in "йь":
        stem, prep = word[:-1], "и" if word[-2:].lower() == "ий" and len(word) > 3 else "е"
        forms = (last, "я", "ю", "я" if animate else last, "ем", prep)
        return paradigm(stem, forms)
    if surname and re.search(r"(ов|ев|ёв|ин|ын)$", word.lower()):
        return paradigm(word, ("", "а", "у", "а", "ым/ом", "е"))
    stem = _without_fleeting_vowel(word)
    ins = "ем/ом" if last in _HISSING + "ц" else "ом"
    cells = dict(paradigm(stem, ("", "а", "у", "а", ins, "е")))
    cells[Case.NOM] = (word,)
    if not animate:
        cells[Case.ACC] = (word,)
    return cells


def _without_fleeting_vowel(word: str) -> str:
    """The oblique stem of -ец: шушинец → шушинц-, европеец → европейц-, стрелец → стрельц-; else the word."""
    if not word.lower().endswith("ец") or sum(char in _VOWELS for char in word.lower()) < 2:
        return word
    before = word[-3].lower()
    if before in _VOWELS:
        return word[:-2] + "йц"
    return word[:-2] + ("ьц" if before == "л" else "ц")


def feminine(word: str, *, person: bool = False) -> Paradigm:
    """A feminine noun in -а, -я or -ь (Шуша → Шушой, Армения → Армении, Нахичевань → Нахичеванью)."""
    stem, last = word[:-1], word[-1].lower()
    before = stem[-1:].lower()
    if last == "ь":
        return paradigm(stem, ("ь", "и", "и", "ь", "ью", "и"))
    if last == "я":
        dat = "и" if before == "и" and len(word) > 3 else "е"
        return paradigm(stem, ("я", "и", dat, "ю", "ей/ею", dat))
    gen = "и" if before in _NO_Y else "ы"
    return paradigm(stem, ("а", gen, "е", "у", _feminine_instrumental(word, person=person), "е"))


def _feminine_instrumental(word: str, *, person: bool) -> str:
    """-ой, but -ей where the stem hisses and the ending has no stress: persons (Наташей), -ца, Польша."""
    before = word[-2:-1].lower()
    if before == "ц" or (before in _HISSING and (person or _stem_stressed(word.lower()))):
        return "ей/ею/ой"
    return "ой/ою/ей" if before in _HISSING else "ой/ою"


def _stem_stressed(word: str) -> bool:
    return bool(re.search(r"(ль|р)ша$", word) or _STEM_STRESSED.search(word))


def neuter(word: str) -> Paradigm:
    """A neuter noun in -о or -е (Косово → Косовом, Поморье, Закавказье; -ие → -ии)."""
    stem, last = word[:-1], word[-1].lower()
    before = stem[-1:].lower()
    if last == "о":
        return paradigm(stem, ("о", "а", "у", "о", "ом", "е"))
    if before in _HISSING + "ц":
        return paradigm(stem, ("е", "а", "у", "е", "ем", "е"))
    return paradigm(stem, ("е", "я", "ю", "е", "ем", "и" if before == "и" else "е"))


def plural(word: str, *, animate: bool = False) -> Paradigm:
    """A plural name in -ы, -и, -а or -я; its genitive is a guess (Черкасс; -ов and -ей are recognised)."""
    stem, last = word[:-1], word[-1].lower()
    soft = last == "я" or (last == "и" and stem[-1:].lower() not in _NO_Y)
    vowel = "я" if soft else "а"
    bare = _bare_genitive(stem) + ("ь" if soft and last == "и" else "")
    genitives = tuple(dict.fromkeys((bare, stem + ("ей" if soft or stem[-1:].lower() in _HISSING else "ов"))))
    cells = dict(paradigm(stem, (last, "", f"{vowel}м", last, f"{vowel}ми", f"{vowel}х")))
    cells[Case.GEN] = genitives
    if animate:
        cells[Case.ACC] = genitives
    return cells


def _bare_genitive(stem: str) -> str:
    """The stem with its fleeting vowel: Химк- → Химок, Лужк- → Лужек."""
    if len(stem) > 2 and stem[-1].lower() == "к" and stem[-2].lower() not in _VOWELS:
        if stem[-2].lower() in "йь":
            return stem[:-2] + "ек"
        return stem[:-1] + ("ек" if stem[-2].lower() in _HISSING else "ок")
    return stem


def adjective(word: str) -> tuple[str, bool]:
    """The stem of an adjective in any nominative and whether it is soft (верхний → верхн-, True)."""
    stem = word[:-2]
    soft = word[-2:].lower() in ("ий", "яя", "ее", "ие") and stem[-1:].lower() not in _NO_Y
    return stem, soft


def looks_adjectival(word: str) -> bool:
    """Whether a nominative ends as an adjective does (Грозный, Раменское, Минская, Великие)."""
    return bool(re.search(r".[^аеёиоуыэюя](ый|ой|ая|яя|ое|ее|ые|ие|ий)$", word.lower()))


def gender_of_adjective(word: str) -> Gender:
    """The gender that a nominative adjective shows."""
    ending = word[-2:].lower()
    if ending in ("ая", "яя"):
        return Gender.FEMININE
    if ending in ("ое", "ее"):
        return Gender.NEUTER
    return Gender.PLURAL if ending in ("ые", "ие") else Gender.MASCULINE


def adjectival(word: str, gender: Gender, *, animate: bool = False) -> Paradigm:
    """The forms of an adjective, or a name that declines as one, in one gender or the plural."""
    stem, soft = adjective(word)
    last = stem[-1:].lower()
    i_or_y = "и" if soft or last in _NO_Y else "ы"
    e_or_o = "е" if soft or last in _HISSING + "ц" else "о"
    if word[-2:].lower() == "ой" or stem.lower() in _STRESSED:
        e_or_o = "о"
    if gender is Gender.FEMININE:
        nom, acc = ("яя", "юю") if soft else ("ая", "ую")
        oblique = f"{e_or_o}й"
        return paradigm(stem, (nom, oblique, oblique, acc, f"{oblique}/{e_or_o}ю", oblique))
    if gender is Gender.PLURAL:
        gen = f"{i_or_y}х"
        return paradigm(stem, (f"{i_or_y}е", gen, f"{i_or_y}м", gen if animate else f"{i_or_y}е", f"{i_or_y}ми", gen))
    gen = f"{e_or_o}го"
    if gender is Gender.NEUTER:
        nom = acc = f"{e_or_o}е"
    else:
        nom = "ой" if word[-2:].lower() == "ой" or stem.lower() in _STRESSED else f"{i_or_y}й"
        acc = gen if animate else nom
    return paradigm(stem, (nom, gen, f"{e_or_o}му", acc, f"{i_or_y}м", f"{e_or_o}м"))


def surname_feminine(word: str) -> Paradigm:
    """A woman's surname in -ова, -ева, -ина, -ына (Алиева → Алиевой, Алиеву)."""
    return paradigm(word[:-1], ("а", "ой", "ой", "у", "ой/ою", "ой"))


def surname_plural(word: str) -> Paradigm:
    """A family by its surname: Алиевы, Алиевых; Пашиняны, Пашинянов."""
    if re.search(r"(ов|ев|ёв|ин|ын)$", word.lower()):
        return paradigm(word, ("ы", "ых", "ым", "ых", "ыми", "ых"))
    return noun_plural(word, animate=True)


def noun_plural(word: str, *, animate: bool = False) -> Paradigm:
    """Many of a noun of any gender: -ы or -и, with -ов, -ев, -ей, or bare after -а (Точек)."""
    last = word[-1].lower()
    if last in "ая":
        return plural(word[:-1] + ("и" if last == "я" or word[-2].lower() in _NO_Y else "ы"), animate=animate)
    stem = masculine(word, animate=True)[Case.GEN][0][:-1]
    final = stem[-1].lower()
    if last == "ь" or final in _HISSING:
        soft = "я" if last == "ь" else "а"
        many = "ей"
        endings = ["и", many, f"{soft}м", "и", f"{soft}ми", f"{soft}х"]
    elif last == "й":
        many = "ев"
        endings = ["и", many, "ям", "и", "ями", "ях"]
    else:
        many = "ев" if final == "ц" else "ов"
        nom = "и" if final in _NO_Y else "ы"
        endings = [nom, many, "ам", nom, "ами", "ах"]
    if animate:
        endings[3] = many
    return paradigm(stem, endings)
