"""What may open a Russian clause before its subject: adverbs, and words of time (В 2020 году Агдам был взят)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from toolkit.morphology.base import Context
from toolkit.morphology.ru_sentence import Token, all_parts, government, is_verbal, lemmas, likely, tokens

_POINTING = re.compile(
    r"(?i)(?:^|[^\w\s] )(?:(?:а|и|но|ведь) )?(?:вот|где|кто|куда делся|что такое|это|это и есть) [«\"]?$"
)
_DASHED = re.compile(r"(?:^|[.;:!?…\n])([^.;:!?…,\n]+) [—–] [«\"]?$")
_CLAUSE_GOES_ON = re.compile(r"[»\"]? ?(?:[\w«(—–-]|, котор)")

_SETTING = ("ADVB", "CONJ", "PRCL")
_ATTRIBUTES = frozenset({"ADJF", "PRTF"})
_OF_TIME = frozenset(
    {"в", "во", "до", "за", "к", "ко", "на", "около", "перед", "по", "после", "с", "со", "спустя", "через"}
)
_SPANNING = frozenset({"за", "спустя", "через"})
# After these with a preposition alone a name is their genitive as well (в день Шуши), after «в тот день» it is none.
_OF_SOMETHING = frozenset({"век", "время", "день", "конец", "момент", "начало", "период", "середина"})


def sets_scene(words: Sequence[Token]) -> bool:
    """Whether the words say no more than when or how: the name after them is free (Вчера, 5 мая, Во вторник)."""
    if all(all_parts(word, _SETTING) for word in words):
        return True
    if _is_governed_name(words):
        words = words[:-2]
        return sets_scene(words)
    last = words[-1]
    spans = len(words) > 1 and words[-2].key in _OF_TIME - _SPANNING
    if not (_is_time(last) or last.key == "назад") or (spans and lemmas(last) & _OF_SOMETHING):
        return False
    return all(
        word.key in _OF_TIME
        or word.key == "назад"
        or _is_time(word)
        or is_attribute(word)
        or all_parts(word, (*_SETTING, "NUMR"))
        for word in words
    )


def is_nominal_predicate(context: Context) -> bool:
    """Whether a sentence without a verb says what or where something is: Это Агдам. Наш дом — Агдам. Где Агдам?"""
    if _CLAUSE_GOES_ON.match(context.after):
        return False
    if _POINTING.search(context.before):
        return True
    named = _DASHED.search(context.before)
    words = [token for token in tokens(named[1]) if token.is_word] if named else []
    if not words or any(is_verbal(token) for token in tokens(context.before) if token.is_word):
        return False
    subject = [word for word in free_of_prepositions(words) if all_parts(word, ("NOUN",))]
    return bool(subject) and "nomn" in {parse.tag.case for parse in likely(subject[0])}


def is_attribute(word: Token) -> bool:
    """Whether a word can only be an attribute before a name; comparatives (древней) never stand there."""
    parts = {parse.tag.POS for parse in likely(word)}
    return bool(parts & _ATTRIBUTES) and all_parts(word, {*_ATTRIBUTES, "COMP"})


def free_of_prepositions(words: Iterable[Token]) -> list[Token]:
    """The words without each noun that a preposition governs (На обстрел ответили): it is never the subject."""
    prepositions = frozenset[str]().union(*government()["prepositions"].values())
    found: list[Token] = []
    governed = False
    for word in words:
        if word.key in prepositions:
            governed = True
        elif governed and all_parts(word, ("NOUN",)):
            governed = False
        else:
            found.append(word)
    return found


def _is_governed_name(words: Sequence[Token]) -> bool:
    """Whether the words end in a preposition and a name: В Баку Агдам считают своим."""
    if len(words) < 2 or not words[-1].is_capitalised:
        return False
    return words[-2].key in frozenset[str]().union(*government()["prepositions"].values())


def _is_time(word: Token) -> bool:
    return word.text.isdigit() or bool(lemmas(word) & government()["time"])
