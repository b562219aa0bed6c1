"""What may open a Russian clause before its subject: adverbs, and words of time (В 2020 году Агдам был взят)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from toolkit.morphology.base import Context
from toolkit.morphology.ru_sentence import (
    Token,
    all_parts,
    clause_before,
    government,
    is_finite,
    is_verbal,
    lemmas,
    likely,
    tokens,
)

_POINTING = re.compile(
    r"(?i)(?:^|[^\w\s] )(?:(?:а|и|но|ведь) )?(?:вот|где|кто|куда делся|на очереди|что такое|это|это и есть) [«\"]?$"
)
_DASHED = re.compile(r"(?:^|[.;:!?…\n])([^.;:!?…,\n]+) [—–] [«\"]?$")
_CLAUSE_GOES_ON = re.compile(r"[»\"]? ?(?:[\w«(—–-]|, котор)")

_SETTING = ("ADVB", "CONJ", "PRCL")
_ATTRIBUTES = frozenset({"ADJF", "PRTF"})
_OF_TIME = frozenset(
    {"в", "во", "до", "за", "к", "ко", "на", "около", "перед", "по", "после", "с", "со", "спустя", "через"}
)
_FARTHEST = 9
_WHOSE = frozenset({"его", "ее", "их", "мой"})
"""Attributes that are other words as well: «мой» is a form of «мыть»."""
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
    if not (_is_time(last) or last.key == "назад") or (spans and _is_of_something(last)):
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
    if _POINTING.search(context.before) or context.before == "Как и ":
        return True
    named = _DASHED.search(context.before)
    words = [token for token in tokens(named[1]) if token.is_word] if named else []
    if not words or any(is_verbal(token) for token in tokens(context.before) if token.is_word):
        return False
    subject = [word for word in free_of_prepositions(words) if all_parts(word, ("NOUN",))]
    return bool(subject) and "nomn" in {parse.tag.case for parse in likely(subject[0])}


def is_attribute(word: Token) -> bool:
    """Whether a word can only be an attribute before a name; comparatives (древней) never stand there."""
    if word.key in _WHOSE:
        return True
    parts = {parse.tag.POS for parse in likely(word)}
    return bool(parts & _ATTRIBUTES) and all_parts(word, {*_ATTRIBUTES, "COMP"})


def free_of_prepositions(words: Iterable[Token]) -> list[Token]:
    """The words without each noun that a preposition governs (На обстрел ответили): it is never the subject."""
    prepositions = frozenset[str]().union(*government()["prepositions"].values())
    found: list[Token] = []
    governed = dependent = False
    for word in words:
        if word.key in prepositions:
            governed, dependent = True, False
        elif governed and all_parts(word, ("NOUN",)):
            governed, dependent = False, True
        elif dependent and "gent" in {parse.tag.case for parse in likely(word)}:
            continue
        else:
            dependent = False
            found.append(word)
    return found


def is_verbless(context: Context) -> bool:
    """Whether a name opens a clause of a sentence that has no verb (Агдам: вид сверху)."""
    before, after = ([token for token in tokens(text) if token.is_word] for text in (context.before, context.after))
    prepositions = frozenset[str]().union(*government()["prepositions"].values())
    governed = any(token.key in prepositions for token in clause_before(context.before))
    return not governed and not any(map(is_verbal, (*before, *after)))


def from_predicate(words: Sequence[Token]) -> Sequence[Token]:
    """The words from the first predicate on, where only adverbs and governed nouns stand before it; else all."""
    first = next((index for index, word in enumerate(words[:_FARTHEST]) if word.is_word and is_finite(word)), 0)
    passed = words[:first]
    if any(not word.is_word for word in passed):
        return words
    free = any({"NOUN", "NPRO"} & {parse.tag.POS for parse in likely(word)} for word in free_of_prepositions(passed))
    return words if free else words[first:]


def _is_of_something(word: Token) -> bool:
    """Whether a word of time may have a genitive of its own (в день Шуши, but not на днях)."""
    return bool(lemmas(word) & _OF_SOMETHING) and any(parse.tag.number == "sing" for parse in likely(word))


def _is_governed_name(words: Sequence[Token]) -> bool:
    """Whether the words end in a preposition and a name: В Баку Агдам считают своим."""
    if len(words) < 2 or not words[-1].is_capitalised:
        return False
    return words[-2].key in frozenset[str]().union(*government()["prepositions"].values())


def _is_time(word: Token) -> bool:
    return word.text.isdigit() or bool(lemmas(word) & government()["time"])
