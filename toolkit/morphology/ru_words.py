"""One Russian word of a name: its paradigm, from the dictionary where it knows the word as a name, else by ending."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from toolkit.morphology import ru_dictionary as dictionary
from toolkit.morphology import ru_endings as endings
from toolkit.morphology.base import Case, Gender
from toolkit.morphology.ru_endings import Paradigm

PLACES = frozenset(
    {
        *("airport", "city", "country", "district", "lake", "monastery", "mountain", "region", "river"),
        *("road", "sea", "town", "village"),
    }
)
_INDECLINABLE_GENDER = {
    "city": Gender.MASCULINE,
    "district": Gender.MASCULINE,
    "lake": Gender.NEUTER,
    "mountain": Gender.FEMININE,
    "person": Gender.MASCULINE,
    "river": Gender.FEMININE,
    "town": Gender.MASCULINE,
    "village": Gender.NEUTER,
}
_TAGS = {"place": frozenset({"Geox"}), "person": frozenset({"Name", "Surn", "Patr"})}
_ORDINAL = re.compile(r"(\d+-)([яйе])")
_ORDINAL_GENDER = {"я": Gender.FEMININE, "й": Gender.MASCULINE, "е": Gender.NEUTER}
# A model with its number or letter: Орлан-10, Искандер-Э, Тор-М2; but Су-25 and Ми-8 are short for a designer's name.
_MODEL = re.compile(r"([А-ЯЁ][а-яё]{2,})(-(?:\d+[А-ЯЁ]*|[А-ЯЁ]\d*[А-ЯЁ]*))")
_QUOTED = re.compile(r"«([^«»]+)»")
_CYRILLIC = re.compile(r"[А-Яа-яЁё][А-Яа-яЁё'’-]*")
_ADJECTIVAL_PLACE = re.compile(r".(ский|цкий|ской|[бвгджзклмнпрстфхцчшщ]ый|(ск|цк|ов|ев|н)(ая|ое)|[вглнркщ]ое|.ые)$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word's paradigm and the gender its neighbours agree with (None: unknown)."""

    cells: Paradigm
    gender: Gender | None
    locative: str = ""
    """The form after в and на, where it differs (в Крыму)."""


def fixed(text: str, gender: Gender | None = None) -> Word:
    """A word that stays as it is."""
    return Word(endings.unchanged(text), gender)


def word_of_name(word: str, *, kind: str, declension: str = "", animate: bool = False) -> Word:
    """The paradigm of a single word that is a name of this kind, by the declared declension if there is one."""
    if quoted := _QUOTED.fullmatch(word):
        return _in_quotes(word, word_of_name(quoted[1], kind=kind, declension=declension, animate=animate))
    if declension == "indeclinable":
        unchanged = fixed(word, _known_gender(word, kind) or _INDECLINABLE_GENDER.get(kind))
        return unchanged if kind in PLACES or kind == "person" else _declined_by_some(word, unchanged)
    if model := _MODEL.fullmatch(word):
        head = word_of_name(model[1], kind=kind, declension=declension, animate=animate)
        return _or_unchanged(word, _affixed("", head, model[2]))
    if len(word) < 2 or not _CYRILLIC.fullmatch(word) or (word.isupper() and not declension):
        return fixed(word)
    if declension == "adjectival":
        gender = endings.gender_of_adjective(word)
        return Word(endings.adjectival(word, gender, animate=animate), gender)
    if not declension and kind in PLACES and re.search(r".(ов|ев|ёв|ин|ын)о$", word.lower()):
        return _undeclined_neuter(word)
    found = _from_dictionary(word, kind, declension)
    if found is not None:
        return found
    if "-" in word:
        return _hyphenated(word, kind, declension, animate)
    return _by_ending(word, kind, declension, animate)


def _or_unchanged(word: str, found: Word) -> Word:
    """The word in its cases, and as some leave it (БПЛА «Орлан-10», в Дубно): recognised."""
    return replace(found, cells={case: tuple(dict.fromkeys((*texts, word))) for case, texts in found.cells.items()})


def _in_quotes(word: str, inner: Word) -> Word:
    """«Карабах» alone declines («Карабаха»), after a noun it does not: both are written, the sentence chooses."""
    return _or_unchanged(word, _affixed("«", inner, "»"))


