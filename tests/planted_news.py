"""Faults planted by rule into the four-language sentences of tests/cases/check/four-way.jsonl.

There a negation is marked as {what is right|what the sentence would say without it}, a name as [what is right|the
other name in its place, in the right form], an office as ~what is right|the body it leads~, and what can be left out
as <kind|the words>: a clause, an item of a list, a number. All other faults are made by rule, by lists that are not
those a check searches by. A name that takes another's place takes its case too, as in
the sentence that a careless writer would have written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.conftest import CASES
from tests.planted import FAULTS, Fault
from toolkit.languages import Language
from toolkit.mentions.model import Mention
from toolkit.morphology.base import Context
from toolkit.pipeline.checks.pair import Side
from toolkit.pipeline.render import inflect, written_like
from toolkit.text.casing import capitalize
from toolkit.text.spans import Edit, apply_edits

_CHOICES = {
    "reversed": re.compile(r"\{([^|{}]*)\|([^|{}]*)\}"),
    "exchanged": re.compile(r"\[([^|\[\]]*)\|([^|\[\]]*)\]"),
    "office": re.compile(r"~([^|~]*)\|([^|~]*)~"),
}
_PART = re.compile(r"<(\w+)\|([^<>]*)>")
_BETWEEN_EQUALS = re.compile(
    r",? (?:and|or|nor|և|ու|və|и|или|neither|ո՛չ|nə də|ни|да) (?:the )?|, (?:ո՛չ|nə də|ни) |ն? ու "
)

_MONTHS = {
    Language.AZ: "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr",
    Language.EN: "January February March April May June July August September October November December",
    Language.HY: "հունվար փետրվար մարտ ապրիլ մայիս հունիս հուլիս օգոստոս սեպտեմբեր հոկտեմբեր նոյեմբեր դեկտեմբեր",
    Language.RU: "январ феврал март апрел ма июн июл август сентябр октябр ноябр декабр",
}
_ALIKE_MONTHS = ((0, 1), (5, 6), (8, 9), (9, 10), (10, 11), (11, 10), (6, 5), (1, 0), (7, 2), (2, 7), (3, 1), (4, 5))
"""For each month another one that takes the same endings in each language but Azerbaijani."""
_ALIKE_MONTHS_AZ = ((0, 1), (5, 6), (8, 9), (9, 10), (10, 11), (11, 10), (6, 5), (1, 0), (7, 6), (2, 1))
"""The same with the vowels of Azerbaijani endings: avqustun and iyulun, martın and fevralın."""
_SCALES = {
    Language.AZ: (("milyon", "milyard"), ("milyard", "milyon")),
    Language.EN: (("million", "billion"), ("billion", "million")),
    Language.HY: (("միլիոն", "միլիարդ"), ("միլիարդ", "միլիոն")),
    Language.RU: (("миллион", "миллиард"), ("миллиард", "миллион")),
}
_UNITS = {
    Language.AZ: (
        ("kilometr", "metr"),
        (" metr", " kilometr"),
        (" ton", " kiloqram"),
        ("dollar", "manat"),
        ("avro", "dollar"),
    ),
    Language.EN: (
        ("kilomet", "met"),
        (" met", " kilomet"),
        ("tonne", "kilogram"),
        ("dollar", "manat"),
        ("euro", "dollar"),
    ),
    Language.HY: (
        ("կիլոմետր", "մետր"),
        (" մետր", " կիլոմետր"),
        ("տոննա", "կիլոգրամ"),
        ("դոլար", "մանաթ"),
        ("եվրո", "դոլար"),
    ),
    Language.RU: (
        ("километр", "метр"),
        (" метр", " километр"),
        ("тонн", "килограмм"),
        ("доллар", "манат"),
        ("евро", "долларов"),
    ),
}
_IN_WORDS = {
    Language.AZ: (
        ("üç ", "yeddi "),
        ("beş ", "doqquz "),
        ("altı ", "səkkiz "),
        ("on iki ", "on dörd "),
        ("yüz ", "min "),
    ),
    Language.EN: (("three ", "seven "), ("five ", "nine "), ("six ", "eight "), ("twelve ", "fourteen ")),
    Language.HY: (("երեք ", "յոթ "), ("հինգ ", "ինը "), ("վեց ", "ութ "), ("տասներկու ", "տասնչորս ")),
    Language.RU: (
        ("три ", "семь "),
        ("трое ", "семеро "),
        ("пятерых ", "девятерых "),
        ("шесть ", "восемь "),
        ("двенадцать ", "четырнадцать "),
    ),
}
_AND = {
    Language.AZ: r",?\s(?:və|burada)\s",
    Language.EN: r",?\s(?:and|where|although)\s",
    Language.HY: r",?\s(?:և|որտեղ|թեև)\s",
    Language.RU: r",?\s(?:и|где|хотя)\s",
}
_LOOKALIKES = {
    Language.AZ: ("aeop", "аеор"),
    Language.EN: ("aeop", "аеор"),
    Language.HY: ("հօսո", "houn"),
    Language.RU: ("аеор", "aeop"),
}


@dataclass(frozen=True)
class FourWay:
    """One sentence in four languages: right, with its negation gone, with its names exchanged, with an office taken for
    its body, and without each part that is marked, by kind; what a sentence has no room for is empty."""

    kind: str
    right: Mapping[Language, str]
    reversed: Mapping[Language, str]
    exchanged: Mapping[Language, str]
    office: Mapping[Language, str]
    without: Mapping[str, Mapping[Language, str]]


def four_way(path: Path = CASES / "check" / "four-way.jsonl") -> Iterator[FourWay]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        marked = {language: row[language.value] for language in Language}
        right = {language: _chosen(text, "") for language, text in marked.items()}
        wrong = {
            fault: {language: _whole(_chosen(text, fault), language) for language, text in marked.items()
                    if pattern.search(text)}
            for fault, pattern in _CHOICES.items()
        }  # fmt: skip
        kinds = dict.fromkeys(match.group(1) for match in _PART.finditer(marked[Language.EN]))
        yield FourWay(
            row["id"].rpartition("-")[0],
            {language: _whole(text, language) for language, text in right.items()},
            **wrong,
            without={
                kind: {language: _leave_out(kind, text, language) for language, text in right.items()} for kind in kinds
            },
        )


def _chosen(text: str, fault: str) -> str:
    """A text with what is right, but for one fault."""
    for name, pattern in _CHOICES.items():
        text = pattern.sub(r"\2" if name == fault else r"\1", text)
    return text


def _whole(marked: str, language: Language) -> str:
    """With all parts that could be left out; a sentence that one of them opens begins with a capital."""
    return capitalize(_PART.sub(r"\2", marked), language)


def _leave_out(kind: str, marked: str, language: Language) -> str:
    return capitalize(_PART.sub(lambda match: "" if match.group(1) == kind else match.group(2), marked), language)


def swap_sides(side: Side) -> str | None:
    """The first two names of one kind that are no mere pair exchange their places, each in the case of the other."""
    for first in side.mentions:
        for second in side.mentions:
            if first.span < second.span and _kind(first, side) == _kind(second, side) and first.entity != second.entity:
                if _BETWEEN_EQUALS.fullmatch(side.text[first.span.end : second.span.start]):
                    continue
                ahead, behind = _in_case(second, first, side), _in_case(first, second, side)
                if ahead is None or behind is None:
                    return None
                return apply_edits(side.text, [Edit(first.span, ahead), Edit(second.span, behind)])
    return None


def double_a_side(side: Side) -> str | None:
    """The second of two names of one kind gives way to the first, in its own case: Armenia and Armenia."""
    for first in side.mentions:
        for second in side.mentions:
            if first.span < second.span and _kind(first, side) == _kind(second, side) and first.entity != second.entity:
                text = _in_case(first, second, side)
                return None if text is None else apply_edits(side.text, [Edit(second.span, text)])
    return None


def another_place(side: Side) -> str | None:
    """A town or state becomes another of its kind, in the same case."""
    others = {"city": ("gyumri", "sumgait"), "town": ("goris", "imishli"), "country": ("georgia", "iran")}
    for mention in side.mentions:
        for other in others.get(_kind(mention, side), ()):
            if other in side.glossary.entities and all(other != m.entity for m in side.mentions):
                text = _named(other, mention, side)
                if text is not None:
                    return apply_edits(side.text, [Edit(mention.span, text)])
    return None


def add_a_side(side: Side) -> str | None:
    """A state that nobody mentioned stands beside one that was."""
    said = {reading.entity for hit in side.hits for reading in hit.readings}  # in the name of its army, too
    absent = [one for one in ("armenia", "azerbaijan", "russia") if one not in said]
    for mention in side.mentions:
        if _kind(mention, side) == "country" and absent:
            text = _named(absent[0], mention, side)
            if text is not None:
                return apply_edits(side.text, [Edit(mention.span, f"{mention.surface}, {text}")])
    return None


def swap_month(side: Side) -> str | None:
    months = _MONTHS[side.language].split()
    for here, there in _ALIKE_MONTHS_AZ if side.language is Language.AZ else _ALIKE_MONTHS:
        if (here, side.language) == (2, Language.HY):
            continue  # մարտ is a battle too
        ending = "[яюе]?" if side.language is Language.RU else r"(?=\W|\w{1,7}\b)"
        if (here, side.language) == (4, Language.RU):
            ending = "(?=[йяею]\\b)"
        text = re.sub(rf"\b{months[here]}(?={ending})", months[there], side.text, count=1)
        if text != side.text and not (here == 4 and side.language is not Language.RU and "may" in side.text.lower()):
            return text
    return None


def _exchange(table: Mapping[Language, tuple[tuple[str, str], ...]], side: Side) -> str | None:
    for old, new in table[side.language]:
        text = re.sub(rf"(?<=\d){old}|(?<=\d ){old.strip()}", new if old[0] != " " else new.strip(), side.text, count=1)
        if text != side.text:
            return text
    return None


def another_number_word(side: Side) -> str | None:
    """A number in words becomes another one."""
    for old, new in _IN_WORDS[side.language]:
        text = re.sub(rf"\b{old}", new, side.text, count=1)
        text = re.sub(rf"\b{old.capitalize()}", new.capitalize(), text, count=1) if text == side.text else text
        if text != side.text:
            return text
    return None


def drop_a_clause(side: Side) -> str | None:
    """All that follows the last "and", where it is a quarter of a long sentence or more."""
    ends = [match.start() for match in re.finditer(_AND[side.language], side.text)]
    return side.text[: ends[-1]] + side.text[-1] if ends and 30 < ends[-1] < 0.75 * len(side.text) else None


def wrong_letters(side: Side) -> str | None:
    """A letter of a word in the middle is the lookalike of another script."""
    here, there = _LOOKALIKES[side.language]
    middle = len(side.text) // 2
    for old, new in zip(here, there, strict=True):
        place = side.text.find(old, middle)
        if place > 0 and side.text[place - 1].isalpha():
            return side.text[:place] + new + side.text[place + 1 :]
    return None


def invent_an_address(side: Side) -> str | None:
    return f"{side.text[:-1]} (press@example.org){side.text[-1]}"


def invent_a_handle(side: Side) -> str | None:
    return f"{side.text[:-1]}, @example_news{side.text[-1]}"


LEFT_OUT = {
    "and": "a coordinate clause",
    "item": "an item of a list",
    "num": "a number in words",
    "paren": "a parenthesis",
    "rel": "a relative clause",
    "sent": "a sentence",
    "that": "a clause of saying or reason",
}
"""What the marks in the file stand for."""
LEFT_OUT_CODES = frozenset(("N009", "T003", "T004", "T014", "T018"))
"""What tells that a part is left out, or one of the things in it."""

NEWS_FAULTS: Mapping[str, tuple[Fault, frozenset[str]]] = {
    **FAULTS,
    "swap sides": (swap_sides, frozenset(("N009", "N013", "N017"))),
    "double a side": (double_a_side, frozenset(("N009", "N013"))),
    "another place": (another_place, frozenset(("N009", "N013", "N014"))),
    "add a side": (add_a_side, frozenset(("N013", "N014"))),
    "swap month": (swap_month, frozenset(("T007",))),
    "another number word": (another_number_word, frozenset(("T003",))),
    "million, billion": (partial(_exchange, _SCALES), frozenset(("T003",))),
    "another unit": (partial(_exchange, _UNITS), frozenset(("T008",))),
    "drop a clause": (drop_a_clause, frozenset(("T014", "N009", "T003"))),
    "wrong letters": (wrong_letters, frozenset(("T012",))),
    "invent an address": (invent_an_address, frozenset(("T010",))),
    "invent a handle": (invent_a_handle, frozenset(("T010",))),
}


def leave_untranslated(source: Side, target: Side) -> str:
    """The second half is that of the source."""
    here, there = source.text.split(" "), target.text.split(" ")
    return " ".join([*there[: len(there) // 2], *here[len(here) // 2 :]])


def _kind(mention: Mention, side: Side) -> str:
    return side.glossary.entity(mention.entity).kind.value if mention.doubt is None else mention.surface


def _named(entity: str, mention: Mention, side: Side) -> str | None:
    """A name of the entity in the form of a mention."""
    table = side.glossary.table(side.language)
    context = Context(side.text[: mention.span.start], side.text[mention.span.end :])
    for name in table.of_entity(entity):
        if name.role is mention.readings[0].name.role:
            form = inflect(table, name, mention.features, context)
            return written_like(form, mention, side.language) if form else None
    return None


def _in_case(named: Mention, mention: Mention, side: Side) -> str | None:
    """The name of one mention in the form of another."""
    table = side.glossary.table(side.language)
    context = Context(side.text[: mention.span.start], side.text[mention.span.end :])
    form = inflect(table, named.readings[0].name, mention.features, context)
    return written_like(form, mention, side.language) if form else None
