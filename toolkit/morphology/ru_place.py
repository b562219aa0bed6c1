"""Where or whither: the case after в, на, за, под and с, by the verbs and nouns around the preposition."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.morphology.base import Case
from toolkit.morphology.ru_sentence import Token, government, is_verbal, lemmas

Cases = frozenset[Case]


def place_cases(preposition: str, allowed: Cases, before: Sequence[Token], after: Sequence[Token]) -> Cases:
    """Of the cases a preposition allows, the one its clause wants; all where the clause does not tell."""
    if len(allowed) == 1:
        return allowed
    if preposition in ("с", "со"):
        return _after_s(allowed, before, after)
    if preposition == "за" and before and lemmas(before[-1]) & government()["for_sake"]:
        return frozenset({Case.ACC})
    moving = is_moving(before, after)
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
    """Whether the words around a place speak of going there (True), being there (False), or neither (None)."""
    if before:
        near = _verdict(before[-1])
        if near is not None:
            return near
    for token in _verbs_outwards(before, after):
        verdict = _verdict(token)
        if verdict is not None:
            return verdict
    return None


def _verdict(token: Token) -> bool | None:
    words = lemmas(token)
    moving, static = bool(words & government()["motion"]["lemmas"]), bool(words & government()["static"]["lemmas"])
    return moving if moving is not static else None


def _verbs_outwards(before: Sequence[Token], after: Sequence[Token]) -> list[Token]:
    """The verbs of the clause: those before the place from the nearest on, then those after it."""
    return [token for token in (*reversed(before), *after) if is_verbal(token)]
