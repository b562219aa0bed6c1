"""Russian words for the people of a place: шушинец, шушинцы, шушинка; армянин, армяне, армянка."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.morphology import ru_dictionary as dictionary
from toolkit.morphology import ru_endings as endings
from toolkit.morphology.base import Gender, Number
from toolkit.morphology.ru_endings import CASES, Paradigm


@dataclass(frozen=True, slots=True)
class Inhabitant:
    """A paradigm of a demonym; gender is FEMININE for the derived word, None for the base word."""

    cells: Paradigm
    number: Number
    gender: Gender | None = None


def demonym(word: str) -> Iterator[Inhabitant]:
    """The paradigms of a demonym and of its feminine, where a rule makes one."""
    lowered = word.lower()
    if endings.is_indeclinable_by_ending(lowered):
        yield Inhabitant(endings.unchanged(word), Number.SINGULAR)
        return
    known = _known(word)
    if known is not None:
        yield Inhabitant(dictionary.paradigm_of(known, number="sing"), Number.SINGULAR)
        yield Inhabitant(dictionary.paradigm_of(known, number="plur"), Number.PLURAL)
    else:
        yield Inhabitant(_singular(word), Number.SINGULAR)
        yield Inhabitant(_plural(word), Number.PLURAL)
    woman = feminine(word)
    if woman:
        yield Inhabitant(endings.feminine(woman), Number.SINGULAR, Gender.FEMININE)
        yield Inhabitant(_plural(woman), Number.PLURAL, Gender.FEMININE)


def feminine(word: str) -> str:
    """The woman of the place: -ец → -ка, -анин → -анка; "" where no rule is safe."""
    if re.search(r"[аяиы]нин$", word):
        return word[:-2] + "ка"
    if not word.endswith("ец") or len(word) < 5:
        return ""
    return word[:-2] + ("йка" if word[-3] in "аеёиоуыэюя" else "ка")


def _known(word: str) -> dictionary.Parse | None:
    """The dictionary's reading, where it has all cases of both numbers."""
    for parse in dictionary.nominatives(word, ["NOUN"]):
        numbers = [dictionary.paradigm_of(parse, number=number) for number in ("sing", "plur")]
        if (
            parse.tag.animacy == "anim"
            and not dictionary.is_fixed(parse)
            and all(len(n) == len(CASES) for n in numbers)
        ):
            return parse
    return None


def _singular(word: str) -> Paradigm:
    if word[-1] in "ая":
        return endings.feminine(word, person=True)
    return endings.masculine(word, animate=True)


def _plural(word: str) -> Paradigm:
    """Many of them: -анин → -ане, -ка → -ки/-ок, -ец → -цы/-цев, else -ы or -и with -ов or -ей."""
    if re.search(r"[ая]нин$", word):
        stem = word[:-2]
        return endings.paradigm(stem, ("е", "", "ам", "", "ами", "ах"))
    return endings.noun_plural(word, animate=True)
