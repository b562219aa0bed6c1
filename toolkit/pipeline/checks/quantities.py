"""Numbers of a text, in figures and in words, with every value they may have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from toolkit.languages import Language
from toolkit.pipeline.checks.pair import Side
from toolkit.pipeline.checks.word_lists import word_lists
from toolkit.text.spans import Span, SpanSet

_FIGURE = re.compile(
    r"(?<!\w)(?:\d{1,3}(?:[\u00a0\u202f ]\d{3})+(?!\d)(?:[.,]\d+)?|\d++(?:[.,]\d++)*+(?![x×х]\d))"
    r"|(?<=[$€£₽₼֏₾#№~+<>=])\d+(?:[.,]\d+)*"
)
_TIME = re.compile(r"(?<![\w:.])(\d{1,2})[:։](\d\d)(?![\w:])")
_DIGITS = re.compile(r"\d+")
_ROMAN = re.compile(r"(?<![\w.])[IVXLC]+(?![\w.])")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_RANGE = re.compile(r"\s*(?:-|–|—|to|or|and|və|ya|до|или|и|և|կամ|-ից)\s*")
_OR_MORE = r"(?:\s(?:or more|and more|of|и более|или более|կամ ավելի|və daha çox))?"
_HUNDRED = 100
_THOUSAND = 1000
_LOOSE = frozenset((10, 12))
"""Tens and dozens, which languages put for one another."""


@dataclass(frozen=True)
class Quantity:
    """A number at a place; `values` are all it may be worth, the likeliest first. `figures`: written in digits.

    Two may be the same where the likeliest value of one is any of the other: two hundred is no three hundred, though
    both have a hundred in them."""

    span: Span
    values: tuple[Decimal, ...]
    figures: bool
    clock: bool = False
    """A time of day."""

    def may_be(self, other: Quantity) -> bool:
        return self.values[0] in other.values or other.values[0] in self.values


@dataclass(frozen=True)
class _Words:
    word: re.Pattern[str]
    values: Sequence[Decimal]
    scale: re.Pattern[str]
    """A scale word right after a number."""
    scales: Sequence[Decimal]
    scale_alone: re.Pattern[str]


@cache
def _words(language: Language) -> _Words:
    data: Mapping[str, Mapping[Any, Any]] = word_lists("numbers")[language.value]
    words = _joined(data.get("joined", {})) + [(Decimal(str(value)), listed) for value, listed in data["words"].items()]
    words.sort(key=lambda pair: -pair[0])  # fourteen before four
    groups = [rf"((?:{'|'.join(map(str, listed))})\w*)" for _, listed in words if isinstance(listed, list)]
    scales = list(data["scales"].items())
    scale = rf"{_OR_MORE}[\s-]{{0,3}}(?:{'|'.join(f'({pattern})' for pattern, _ in scales)})"
    return _Words(
        re.compile(rf"(?<!\w)(?:{'|'.join(groups)})"),
        tuple(value for value, _ in words),
        re.compile(scale),
        tuple(Decimal(str(value)) for _, value in scales),
        re.compile(rf"(?<!\w){scale}"),
    )


def _joined(parts: Mapping[Any, Any]) -> list[tuple[Decimal, Any]]:
    """Tens and units that a language writes as one word."""
    return [
        (Decimal(ten) + Decimal(unit), [first + second])
        for ten, first in parts.get("tens", {}).items()
        for unit, second in parts.get("units", {}).items()
    ]


def quantities(side: Side) -> list[Quantity]:
    """All numbers of a text that stand outside links, in order."""
    hidden = side.zones.protected
    has_digits = _DIGITS.search(side.text) is not None
    figures = list(_figures(side)) if has_digits else []
    found = [
        *figures,
        *_romans(side),
        *_in_words(side),
        *(_joined_to_letters(side, figures) if has_digits else ()),
        *_scales_alone(side),
    ]
    return sorted(
        (q for q in found if not any(span.overlaps(q.span) for span in hidden)), key=lambda q: (q.span, q.figures)
    )


def _figures(side: Side) -> Iterator[Quantity]:
    text = side.text
    times = [Span(*match.span()) for match in _TIME.finditer(text)]
    for match in _TIME.finditer(text):
        hour, minute = Decimal(match.group(1)), Decimal(match.group(2))
        yield Quantity(Span(*match.span()), (hour * _HUNDRED + minute, *(() if minute else (hour,))), True, clock=True)
    clock = SpanSet(times)
    matches = [m for m in _FIGURE.finditer(text) if not clock.touches(Span(*m.span()))]
    scaled: list[tuple[Span, list[Decimal], Decimal | None]] = []
    for match in matches:
        scale, end = _scale(side, match.end())
        values = _readings(match.group(), side.language)
        if scale is not None:
            short = end == match.end() + 1 or len(text[match.end() : end].strip()) == 1
            values = [*(value * scale for value in values), *(values if short else ())]
        scaled.append((Span(match.start(), end), values, scale))
    for index, (span, values, scale) in enumerate(scaled):
        if scale is None and index + 1 < len(scaled):
            after, _, next_scale = scaled[index + 1]
            if next_scale is not None and _RANGE.fullmatch(text[span.end : after.start]):
                values = [*values, *(value * next_scale for value in values)]
        yield from _parts(text, span, values)


def _parts(text: str, span: Span, values: Sequence[Decimal]) -> Iterator[Quantity]:
    """The number itself, or the numbers of a date or address (1.2.2020), which are no decimals; the month of a date
    proves a number and nothing more, since the other text may have its name."""
    if values:
        yield Quantity(span, tuple(dict.fromkeys(values)), True)
        return
    for index, match in enumerate(_DIGITS.finditer(span.of(text))):
        place = Span(span.start + match.start(), span.start + match.end())
        yield Quantity(place, (Decimal(match.group()),), index != 1)


def _readings(written: str, language: Language) -> list[Decimal]:
    """What figures can be worth: 1.500 is fifteen hundred or one and a half, the habit of the language first."""
    plain = re.sub(r"[\u00a0\u202f ]", "", written)
    grouped = re.fullmatch(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*(?:[.,]\d+)?", plain)
    decimal = re.fullmatch(r"(\d+)[.,](\d+)", plain)
    found = []
    if grouped:
        mark = grouped.group(1)
        found.append(Decimal(plain.replace(mark, "").replace(",", ".")))
    if decimal:
        value = Decimal(f"{decimal.group(1)}.{decimal.group(2)}")
        if re.fullmatch(r"\d{1,2}[.]\d\d", plain):
            found.append(value * _HUNDRED)
        first = grouped and plain.count("." if language is Language.EN else ",")
        found.insert(0 if first else len(found), value)
    if plain.isdigit():
        found.append(Decimal(plain))
    return found


def _scale(side: Side, end: int) -> tuple[Decimal | None, int]:
    """The scale word right after a number and where it ends."""
    words = _words(side.language)
    match = words.scale.match(side.text.lower() if len(side.text.lower()) == len(side.text) else side.text, end)
    if match is None or match.lastindex is None:
        return None, end
    return words.scales[match.lastindex - 1], match.end()


def _joined_to_letters(side: Side, known: Sequence[Quantity]) -> Iterator[Quantity]:
    """Figures that are part of a longer word (T-72, N247, 39C): they prove a number, and nothing more."""
    taken = SpanSet(_united(quantity.span for quantity in known))
    for match in _DIGITS.finditer(side.text):
        span = Span(*match.span())
        if not taken.touches(span):
            yield Quantity(span, (Decimal(match.group()),), False)


def _united(spans: Iterable[Span]) -> list[Span]:
    """Spans that overlap as one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start < found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def _scales_alone(side: Side) -> Iterator[Quantity]:
    """A thousand, a million: worth itself where no number stands before it."""
    words = _words(side.language)
    for match in words.scale_alone.finditer(side.folded.text):
        if match.lastindex is not None and len(match.group().strip()) > 1:
            span = side.original(match.end() - len(match.group().strip()), match.end())
            yield Quantity(span, (words.scales[match.lastindex - 1],), False)


