"""Numbers lost, changed or invented; months and weekdays; units and currencies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from toolkit.languages import Language
from toolkit.memory.calendar import MONTH, Day, calendar_of
from toolkit.pipeline.checks.pair import Pair, Remarks, Side
from toolkit.pipeline.checks.quantities import Quantity, quantities
from toolkit.pipeline.checks.word_lists import word_lists
from toolkit.text.spans import Span

_SMALL = 2
"""Words for numbers up to this one are words of many other meanings (one, first, second, both)."""
_CENTURY = 100
_NIGHT_TO = re.compile(r"(?<!\w)[Нн]очь на $")
_FOLLOWING = re.compile(r"[\s-]{0,2}(?:%|[^\W\d_]+)")
_DIGITS = re.compile(r"\d")
_GAP = re.compile(r"[\s-]{0,2}")
_SCALES = frozenset((10, 100, 1000, 1_000_000, 1_000_000_000))
"""Numbers that are named loosely: tens, hundreds, thousands of."""
_LOOSE = frozenset((12, *(10**power for power in range(1, 13))))
"""With dozens, and tens and hundreds of thousands."""
_AMBIGUOUS = frozenset(("percent", "point", "pound"))
"""What is listed with the currencies and is none, or a weight too."""
_HYPHENS = frozenset("-‐‑–")
_TENS = {10, 12}
"""Dozens of one language are tens of another."""

_SIGN = re.compile("[$€£₽₼֏₾₺]")


def check_numbers(pair: Pair, remarks: Remarks) -> None:
    """T003 for figures without a counterpart, and for number words that became others; T008 for their units."""
    source, target = quantities(pair.source), quantities(pair.target)
    _check_units(pair, source, target, remarks)
    lost = [q for q in source if q.figures and not _has(q, target)]
    made = [q for q in target if q.figures and not _has(q, source)]
    lost, made = (
        [q for q in lost if not _is_article(q, pair.source)],
        [q for q in made if not _is_article(q, pair.target)],
    )
    if not lost and not made:
        lost, made = _changed_words(source, target)
    if not lost and not made:
        lost = _dropped_words(pair.source, source, target)
    for index in range(max(len(lost), len(made))):
        old = lost[index] if index < len(lost) else None
        new = made[index] if index < len(made) else None
        remarks.add(
            "T003",
            old.span if old else None,
            new.span if new else None,
            source=old.span.of(pair.source.text) if old else "nothing",
            target=new.span.of(pair.target.text) if new else "nothing",
        )


def _is_article(quantity: Quantity, side: Side) -> bool:
    """Whether a figure says no more than “a”: 405 drams for 1 dollar."""
    return len(quantity.values) == 1 == quantity.values[0] and next(_measured(side, [quantity]), None) is not None


def _has(quantity: Quantity, others: Sequence[Quantity]) -> bool:
    return any(quantity.may_be(other) or _same_year(quantity, other) for other in others)


def _same_year(a: Quantity, b: Quantity) -> bool:
    """Whether one names the other's year or time otherwise: 1998-99, the 1600s as the 17th century, 2 p.m. as 14."""
    clock = a.clock or b.clock
    for first, second in ((a, b), (b, a)):
        for x in first.values:
            for y in second.values:
                if (
                    not clock
                    and 1000 <= x <= 2100
                    and (y == x % _CENTURY or (x % _CENTURY == 0 and y == x / _CENTURY + 1))
                ):
                    return True
                if (y + 12 == x and 13 <= x <= 23) or (y + 1200 == x and 1300 <= x < 2400):
                    return True
    return False


def _changed_words(source: Sequence[Quantity], target: Sequence[Quantity]) -> tuple[list[Quantity], list[Quantity]]:
    """One number word that became one other, or hundreds that became thousands, where all else agrees."""
    whole = _whole(source), _whole(target)
    for (ours, theirs), tells in (((source, target), _tells), (whole, _is_loose)):
        lost = [q for q in ours if tells(q) and not _has(q, theirs)]
        made = [q for q in theirs if tells(q) and not _has(q, ours)]
        if len(lost) == len(made) == 1 and {q.values[0] for q in (*lost, *made)} != _TENS:
            return lost, made
    return [], []


