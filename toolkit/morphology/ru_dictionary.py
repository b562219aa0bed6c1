"""The one door to the Russian dictionary (pymorphy3), opened when first needed and kept.

Only what the dictionary knows is taken for a name's paradigm; its guesses about unknown words serve nothing but
the reading of a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from toolkit.morphology.base import Case, Gender
from toolkit.morphology.ru_endings import Paradigm

_CASES = {
    "nomn": Case.NOM,
    "gent": Case.GEN,
    "gen2": Case.GEN,
    "datv": Case.DAT,
    "accs": Case.ACC,
    "acc2": Case.ACC,
    "ablt": Case.INS,
    "loct": Case.PREP,
    "loc2": Case.PREP,
}
_GENDERS = {"masc": Gender.MASCULINE, "femn": Gender.FEMININE, "neut": Gender.NEUTER}
GRAMMEMES = {gender: name for name, gender in _GENDERS.items()} | {Gender.PLURAL: "plur"}
_RARE = frozenset({"V-oy", "V-ey", "V-en", "Infr", "Arch", "Dist", "Erro"})
# Words whose paradigm in the dictionary is not the one that is written (Шамхра; Балканов, Багамов, Сейшелов).
_MISTAKEN = frozenset({"багамы", "балканы", "сейшелы", "шамхор"})

Parse = Any
"""A reading of a word by pymorphy3 (the library has no types)."""


@cache
def analyzer() -> Any:
    """The analyser, loaded once (0.2 s)."""
    import pymorphy3

    return pymorphy3.MorphAnalyzer()


@lru_cache(maxsize=8192)
def parses(word: str) -> tuple[Parse, ...]:
    """All readings of a word, the likeliest first."""
    return tuple(analyzer().parse(word.lower()))


def known(word: str) -> bool:
    """Whether the dictionary has the word."""
    return bool(analyzer().word_is_known(word.lower()))


def case_of(parse: Parse) -> Case | None:
    """The case of a reading; None for verbs, short adjectives, adverbs and the vocative."""
    return _CASES.get(str(parse.tag.case))


def gender_of(parse: Parse) -> Gender | None:
    """The gender of a reading, PLURAL for a plural; None where the word has none."""
    if parse.tag.number == "plur":
        return Gender.PLURAL
    return _GENDERS.get(str(parse.tag.gender))


def is_fixed(parse: Parse) -> bool:
    """Whether the reading is of an indeclinable word."""
    return "Fixd" in parse.tag


def nominatives(word: str, pos: Iterable[str]) -> list[Parse]:
    """Readings of a known word as a nominative of these parts of speech."""
    wanted = set(pos)
    if word.lower() in _MISTAKEN:
        return []
    return [p for p in parses(word) if p.is_known and p.tag.POS in wanted and p.tag.case == "nomn"]


def paradigm_of(parse: Parse, *, number: str | None = None, gender: str | None = None) -> Paradigm:
    """The paradigm a nominative reading belongs to, in small letters; rarer endings (-ою) come last.

    `gender` picks the forms of an adjective. The second locative (в Крыму) is a further text of the prepositional.
    """
    number = number or parse.tag.number
    cells: dict[Case, list[str]] = {}
    rare: list[tuple[Case, str]] = []
    stem = parse.word[:-1] if parse.word.endswith(("ье", "ие")) else ""
    for form in parse.lexeme:
        tag = form.tag
        case = case_of(form)
        if case is None or tag.number != number or tag.POS != parse.tag.POS or is_fixed(form) != is_fixed(parse):
            continue
        if number == "sing" and tag.gender != (gender or parse.tag.gender):
            continue
        if tag.POS == "ADJF" and tag.animacy == "anim":
            continue
        other = not form.word.startswith(stem)  # ущелия beside ущелья
        if other or _RARE & set(map(str, tag.grammemes)):
            rare.append((case, form.word))
        elif str(tag.case) in ("gen2", "acc2", "loc2"):
            rare.insert(0, (case, form.word))
        elif form.word not in cells.setdefault(case, []):
            cells[case].append(form.word)
    for case, word in rare:
        if word not in cells.setdefault(case, []):
            cells[case].append(word)
    return {case: tuple(words) for case, words in cells.items()}


def second_locative(parse: Parse) -> str:
    """The form after в and на, where the dictionary has one (Крым → крыму), else ""."""
    return next((str(form.word) for form in parse.lexeme if form.tag.case == "loc2" and form.tag.number == "sing"), "")
