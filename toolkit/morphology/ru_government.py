"""What the words of the clause before a Russian name govern: a preposition, a noun, a verb, and attributes between."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from toolkit.morphology import ru_dictionary as dictionary
from toolkit.morphology.base import Case, Context
from toolkit.morphology.ru_place import place_cases
from toolkit.morphology.ru_scene import free_of_prepositions, is_attribute, sets_scene
from toolkit.morphology.ru_sentence import Token, all_parts, government, is_finite, lemmas, likely
from toolkit.morphology.ru_verbs import PARTICLES, after_verb, at_start, has_subject, may_be_subject_of, objects_of

Cases = frozenset[Case]
_FOCUS = frozenset({"даже", "и", "именно", "лишь", "снова", "также", "только", "уже"})


@cache
def _prepositions() -> dict[str, Cases]:
    table = government()["prepositions"]
    return {word: frozenset(map(Case, cases.split())) for cases, words in table.items() for word in words}


def after_words(before: Sequence[Token], after: Sequence[Token], *, joined: bool = False) -> Cases | None:
    """The cases allowed after the words of the clause; `joined`: the name is one of a row."""
    while len(before) > 1 and before[-1].key in _FOCUS and is_finite(before[-2]):
        before = before[:-1]
    last = before[-1]
    direct = _prepositions().get(last.key)
    if last.key == "накануне" and after and is_finite(after[0]):
        verb = likely(after[0])[0]
        if may_be_subject_of(verb) and not has_subject(after[1:5], verb):
            return frozenset({Case.NOM})
    if direct is not None:
        return place_cases(last.key, direct, before[:-1], after)
    shown, rest = attributes(before)
    if shown is not None and rest and rest[-1].key in _prepositions():
        cases = after_words(rest, after)
        return (cases & shown) or None if cases else shown
    apposition = _apposition(before, after)
    if apposition is not None:
        return apposition
    if len(before) > 1 and all_parts(last, ("ADJF",)) and not last.is_capitalised:
        return _singular_cases(last)
    cases = _after_noun(last, before[:-1], after) or after_verb(last, before[:-1], joined=joined)
    if cases and Case.ACC in cases and any(Case.INS in cases_of(token) for token in after[:2]):
        return cases - {Case.INS}  # называют Шуши крепостью
    return cases


def attributes(before: Sequence[Token]) -> tuple[Cases | None, Sequence[Token]]:
    """The cases that the attributes directly before a name show, None where there are none, and what stands before
    them.
    """
    count = next((n for n, token in enumerate(reversed(before)) if not is_attribute(token)), len(before))
    rest = before[: len(before) - count]
    return (frozenset.intersection(*map(cases_of, before[len(rest) :])) if count else None), rest


def cases_of(token: Token) -> Cases:
    """The cases a word's readings show; «его» and «их» show none, and agree with all."""
    if token.key in ("его", "ее", "их"):
        return frozenset(Case)
    return frozenset(case for parse in likely(token) if (case := dictionary.case_of(parse)) is not None)


def _singular_cases(token: Token) -> Cases | None:
    """The cases of an attribute, where all its readings are singular and it is no relative pronoun."""
    if any(parse.tag.number != "sing" or "Anph" in parse.tag for parse in likely(token)):
        return None
    return cases_of(token) or None


def _apposition(before: Sequence[Token], after: Sequence[Token]) -> Cases | None:
    """After «в городе» the noun's case; after «на станции» the nominative."""
    last = before[-1]
    words = lemmas(last)
    if words & government()["fixed_apposition"]:
        return frozenset({Case.NOM})
    if not words & government()["agreeing_apposition"]:
        return None
    cases = frozenset(
        case
        for parse in dictionary.parses(last.text)
        if parse.tag.number == "sing" and (case := dictionary.case_of(parse)) is not None
    )
    if len(before) > 1 and before[-2].key in _prepositions():
        governed = after_words(before[:-1], after)
        return (cases & governed) or cases if governed else cases
    opening = _predicate_cases(after) if cases and sets_scene(attributes(before[:-1])[1]) else None
    return (cases & opening) or cases if opening else cases or None


def _predicate_cases(after: Sequence[Token]) -> Cases | None:
    return at_start(Context(after=" " + " ".join(token.text for token in after)))


def _after_noun(last: Token, earlier: Sequence[Token], after: Sequence[Token]) -> Cases | None:
    """After a common noun a name is its genitive; titles may stand beside a person's name in the same case.

    Where a verb follows that has no other subject, the name may be that too (Из-за боя Агдам опустел).
    """
    if not all_parts(last, ("NOUN",)) or (last.is_capitalised and earlier):
        return None
    words = lemmas(last)
    if words & government()["time"]:
        return None
    parse = likely(last)[0]
    if {"Name", "Surn", "Patr", "Geox"} & set(map(str, parse.tag.grammemes)):
        return None
    if parse.tag.animacy == "anim" and parse.tag.number == "sing" and not words & government()["belonging"]:
        return cases_of(last) | {Case.GEN}
    if words & government()["idioms"] and earlier and earlier[-1].key in _prepositions():
        return frozenset({Case.ACC, Case.GEN})
    following = [token for token in after if token.key not in PARTICLES]
    if following and is_finite(following[0]):
        verb = likely(following[0])[0]
        if not has_subject(free_of_prepositions([*earlier, last]), verb):
            subject = {Case.NOM} if may_be_subject_of(verb) else set()
            if subject and verb.tag.gender != "neut" and not has_subject(following[1:5], verb):
                return frozenset(subject)
            objects = objects_of(verb, lemmas(following[0])) - cases_of(last)
            if any(Case.ACC in cases_of(token) for token in free_of_prepositions(following[1:])):
                objects -= {Case.ACC}  # После сдачи Физули объявили траур
            return objects | subject | {Case.GEN}
    return frozenset({Case.GEN}) | {Case(case) for case, listed in government()["nouns"].items() if words & listed}