def _tells(quantity: Quantity) -> bool:
    return quantity.values[0] > _SMALL and quantity.values[0] not in _SCALES


def _is_loose(quantity: Quantity) -> bool:
    """Hundreds, thousands, tens of thousands: what no figure says more exactly."""
    return not quantity.figures and quantity.values[0] in _LOOSE


def _dropped_words(side: Side, source: Sequence[Quantity], target: Sequence[Quantity]) -> list[Quantity]:
    """Number words that nothing stands for, where the translation has no number of its own that could; not those of
    names (Six Flags), nor words that only have a number in them (a quarter, four-wheeled)."""
    if any(not _has(quantity, source) for quantity in target):
        return []
    return [
        quantity
        for quantity in _whole(source)
        if not quantity.figures
        and _tells(quantity)
        and _LOOSE.isdisjoint(quantity.values)
        and not _has(quantity, target)
        and _is_count(quantity, side)
    ]


def _is_count(quantity: Quantity, side: Side) -> bool:
    start, end = quantity.span.start, quantity.span.end
    if side.text[end : end + 1] in _HYPHENS or side.text[start - 1 : start] in _HYPHENS:
        return False
    if start and side.text[start].isupper() and any(char.islower() for char in side.text):
        return False
    words = quantity.span.of(side.text).lower().split()
    return not any(_DIGITS.search(word) or _unasked(side.language).fullmatch(word) for word in words)


@cache
def _unasked(language: Language) -> re.Pattern[str]:
    return re.compile("|".join(word_lists("numbers")[language.value]["unasked"]))


def _whole(found: Sequence[Quantity]) -> list[Quantity]:
    """Without the thousand of a hundred thousand."""
    return [q for q in found if not any(other.span.contains(q.span) and other.span != q.span for other in found)]


def check_days(pair: Pair, remarks: Remarks) -> None:
    """T007 for a month or weekday that became another one."""
    source, target = _days(pair.source), _days(pair.target)
    known, there = {(day.cls, day.value) for day in source}, {(day.cls, day.value) for day in target}
    lost = [day for day in source if (day.cls, day.value) not in there and not _in_figures(day, pair.target)]
    made = [day for day in target if (day.cls, day.value) not in known and not _in_figures(day, pair.source)]
    for old in lost:
        new = next((day for day in made if day.cls == old.cls), None)
        if new is not None:
            made.remove(new)
            remarks.add("T007", old.span, new.span, source=old.span.of(pair.source.text),
                        target=new.span.of(pair.target.text))  # fmt: skip


def _days(side: Side) -> list[Day]:
    """Months and weekdays, without the day that a Russian night leads to: в ночь на воскресенье is Saturday night;
    Azerbaijani months with the ending of a year's or day's month too, and of the time up to them: 2021-ci ilin
    iyulundan, noyabradək."""
    calendar = calendar_of(side.language)
    found = calendar.find(side.text)
    if side.language is not Language.AZ:
        return [day for day in found if not _NIGHT_TO.search(side.text[: day.span.start])]
    for match in _months_of_a_year().finditer(side.folded.text):
        span = side.original(*match.span())
        number = str(next(i for i, group in enumerate(match.groups(), 1) if group))
        if not any(day.span.overlaps(span) for day in found):
            found.append(Day(span, MONTH, number, calendar.lexeme(MONTH, number), ()))
    return found


@cache
def _months_of_a_year() -> re.Pattern[str]:
    calendar = calendar_of(Language.AZ)
    months = "|".join(f"({calendar.lexeme(MONTH, str(number)).text})" for number in range(1, 13))
    return re.compile(rf"(?<!\w)(?:{months})(?:[ıiuü](?:n\w{{1,4}})?|[ae]dək|[aə]dək|[ae]can)(?!\w)")


