"""Which cases a Russian sentence allows at a mention: by preposition, noun or verb beside it.

A reading is dropped only where a rule is reasonably sure; where none speaks, all readings stay and the caller
keeps the name. The word lists are in data/ru_government.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from toolkit.morphology import ru_dictionary as dictionary
from toolkit.morphology.base import Case, Context, Features, Part
from toolkit.morphology.ru_place import place_cases
from toolkit.morphology.ru_scene import free_of_prepositions, is_attribute, is_nominal_predicate, sets_scene
from toolkit.morphology.ru_sentence import (
    Token,
    all_parts,
    clause_after,
    clause_before,
    government,
    is_finite,
    lemmas,
    likely,
    tokens,
)
from toolkit.morphology.ru_verbs import PARTICLES, after_verb, at_start, has_subject, may_be_subject_of, objects_of
from toolkit.text.spans import Span

Cases = frozenset[Case]
_LINKS = frozenset({"и", "или", "да", "либо"})
_FARTHEST_LINK = 8
_FOCUS = frozenset({"даже", "и", "именно", "лишь", "снова", "также", "только", "уже"})
# г. Шуша, с. Тог decline as if the short word were not there; пос. Гадрут does not; initials go with their name.
_ABBREVIATED = re.compile(r"(?<![\w-])(г|гг|д|дер|о|оз|п|пос|р|с|ст|[А-ЯЁ])\.\s*$")
_FIXED_ABBREVIATIONS = frozenset({"о", "оз", "п", "пос", "ст"})
_COMPOUND = re.compile(r"[А-ЯЁ][\w’]*[-–—]$")
_ROUTE_NOUN = r"(?i:автобус|дорог|железн|лини|магистрал|маршрут|поезд|рейс|трасс|участ)\w*"
_ROUTE = re.compile(rf"{_ROUTE_NOUN} [«\"]?$")
_ROUTE_GOES_ON = re.compile(rf"{_ROUTE_NOUN} [«\"]?(?:[А-ЯЁ][\w-]* ?[-–—] ?){{1,4}}$")
_ADVERBS = re.compile(r"(?i)(?<!\w)(?:вокруг|внутри|впереди|кругом|мимо|накануне|напротив|позади|рядом|сзади|сбоку) $")
_SOURCE = re.compile(
    r"(?i)(?:^|[.;:—–] ?)(?:согласно|со слов|по (?:верси|данным|информаци|мнению|оценк|сведениям|словам|сообщени)\w*)"
    r" [^,.;:]*,\s*$"
)
# «нет ни Агдама, ни Шуши»
_NEITHER = re.compile(r"(?i)(?<!\w)(?:не (?:будет|было|видно|осталось|стало|хватает|хватило)|нет)(?!\w).* ни $")
_DATE = re.compile(
    r"(?:, \d{1,2}\.? ?(?:[а-яё]+|\d\d)\.?(?:\d{2,4})?)?(?:,? ?\([^)]{2,40}\)|, [А-ЯЁ][\w -]+)?\.? ?[—–-] "
)
_KINDS = """
    агентство аэропорт банк беспилотник блок газета движение дрон журнал завод издание канал клуб команда комитет
    комплекс компания концерн объединение организация партия портал радиостанция ракета сайт система союз телеканал
    фонд фракция"""
_KINDS_OF_THINGS = frozenset(_KINDS.split())
_ROW_BEFORE = re.compile(r"[A-ZА-ЯЁ][\w-]*(?:,| и| или|, и|, ни|, но и|, а также)\s*$")
_ROW_GOES_ON = re.compile(r"(?:, [A-ZА-ЯЁ][\w-]*){0,6} (?:и|или) [A-ZА-ЯЁ]")


def narrow(readings: Sequence[Features], context: Context) -> Sequence[Features]:
    """The readings whose case the sentence allows; all of them where it does not tell (never none)."""
    if len({reading.case for reading in readings}) < 2:
        return readings
    if all(reading.part is Part.ADJECTIVE for reading in readings):
        return _agreeing(readings, context)
    allowed = allowed_cases(context)
    kept = [reading for reading in readings if allowed is None or reading.case in allowed]
    if not kept and _names_its_kind(context):
        kept = [reading for reading in readings if reading.case is Case.NOM]
    if not kept and allowed == frozenset({Case.GEN}) and _ADVERBS.search(context.before):
        opening = at_start(context)
        kept = [reading for reading in readings if opening is not None and reading.case in opening]
    return kept or readings


def is_locative(context: Context) -> bool:
    """Whether в, во or на stands directly before (в Крыму)."""
    before = clause_before(context.before)
    return bool(before) and before[-1].key in ("в", "во", "на")


def follows_noun(context: Context) -> bool:
    """Whether a word for a kind of thing, or its abbreviation, stands right before: the name is its apposition."""
    found = re.search(r"([\w-]+) $", context.before)
    if found is None:
        return False
    word = found[1]
    if word.isupper() and len(word) > 1:
        return True
    return any(p.normal_form in _KINDS_OF_THINGS for p in dictionary.parses(word))


def allowed_cases(context: Context) -> Cases | None:
    """The cases a name can have at this place; None where nothing tells."""
    if _is_title(context) or _is_dateline(context) or _is_of_route(context):
        return frozenset({Case.NOM})
    short = _ABBREVIATED.search(context.before)
    if short is not None:
        if short.group(1) in _FIXED_ABBREVIATIONS:
            return frozenset({Case.NOM})
        if context.before[: short.start()].rstrip()[-1:].isdigit():
            year = short.group(1) in ("г", "гг")
            return allowed_cases(Context(f"{context.before[: short.start()]}году ", context.after)) if year else None
        return allowed_cases(Context(context.before[: short.start()], context.after))
    if not re.search(r"\w", context.before) and not re.search(r"\w", context.after):
        return frozenset({Case.NOM})
    if _NEITHER.search(context.before):
        return frozenset({Case.GEN})
    if is_nominal_predicate(context):
        return frozenset({Case.NOM})
    before = _last_words(context.before, context.after)
    after = clause_after(context.after)
    if before is None:
        return at_start(context) if _opens_clause(context.before) else None
    shown, rest = _attributes(before)
    if sets_scene(rest):
        row = _ROW_BEFORE.search(context.before)
        opening = at_start(context, joined=row is not None)
        if shown is None:
            return _like_neighbour(opening, row)
        return ((opening & shown) or None if opening else shown) or None
    joined = _ROW_BEFORE.search(context.before) or _ROW_GOES_ON.match(context.after)
    return _after_words(before, after, joined=bool(joined))


def _like_neighbour(cases: Cases | None, row: re.Match[str] | None) -> Cases | None:
    """The cases at the head of a clause; in a row those of the name before, where that is no nominative (Агдаму, …)."""
    if cases is None or row is None:
        return cases
    name = tokens(row[0])[0]
    indeclinable = name.key.endswith(("и", "ы"))  # Шуши, Ходжалы: the dictionary takes them for a genitive
    if indeclinable or Case.NOM in {dictionary.case_of(parse) for parse in dictionary.parses(name.text)}:
        return cases
    return _cases(name) or None


def _opens_clause(text: str) -> bool:
    """Whether a comma stands directly before, after a verb or a word in small letters (По словам мэра, Агдам пуст)."""
    if _SOURCE.search(text):
        return True
    marks = tokens(text.rstrip())
    if len(marks) < 2 or marks[-1].text not in (",", ":") or not marks[-2].is_word:
        return False
    return marks[-1].text == ":" or not marks[-2].is_capitalised or is_finite(marks[-2])


def _is_of_route(context: Context) -> bool:
    """Whether the name is an end of a route: трасса Агдам — Барда, поезд Горадиз-Агдам."""
    if _COMPOUND.search(context.before) or _ROUTE_GOES_ON.search(context.before):
        return True
    return _ROUTE.search(context.before) is not None and re.match(r" ?[-–—] ?[А-ЯЁ]", context.after) is not None


def _is_dateline(context: Context) -> bool:
    """Whether the name heads a report: «АГДАМ, 4 мая — Рынок сгорел»."""
    return not re.search(r"\w", context.before) and _DATE.match(context.after) is not None


def _is_title(context: Context) -> bool:
    """Whether the name alone stands in quotation marks after a noun (отель «Агдам»): it does not decline there."""
    opening = re.search(r"(\w+)\s+[«\"„“]$", context.before)
    if opening is None or not re.match(r"[»\"”“]", context.after):
        return False
    return all_parts(Token(opening.group(1), Span(*opening.span(1))), ("NOUN",))


def _last_words(text: str, after: str) -> list[Token] | None:
    """The clause before; None after a comma, dash or bracket, which say nothing; [] at the start of a sentence."""
    marks = [token for token in tokens(text.rstrip()) if token.text not in "«»\"„“”'"]
    if marks and not marks[-1].is_word:
        if marks[-1].text in ".!?…\n":
            return []
        return _enumerated(marks, after) if marks[-1].text == "," else None
    row = _enumerated(marks, after)
    return clause_before(text) if row is None else row


def _enumerated(marks: list[Token], after: str) -> list[Token] | None:
    """Before «Агдаме, Шуше и» stands what governs the whole row; None where no such row ends here.

    Two names with a comma alone are no row (в Шуше, Азербайджан): an «и» must follow in it.
    """
    index = len(marks)
    names = 0
    linked = bool(_ROW_GOES_ON.match(after))
    while index >= 2 and names < _FARTHEST_LINK:
        link, name = marks[index - 1], marks[index - 2]
        if not (link.text == "," or link.key in _LINKS) or not name.is_word or not name.is_capitalised:
            break
        if index == 2 and is_finite(name):  # Пали и Агдам, и Физули
            break
        linked = linked or link.key in _LINKS
        index -= 2
        names += 1
    if not names or not linked or (index and not marks[index - 1].is_word):
        return None
    cut = max((i for i, token in enumerate(marks[:index]) if not token.is_word), default=-1)
    return marks[cut + 1 : index]


@cache
def _prepositions() -> dict[str, Cases]:
    table = government()["prepositions"]
    return {word: frozenset(map(Case, cases.split())) for cases, words in table.items() for word in words}


def _after_words(before: Sequence[Token], after: Sequence[Token], *, joined: bool = False) -> Cases | None:
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
    shown, rest = _attributes(before)
    if shown is not None and rest and rest[-1].key in _prepositions():
        cases = _after_words(rest, after)
        return (cases & shown) or None if cases else shown
    apposition = _apposition(before, after)
    if apposition is not None:
        return apposition
    if len(before) > 1 and all_parts(last, ("ADJF",)) and not last.is_capitalised:
        return _singular_cases(last)
    cases = _after_noun(last, before[:-1], after) or after_verb(last, before[:-1], joined=joined)
    if cases and Case.ACC in cases and any(Case.INS in _cases(token) for token in after[:2]):
        return cases - {Case.INS}  # называют Шуши крепостью
    return cases


def _attributes(before: Sequence[Token]) -> tuple[Cases | None, Sequence[Token]]:
    """The cases that the attributes directly before a name show, None where there are none, and what stands before
    them.
    """
    count = next((n for n, token in enumerate(reversed(before)) if not is_attribute(token)), len(before))
    rest = before[: len(before) - count]
    return (frozenset.intersection(*map(_cases, before[len(rest) :])) if count else None), rest


def _cases(token: Token) -> Cases:
    """The cases a word's readings show; «его» and «их» show none, and agree with all."""
    if token.key in ("его", "ее", "их"):
        return frozenset(Case)
    return frozenset(case for parse in likely(token) if (case := dictionary.case_of(parse)) is not None)