def _romans(side: Side) -> Iterator[Quantity]:
    for match in _ROMAN.finditer(side.text):
        digits = [_ROMAN_VALUES[char] for char in match.group()]
        value = sum(-d if d < max(digits[i + 1 :], default=0) else d for i, d in enumerate(digits))
        yield Quantity(Span(*match.span()), (Decimal(value),), False)


def _in_words(side: Side) -> Iterator[Quantity]:
    """Number words; neighbours ("twenty-one", «двести тридцать») are one number, and each its own too."""
    words = _words(side.language)
    run: list[tuple[Span, Decimal]] = []
    text = side.folded.text
    for match in words.word.finditer(text):
        value = words.values[(match.lastindex or 1) - 1]
        if run and not re.fullmatch(r"[\s-]*(?:and\s)?", text[run[-1][0].end : match.start()]):
            yield _composed(run, side)
            run = []
        run.append((Span(*match.span()), value))
    if run:
        yield _composed(run, side)


def _composed(run: Sequence[tuple[Span, Decimal]], side: Side) -> Quantity:
    total = Decimal(0)
    for _, value in run:
        if value == _HUNDRED and Decimal(0) < total < 10:
            total *= value
        else:
            total += value
    place = Span(run[0][0].start, run[-1][0].end)
    scale = _words(side.language).scale.match(side.folded.text, place.end)
    end = place.end
    parts = [value for _, value in run] if len(run) > 1 else []
    if scale is not None and scale.lastindex is not None:
        times = _words(side.language).scales[scale.lastindex - 1]
        parts += [total] if times in _LOOSE else []
        total *= times
        end = scale.end()
    return Quantity(side.original(place.start, end), tuple(dict.fromkeys([total, *parts])), False)
