"""Where or whither: the case after в, на, за, под and с, by the verbs and nouns around the preposition."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from toolkit.morphology.base import Case
from toolkit.morphology.ru_scene import sets_scene
from toolkit.morphology.ru_sentence import Token, all_parts, government, is_finite, is_verbal, lemmas

Cases = frozenset[Case]
_PASSING = frozenset({"идти", "пойти", "пройти", "проходить"})
_HAPPENING_WORDS = """
    бой война встреча дождь заседание обстрел операция перестрелка переговоры протест работа ремонт репетиция снег
    сражение стрельба строительство суд торговля учение форум фестиваль церемония"""
_HAPPENINGS = frozenset(_HAPPENING_WORDS.split())


def place_cases(preposition: str, allowed: Cases, before: Sequence[Token], after: Sequence[Token]) -> Cases:
    """Of the cases a preposition allows, the one its clause wants; all where the clause does not tell."""
    if len(allowed) == 1:
        return allowed
    if sets_scene(before) and any(map(is_verbal, after)):
        before = ()  # В среду в Шушу прибыл посол; but Ночь в Шуше
    if preposition in ("с", "со"):
        return _after_s(allowed, before, after)
    if preposition == "за" and before and lemmas(before[-1]) & government()["for_sake"]:
        return frozenset({Case.ACC})
    moving = is_moving(before, after)
    if moving is None and preposition in ("в", "во") and _stays_by_default(before, after):
        moving = False
    if moving is None:
        return allowed
    return frozenset({Case.ACC}) if moving else allowed - {Case.ACC}


def _after_s(allowed: Cases, before: Sequence[Token], after: Sequence[Token]) -> Cases:
    words = frozenset[str]().union(*(lemmas(token) for token in before[-3:]))
    if not before:
        words = frozenset[str]().union(*(lemmas(token) for token in after[:2]))
    for case, listed in government()["before_s"].items():
        if words & listed:
            return frozenset({Case(case)})
    return allowed


def is_moving(before: Sequence[Token], after: Sequence[Token]) -> bool | None:
    """Whether the words around a place speak of going there (True), being there (False), or neither (None).

    «Из Агдама в» goes there. Otherwise
    the word directly before decides first, then the nearest verb. Between a noun and a later verb of motion it is
    open whose the place is (Колонна в Шуши прибыла…).
    """
    if len(before) > 1 and before[-1].is_capitalised and before[-2].key in ("из", "от"):
        return True
    if before:
        nearest = _verdict(before[-1])
        if nearest is not None or is_verbal(before[-1]):
            return nearest
    verdicts = [_verdict(token) for token in reversed(before) if is_verbal(token)]
    later = [_goes_on(token, after[index + 1 :]) for index, token in enumerate(after) if is_verbal(token)]
    if before and all_parts(before[-1], ("NOUN",)):
        later = [verdict for verdict in later if verdict is False]
    return next((verdict for verdict in (*verdicts, *later) if verdict is not None), None)


def _goes_on(token: Token, following: Sequence[Token]) -> bool | None:
    """What a verb after the place says; with what happens (идут бои, прошли переговоры) it is no motion."""
    if following and lemmas(token) & _PASSING and lemmas(following[0]) & _HAPPENINGS:
        return False
    return _verdict(token)


def _stays_by_default(before: Sequence[Token], after: Sequence[Token]) -> bool:
    """No word of motion: the place sets the scene of a sentence, or belongs to the noun before it (река в России)."""
    verbs = [token for token in (*before, *after) if is_verbal(token)]
    if any(lemmas(token) & government()["either"] for token in verbs):
        return False
    if not before and not verbs and after and after[0].key.endswith("о") and not all_parts(after[0], ("NOUN",)):
        return True  # В Шуши холодно
    if not before:
        return any(is_finite(token) or token.key == "нет" for token in after)
    return all_parts(before[-1], ("NOUN",)) and (len(before) == 1 or not before[-1].is_capitalised) and not verbs


def _verdict(token: Token) -> bool | None:
    words = lemmas(token)
    if words & government()["either"]:
        return None
    moving, static = bool(words & government()["motion"]["lemmas"]), bool(words & government()["static"]["lemmas"])
    if moving is not static:
        return moving
    return True if not moving and any(_motion_root().fullmatch(word) for word in words) else None


@cache
def _motion_root() -> re.Pattern[str]:
    parts = government()["motion_roots"]
    prefixes, roots = ("|".join(sorted(parts[key])) for key in ("prefixes", "roots"))
    return re.compile(f"(?:{prefixes})*(?:{roots})(?:ся)?")
