"""What a Russian verb beside a name says of its case: the subject, or the object that the verb governs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from toolkit.morphology import ru_dictionary as dictionary
from toolkit.morphology.base import Case, Context
from toolkit.morphology.ru_scene import free_of_prepositions, from_predicate, is_verbless
from toolkit.morphology.ru_sentence import (
    Token,
    all_parts,
    government,
    is_finite,
    is_only_subject,
    lemmas,
    likely,
    parts_of,
    tokens,
)

Cases = frozenset[Case]
PARTICLES = frozenset({"не", "уже", "еще", "снова", "вновь", "также", "тоже", "теперь", "сейчас", "почти"})
_REST_OF_ROW = re.compile(
    r"(?:, [A-ZА-ЯЁ][\w-]*){0,6} (?:и|или) [A-ZА-ЯЁ][\w-]*(?= )|(?:, (?:и|ни|но и|а также) [A-ZА-ЯЁ][\w-]*){1,6}(?= )"
)
"""What follows the first name of a row: Агдам, Физули и Шуша …; (ни) Агдам, ни Шуша …"""
_INSERTION = re.compile(r", [а-яё][^,.;:!?—–()«»]{3,80},(?= [а-яё])")
"""A clause between commas right after the name: Агдам, которого больше нет, снится ему."""

_IMPERSONAL = re.compile(
    r" (?:также |уже |ещё |еще )?(?:не хвата|не достаёт|недостаёт|нужн[аоы] |нужен |пришлось|удалось)"
)
"""What stands after the dative of the one in need: Агдаму не хватает воды."""


def after_verb(last: Token, earlier: Sequence[Token], *, joined: bool = False) -> Cases | None:
    """After a verb: its object's case; where the name may be its subject, the nominative too.

    `joined`: the name is one of a row, whose verb is in the plural (пали Агдам и Физули).
    """
    words = lemmas(last)
    nouns = [token for token in earlier if "NOUN" in parts_of(token)]
    opens = not nouns and likely(last)[0].tag.POS == "VERB"  # Первым пал Агдам: «пал» is a noun too
    verbal = all_parts(last, ("VERB", "INFN", "GRND", "PRTS", "ADJS")) or opens
    if not verbal or words & government()["speech"]:
        return None
    parse = likely(last)[0]
    objects = objects_of(parse, words)
    plural = joined and parse.tag.POS == "VERB" and parse.tag.number == "plur" and parse.tag.person in (None, "3per")
    subject = ((plural and not objects) or may_be_subject_of(parse)) and not has_subject(earlier, parse)
    if not objects:
        certain = subject and parse.tag.gender != "neut" and not words & government()["copulas"]
        return frozenset({Case.NOM}) if certain else None
    if earlier and earlier[-1].key == "не":
        objects |= {Case.GEN}
    return objects | {Case.NOM} if subject else objects


def at_start(context: Context, *, joined: bool = False) -> Cases | None:
    """At the head of a clause: the subject of the predicate that follows, or its object (Мартуни обстреляли).

    `joined`: other names of a row stand before this one (Агдам и Физули взяты), so that a plural may be theirs.
    """
    row = _REST_OF_ROW.match(context.after)
    joined = joined or row is not None
    passed = row or _INSERTION.match(context.after)
    rest = context.after[passed.end() :] if passed else context.after
    following = [token for token in tokens(rest) if token.text not in "«»\"„“”'"]
    if _IMPERSONAL.match(context.after):
        return frozenset({Case.DAT})
    if following and following[0].text in ("—", "–"):
        return frozenset({Case.NOM})
    if is_verbless(Context(context.before, context.after)):
        return frozenset({Case.NOM})
    while following and following[0].key in PARTICLES:
        following = following[1:]
    if following and following[0].is_word and parts_of(following[0]) == {"INFN"}:  # Шуши не узнать; Шуши не выжить
        return objects_of(likely(following[0])[0], lemmas(following[0])) or frozenset({Case.DAT})
    following = list(from_predicate(following))[:4]
    if is_predicate_adjective(following) or (following and _is_comparative(following[0])):
        return frozenset({Case.NOM})
    if not following or not following[0].is_word or not is_finite(following[0]):
        return None
    return _before_predicate(following, joined=joined)


def is_predicate_adjective(following: Sequence[Token]) -> bool:
    """Whether an adjective in the nominative right after a name ends the clause (Агдам наш): it is the predicate."""
    if not following or not following[0].is_word or (len(following) > 1 and following[1].is_word):
        return False
    best = likely(following[0])[0]
    return bool(best.tag.POS == "ADJF" and best.tag.case == "nomn")


def _is_comparative(token: Token) -> bool:
    """Whether a word is a comparative: Агдам важнее Физули."""
    return token.is_word and bool(dictionary.parses(token.text)[0].tag.POS == "COMP")


def _before_predicate(following: Sequence[Token], *, joined: bool) -> Cases | None:
    parse = likely(following[0])[0]
    objects = objects_of(parse, lemmas(following[0]))
    nouns = [token for token in free_of_prepositions(following[1:]) if token.is_word and "NOUN" in parts_of(token)]
    if {Case.DAT, Case.ACC} <= objects and not nouns:
        objects -= {Case.DAT}
    if objects and Case.ACC not in objects and not joined and has_subject(nouns, parse):
        return objects
    if joined and parse.tag.number == "plur":
        return objects | {Case.NOM}
    if joined and not objects:
        return frozenset({Case.NOM})
    if joined or not may_be_subject_of(parse):
        return objects or None
    if parse.tag.gender == "neut" and parse.tag.POS == "VERB":
        return objects | {Case.NOM} if objects else None
    rival = [token for token in following[1:2] if token.is_word and is_only_subject(token)]
    if has_subject(rival, parse) and objects:
        return objects
    return objects | {Case.NOM} if objects - {Case.ACC} else frozenset({Case.NOM})


def objects_of(parse: dictionary.Parse, words: frozenset[str]) -> Cases:
    """The cases in which a verb may have its object; none where neither the lists nor the dictionary tell."""
    cases = {Case(case) for case, listed in government()["verbs"].items() if words & listed}
    if parse.tag.transitivity == "tran" and parse.tag.POS != "PRTS":
        cases.add(Case.ACC)
    return frozenset(cases)


def may_be_subject_of(parse: dictionary.Parse) -> bool:
    """Whether a name in the singular can be the subject of this verb form."""
    if parse.tag.POS not in ("VERB", "PRTS", "ADJS") or parse.tag.number != "sing":
        return False
    return parse.tag.person in (None, "3per") and parse.tag.mood != "impr"


def has_subject(words: Sequence[Token], verb: dictionary.Parse) -> bool:
    """Whether one of the words may be the subject of the verb: a nominative of its number and gender."""
    for word in words:
        for parse in likely(word):
            if parse.tag.POS not in ("NOUN", "NPRO") or parse.tag.case != "nomn":
                continue
            genders = {str(parse.tag.gender), str(verb.tag.gender)} - {"None", "ms-f", "GNdr"}
            if parse.tag.number == verb.tag.number and len(genders) < 2:
                return True
    return False
