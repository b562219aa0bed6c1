"""Places where a Russian name stands in the nominative, whatever the sentence wants: a title, a dateline, a route."""

from __future__ import annotations

import re

from toolkit.morphology.base import Context
from toolkit.morphology.ru_sentence import Token, all_parts
from toolkit.text.spans import Span

_COMPOUND = re.compile(r"[А-ЯЁ][\w’]*[-–—]$")
_ROUTE_NOUN = r"(?i:автобус|дорог|железн|лини|магистрал|маршрут|поезд|рейс|трасс|участ)\w*"
_ROUTE = re.compile(rf"{_ROUTE_NOUN} [«\"]?$")
_ROUTE_GOES_ON = re.compile(rf"{_ROUTE_NOUN} [«\"]?(?:[А-ЯЁ][\w-]* ?[-–—] ?){{1,4}}$")
_DATE = re.compile(
    r"(?:, \d{1,2}\.? ?(?:[а-яё]+|\d\d)\.?(?:\d{2,4})?)?(?:,? ?\([^)]{2,40}\)|, [А-ЯЁ][\w -]+)?\.? ?[—–-] "
)


def stays_as_it_is(context: Context) -> bool:
    """Whether the name is a title, heads a report or is an end of a route."""
    return _is_title(context) or _is_dateline(context) or _is_of_route(context)


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