def _declined_by_some(word: str, found: Word) -> Word:
    """A name that we leave as it is and others decline (Дашнакцутюна): recognised where it ends in a consonant."""
    if not re.fullmatch(r"[А-ЯЁ][а-яё]+[бвгджзклмнпрстфхцчшщ]", word):
        return found
    declined = endings.masculine(word)
    return replace(found, cells={case: tuple(dict.fromkeys((word, *declined[case]))) for case in endings.CASES})


def common_noun(word: str) -> Word | None:
    """The paradigm of a noun in the nominative that the dictionary knows and that is no name; else None."""
    found = [p for p in dictionary.nominatives(word, ["NOUN"]) if not _is_name(p) and "Abbr" not in p.tag]
    return _spelt_like(word, found[0]) if found else None


def adjective_gender(word: str) -> Gender | None:
    """The gender of a full adjective, participle or ordinal in the nominative; None where the word is none."""
    if ordinal := _ORDINAL.fullmatch(word):
        return _ORDINAL_GENDER[ordinal[2]]
    found = dictionary.nominatives(word, ["ADJF", "PRTF"])
    if found:
        return endings.gender_of_adjective(word) if endings.looks_adjectival(word) else dictionary.gender_of(found[0])
    if dictionary.nominatives(word, ["NOUN"]):
        return None
    return endings.gender_of_adjective(word) if endings.looks_adjectival(word) else None


def adjective_in_name(word: str, *, animate: bool = False) -> Word:
    """An adjective of a name, in the gender and number it is written in; `animate` as its noun."""
    if ordinal := _ORDINAL.fullmatch(word):
        return _ordinal(ordinal[1], _ORDINAL_GENDER[ordinal[2]], animate=animate)
    if endings.looks_adjectival(word):
        gender = endings.gender_of_adjective(word)
        return Word(endings.adjectival(word, gender, animate=animate), gender)
    found = dictionary.nominatives(word, ["ADJF", "PRTF"])
    return _spelt_like(word, found[0]) if found else fixed(word)


def _ordinal(number: str, gender: Gender, *, animate: bool) -> Word:
    """102-я, 102-й, …: the last letter of the ending, or two after a consonant (102-го)."""
    if gender is Gender.FEMININE:
        return Word(endings.paradigm(number, ("я", "й", "й", "ю", "й", "й")), gender)
    if gender is Gender.NEUTER:
        return Word(endings.paradigm(number, ("е", "го", "му", "е", "м", "м")), gender)
    return Word(endings.paradigm(number, ("й", "го", "му", "го" if animate else "й", "м", "м")), gender)


def _is_name(parse: dictionary.Parse) -> bool:
    return bool({"Geox", "Name", "Surn", "Patr", "Orgn", "Trad"} & set(map(str, parse.tag.grammemes)))


def _known_gender(word: str, kind: str) -> Gender | None:
    found = [p for p in _candidates(word, kind) if dictionary.is_fixed(p)]
    return dictionary.gender_of(found[0]) if found else None


def _candidates(word: str, kind: str) -> list[dictionary.Parse]:
    """Readings of the word as a name of this kind; for organisations and the like any noun will do."""
    tags = _TAGS["person"] if kind == "person" else _TAGS["place"]
    found = dictionary.nominatives(word, ["NOUN"])
    names = [p for p in found if tags & set(map(str, p.tag.grammemes))]
    if names or kind == "person" or word.endswith("ъ"):
        return names
    if kind in PLACES:  # no name, but a plural of a common noun: Эмираты
        return [p for p in found if dictionary.gender_of(p) is Gender.PLURAL and p.tag.animacy == "inan"]
    return [p for p in found if not _TAGS["person"] & set(map(str, p.tag.grammemes)) and "Abbr" not in p.tag]


def _fits(parse: dictionary.Parse, declension: str) -> bool:
    gender = dictionary.gender_of(parse)
    return not declension or (
        not dictionary.is_fixed(parse) and gender is not None and gender.name.lower() == declension
    )


def _from_dictionary(word: str, kind: str, declension: str) -> Word | None:
    for parse in _candidates(word, kind):
        if _fits(parse, declension):
            found = _settle_hissing(word, _spelt_like(word, parse), kind)
            return _or_unchanged(word, found) if kind in PLACES and word.endswith("но") else found
    return None


