"""Which cases a Russian sentence allows at a mention: by preposition, noun or verb beside it.

A reading is dropped only where a rule is reasonably sure; where none speaks, all readings stay and the caller
keeps the name. The word lists are in data/ru_government.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from toolkit.morphology import ru_dictionary as dictionary
from toolkit.morphology.base import Case, Context, Features, Part
from toolkit.morphology.ru_government import after_words, attributes, cases_of
from toolkit.morphology.ru_nominative import stays_as_it_is
from toolkit.morphology.ru_rows import ROW_BEFORE, ROW_GOES_ON, last_words
from toolkit.morphology.ru_scene import is_nominal_predicate, sets_scene
from toolkit.morphology.ru_sentence import (
    all_parts,
    clause_after,
    clause_before,
    government,
    is_finite,
    lemmas,
    tokens,
)
from toolkit.morphology.ru_verbs import at_start

Cases = frozenset[Case]
# г. Шуша, с. Тог decline as if the short word were not there; пос. Гадрут does not; initials go with their name.
_ABBREVIATED = re.compile(r"(?<![\w-])(г|гг|д|дер|о|оз|п|пос|р|с|ст|[А-ЯЁ])\.\s*$")
_FIXED_ABBREVIATIONS = frozenset({"о", "оз", "п", "пос", "ст"})
_ADVERBS = re.compile(r"(?i)(?<!\w)(?:вокруг|внутри|впереди|кругом|мимо|накануне|напротив|позади|рядом|сзади|сбоку) $")
_SOURCE = re.compile(
    r"(?i)(?:^|[.;:—–] ?)(?:согласно|со слов|по (?:верси|данным|информаци|мнению|оценк|сведениям|словам|сообщени)\w*)"
    r" [^,.;:]*,\s*$"
)
# «нет ни Агдама, ни Шуши»
_NEITHER = re.compile(r"(?i)(?<!\w)(?:не (?:будет|было|видно|осталось|стало|хватает|хватило)|нет)(?!\w).* ни $")
_KINDS = """
    агентство аэропорт банк беспилотник блок газета движение дрон журнал завод издание канал клуб команда комитет
    комплекс компания концерн объединение организация партия портал радиостанция ракета сайт система союз телеканал
    фонд фракция"""
_KINDS_OF_THINGS = frozenset(_KINDS.split())


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
    if stays_as_it_is(context):
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
    before = last_words(context.before, context.after)
    after = clause_after(context.after)
    if before is None:
        return at_start(context) if _opens_clause(context.before) else None
    shown, rest = attributes(before)
    if sets_scene(rest):
        row = ROW_BEFORE.search(context.before)
        opening = at_start(context, joined=row is not None)
        if shown is None:
            return _like_neighbour(opening, row)
        return ((opening & shown) or None if opening else shown) or None
    joined = ROW_BEFORE.search(context.before) or ROW_GOES_ON.match(context.after)
    return after_words(before, after, joined=bool(joined))


def _like_neighbour(cases: Cases | None, row: re.Match[str] | None) -> Cases | None:
    """The cases at the head of a clause; in a row those of the name before, where that is no nominative (Агдаму, …)."""
    if cases is None or row is None:
        return cases
    name = tokens(row[0])[0]
    indeclinable = name.key.endswith(("и", "ы"))  # Шуши, Ходжалы: the dictionary takes them for a genitive
    if indeclinable or Case.NOM in {dictionary.case_of(parse) for parse in dictionary.parses(name.text)}:
        return cases
    return cases_of(name) or None


def _opens_clause(text: str) -> bool:
    """Whether a comma stands directly before, after a verb or a word in small letters (По словам мэра, Агдам пуст)."""
    if _SOURCE.search(text):
        return True
    marks = tokens(text.rstrip())
    if len(marks) < 2 or marks[-1].text not in (",", ":") or not marks[-2].is_word:
        return False
    return marks[-1].text == ":" or not marks[-2].is_capitalised or is_finite(marks[-2])


def _names_its_kind(context: Context) -> bool:
    """Whether «город», «село», «станция» stands directly before: its name may stay in the nominative."""
    before = clause_before(context.before)
    words = lemmas(before[-1]) if before else frozenset[str]()
    return bool(words & (government()["agreeing_apposition"] | government()["fixed_apposition"]))


def _agreeing(readings: Sequence[Features], context: Context) -> Sequence[Features]:
    """Of an adjective's readings those that the noun directly after it shows."""
    after = clause_after(context.after)
    if not after or not all_parts(after[0], ("NOUN",)):
        return readings
    shown = {(dictionary.case_of(p), dictionary.gender_of(p)) for p in dictionary.parses(after[0].text)}
    kept = [reading for reading in readings if (reading.case, reading.gender) in shown]
    return kept or readings