def _singular_cases(token: Token) -> Cases | None:
    """The cases of an attribute, where all its readings are singular and it is no relative pronoun."""
    if any(parse.tag.number != "sing" or "Anph" in parse.tag for parse in likely(token)):
        return None
    return _cases(token) or None


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
        governed = _after_words(before[:-1], after)
        return (cases & governed) or cases if governed else cases
    opening = _predicate_cases(after) if cases and sets_scene(_attributes(before[:-1])[1]) else None
    return (cases & opening) or cases if opening else cases or None


def _predicate_cases(after: Sequence[Token]) -> Cases | None:
    return at_start(Context(after=" " + " ".join(token.text for token in after)))


def _names_its_kind(context: Context) -> bool:
    """Whether «город», «село», «станция» stands directly before: its name may stay in the nominative."""
    before = clause_before(context.before)
    words = lemmas(before[-1]) if before else frozenset[str]()
    return bool(words & (government()["agreeing_apposition"] | government()["fixed_apposition"]))


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
        return _cases(last) | {Case.GEN}
    if words & government()["idioms"] and earlier and earlier[-1].key in _prepositions():
        return frozenset({Case.ACC, Case.GEN})
    following = [token for token in after if token.key not in PARTICLES]
    if following and is_finite(following[0]):
        verb = likely(following[0])[0]
        if not has_subject(free_of_prepositions([*earlier, last]), verb):
            subject = {Case.NOM} if may_be_subject_of(verb) else set()
            if subject and verb.tag.gender != "neut" and not has_subject(following[1:5], verb):
                return frozenset(subject)
            objects = objects_of(verb, lemmas(following[0])) - _cases(last)
            if any(Case.ACC in _cases(token) for token in free_of_prepositions(following[1:])):
                objects -= {Case.ACC}  # После сдачи Физули объявили траур
            return objects | subject | {Case.GEN}
    return frozenset({Case.GEN}) | {Case(case) for case, listed in government()["nouns"].items() if words & listed}


def _agreeing(readings: Sequence[Features], context: Context) -> Sequence[Features]:
    """Of an adjective's readings those that the noun directly after it shows."""
    after = clause_after(context.after)
    if not after or not all_parts(after[0], ("NOUN",)):
        return readings
    shown = {(dictionary.case_of(p), dictionary.gender_of(p)) for p in dictionary.parses(after[0].text)}
    kept = [reading for reading in readings if (reading.case, reading.gender) in shown]
    return kept or readings