def _settle_hissing(word: str, found: Word, kind: str) -> Word:
    """The dictionary writes Шушей and Гянджей; names of places in stressed -ша, -жа, -ча have Шушой (see endings)."""
    if kind not in PLACES or found.gender is not Gender.FEMININE or not re.search(r"[жчшщ]а$", word.lower()):
        return found
    own = endings.feminine(word)
    return replace(found, cells={**found.cells, Case.INS: own[Case.INS]})


def _spelt_like(word: str, parse: dictionary.Parse) -> Word:
    """The dictionary's paradigm in the capitals, and the е or ё, of the word as written."""
    cells = {
        case: tuple(_recased(word, text) for text in texts) for case, texts in dictionary.paradigm_of(parse).items()
    }
    if set(cells) != set(endings.CASES):
        return fixed(word, dictionary.gender_of(parse))
    locative = dictionary.second_locative(parse)
    return Word(cells, dictionary.gender_of(parse), _recased(word, locative))


def _recased(word: str, text: str) -> str:
    """`text` in the capitals of `word`, hyphenated part by part, and with е where the word has е for ё."""
    if "-" in text and word.count("-") == text.count("-"):
        return "-".join(_recased(*pair) for pair in zip(word.split("-"), text.split("-"), strict=True))
    letters = list(text)
    for index, (wanted, letter) in enumerate(zip(word, text, strict=False)):
        if letter == "ё" and wanted.lower() == "е":
            letters[index] = wanted
        elif wanted.isupper():
            letters[index] = letter.upper()
    return "".join(letters)


def _undeclined_neuter(word: str) -> Word:
    """Косово, Пушкино: written undeclined, as the press does; the declined forms are recognised."""
    declined = endings.neuter(word)
    return Word({case: tuple(dict.fromkeys((word, *declined[case]))) for case in endings.CASES}, Gender.NEUTER)


def _hyphenated(word: str, kind: str, declension: str, animate: bool) -> Word:
    """The last part declines (Алма-Аты, Тер-Петросяна), the first before на, над, под (Ростова-на-Дону)."""
    parts = word.split("-")
    if len(parts) > 2 and parts[1].lower() in {"на", "над", "под", "у"}:
        head = word_of_name(parts[0], kind=kind, declension=declension, animate=animate)
        return _affixed("", head, "-" + "-".join(parts[1:]))
    if parts[-1].lower() in {"оглы", "кызы", "паша", "хан"} and len(parts) == 2 and parts[-1].lower() != "хан":
        return fixed(word)
    if not parts[-1]:
        return fixed(word)
    last = word_of_name(parts[-1], kind=kind, declension=declension, animate=animate)
    return _affixed("-".join(parts[:-1]) + "-", last, "")


def _affixed(before: str, word: Word, after: str) -> Word:
    cells = {case: tuple(before + text + after for text in texts) for case, texts in word.cells.items()}
    return Word(cells, word.gender, before + word.locative + after if word.locative else "")


def _by_ending(word: str, kind: str, declension: str, animate: bool) -> Word:
    """Our own paradigm; without a declared declension: consonant masculine, -а/-я feminine, other vowels none."""
    last = word[-1].lower()
    if not declension and _ADJECTIVAL_PLACE.search(word.lower()):
        return word_of_name(word, kind=kind, declension="adjectival", animate=animate)
    if last in "'’" or (declension != "plural" and declension != "neuter" and endings.is_indeclinable_by_ending(word)):
        gender = Gender.NEUTER if last == "о" else _INDECLINABLE_GENDER.get(kind)
        return fixed(word, Gender[declension.upper()] if declension else gender)
    if declension == "plural":
        return Word(endings.plural(word, animate=animate), Gender.PLURAL)
    if declension == "neuter":
        return Word(endings.neuter(word), Gender.NEUTER) if last in "ое" else fixed(word, Gender.NEUTER)
    if last in "ая" or (last == "ь" and _soft_is_feminine(word, kind, declension)):
        gender = Gender.MASCULINE if declension == "masculine" else Gender.FEMININE
        return Word(endings.feminine(word, person=kind == "person"), gender)
    if declension == "feminine":
        return fixed(word, Gender.FEMININE)
    return Word(endings.masculine(word, animate=animate), Gender.MASCULINE)


def _soft_is_feminine(word: str, kind: str, declension: str) -> bool:
    """-ь: feminine (Нахичевань), but masculine for men and in -ль (Ярославль), unless declared."""
    if declension:
        return declension == "feminine"
    return kind != "person" and not word.lower().endswith("ль")