def _in_figures(day: Day, side: Side) -> bool:
    return day.cls == MONTH and bool(re.search(rf"\b0?{day.value}[./]", side.text) or
                                     re.search(rf"[./]0?{day.value}\b", side.text))  # fmt: skip


@cache
def _units(language: Language) -> Mapping[str, tuple[tuple[str, re.Pattern[str]], ...]]:
    """Kind → (unit, what is written after a number, or before it where it is a sign)."""
    data: Mapping[str, Mapping[str, Mapping[str, Sequence[str]]]] = word_lists("units")
    return {
        kind: tuple(
            (unit, re.compile(rf"(?:{'|'.join(map(str, by[language.value]))})(?!\w)")) for unit, by in units.items()
        )
        for kind, units in data.items()
    }


def _check_units(pair: Pair, in_source: Sequence[Quantity], in_target: Sequence[Quantity], remarks: Remarks) -> None:
    """T008 for a number that kept its value and changed its unit or currency."""
    target = list(_measured(pair.target, in_target))
    for old, kind, unit in _measured(pair.source, in_source) if target else ():
        same = [(new, other) for new, known, other in target if known == kind and new.may_be(old)]
        if same and all(other != unit for _, other in same):
            new, _ = same[0]
            remarks.add("T008", old.span, new.span, source=_shown(old, pair.source), target=_shown(new, pair.target))
            return
    _check_currencies(pair, remarks)


def _check_currencies(pair: Pair, remarks: Remarks) -> None:
    """T008 for one currency that became another one where no number stands beside it: 405 to the dollar."""
    if _SIGN.search(pair.source.text) or _SIGN.search(pair.target.text):
        return  # a sign may stand for the word that is looked for
    source, target = _currencies(pair.source), _currencies(pair.target)
    lost = [place for unit, place in source.items() if unit not in target]
    made = [place for unit, place in target.items() if unit not in source]
    if len(lost) == len(made) == 1:
        remarks.add("T008", lost[0], made[0], source=lost[0].of(pair.source.text), target=made[0].of(pair.target.text))


def _currencies(side: Side) -> Mapping[str, Span]:
    """The currencies that a text names in words, each with its first place."""
    found = {}
    for unit, pattern in _currency_words(side.language).items():
        match = pattern.search(side.folded.text)
        if match:
            found[unit] = side.original(*match.span())
    return found


@cache
def _currency_words(language: Language) -> Mapping[str, re.Pattern[str]]:
    listed = word_lists("units")["currency"]
    return {
        unit: re.compile(rf"(?<!\w)(?:{'|'.join(word for word in by[language.value] if word[0].isalpha())})(?!\w)")
        for unit, by in listed.items()
        if unit not in _AMBIGUOUS
    }


def _shown(quantity: Quantity, side: Side) -> str:
    """The number with the sign before it or the word after it."""
    end = _FOLLOWING.match(side.text, quantity.span.end)
    return side.text[max(0, quantity.span.start - 1) : end.end() if end else quantity.span.end].strip()


def _measured(side: Side, numbers: Sequence[Quantity]) -> Iterator[tuple[Quantity, str, str]]:
    text = side.text.lower()
    if len(text) != len(side.text):
        text = side.text
    for quantity in numbers:
        if not quantity.figures and not _tells(quantity):
            continue
        gap = _GAP.match(text, quantity.span.end)
        after = gap.end() if gap else quantity.span.end
        sign = text[max(0, quantity.span.start - 1) : quantity.span.start]
        for kind, units in _units(side.language).items():
            for unit, pattern in units:
                if pattern.match(text, after) or (sign and not sign.isalnum() and pattern.fullmatch(sign)):
                    yield quantity, kind, unit
                    break
