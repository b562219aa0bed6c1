"""Figures in a text: where they stand, what they are worth, and how another language writes them.

English groups by comma and has a decimal point; Armenian, Azerbaijani and Russian group by a space (in the press
also by a point) and have a decimal comma (CLDR, through babel).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from toolkit.languages import Language
from toolkit.text.spans import Span

_SPACES = " \u00a0\u2009\u202f"
_NUMBER = re.compile(
    rf"(?<!\w)(?<![^\W\d_]-)(?<!\d[.,])"
    rf"(?:\d{{1,3}}(?:[,.{_SPACES}]\d{{3}})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?)"
    r"(?!\d|[.,]\d|(?!թ)[^\W\d_])"
)
"""No figure of a name (T-72, F-16), of a unit or an ordinal (5km, 20th); of a date or an address (1.2.3)."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as written: its place, its canonical value, whether its digits are grouped."""

    span: Span
    value: str
    grouped: bool
    decimals: int


def find_numbers(text: str, language: Language) -> list[Figure]:
    """The numbers of a text, in order."""
    found = []
    for match in _NUMBER.finditer(text):
        figure = read_number(match.group(), language)
        if figure is None:  # two numbers side by side, not one in groups
            found.extend(_pieces(text, match, language))
        else:
            found.append(_at(figure, match.start()))
    return found


def read_number(text: str, language: Language) -> Figure | None:
    """One number; None where the marks in it do not make one in this language."""
    point = "." if language is Language.EN else ","
    other = "," if point == "." else "."
    plain = re.sub(rf"[{_SPACES}]", "", text)
    if len(plain) < len(text) and language is Language.EN and " " in text:
        return None
    groups = plain.split(other)
    grouped = len(plain) < len(text)
    if len(groups) > 1:
        if all(len(group.split(point)[0]) == 3 for group in groups[1:]):
            grouped = True
            plain = "".join(groups)
        elif len(groups) == 2 and point not in plain:
            plain = plain.replace(other, point)
        else:
            return None
    if plain.count(point) > 1:
        return None
    whole, _, fraction = plain.partition(point)
    value = format(Decimal(f"{whole}.{fraction or '0'}").normalize(), "f")
    return Figure(Span(0, len(text)), value, grouped, len(fraction))


def write_number(figure: Figure, language: Language, like: str = "") -> str:
    """The number as `language` writes it; digits without groups (years) stay without.

    `like` is a number of four digits or more in the same text: its way to group four digits is followed.
    """
    from babel.numbers import get_decimal_symbol, get_group_symbol

    whole, _, _ = figure.value.partition(".")
    fraction = format(Decimal(figure.value), f".{figure.decimals}f").partition(".")[2]
    plain = bool(like) and not re.search(rf"\d[,.{_SPACES}]\d{{3}}", like)
    if figure.grouped and not (plain and len(whole) == 4):
        mark = re.search(rf"(?<=\d)[,.{_SPACES}](?=\d{{3}})", like)
        whole = f"{int(whole):,}".replace(",", mark.group() if mark else get_group_symbol(language.value))
    return whole + (get_decimal_symbol(language.value) + fraction if fraction else "")


def _pieces(text: str, match: re.Match[str], language: Language) -> list[Figure]:
    found = []
    for piece in re.finditer(r"[\d.,]*\d", match.group()):
        figure = read_number(piece.group(), language)
        if figure is not None:
            found.append(_at(figure, match.start() + piece.start()))
    return found


def _at(figure: Figure, start: int) -> Figure:
    return Figure(figure.span.shift(start), figure.value, figure.grouped, figure.decimals)
