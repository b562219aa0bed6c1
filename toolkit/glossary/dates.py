"""Dates that may be known to the year or month only, and whether a name was in force on one."""

from __future__ import annotations

import re
from enum import Enum

from toolkit.errors import BadOption

Range = tuple[tuple[int, int, int], tuple[int, int, int]]
"""The first and the last day that a date can mean, as (year, month, day)."""

_DATE = re.compile(r"(-?\d{1,4})(?:-(\d\d)(?:-(\d\d))?)?")


class InForce(Enum):
    NO = "no"
    UNSURE = "unsure"
    """The date, or an end of the period, is not known to the day that would tell."""
    YES = "yes"


def parse_date(text: str, *, where: str = "--date") -> str:
    """A date as a policy takes it: a year, a month (2020-10) or a day (2020-10-03). Raises BadOption."""
    found = _DATE.fullmatch(text.strip())
    month, day = (int(part) if part else 1 for part in found.groups()[1:]) if found else (0, 0)
    if found is None or not 1 <= month <= 12 or not 1 <= day <= 31:
        raise BadOption(f"{text[:20]!r} is no date", where=where, remedy="write 2020-10-03, 2020-10 or 2020")
    return text.strip()


def days_of(date: str) -> Range:
    """What a date of the form that `parse_date` lets through can mean."""
    found = _DATE.fullmatch(date)
    if found is None:
        raise ValueError(date)
    year, month, day = (int(part) if part else None for part in found.groups())
    first = (year or 0, month or 1, day or 1)
    return first, (year or 0, month or 12, day or 31)


def in_force(date: str, since: str | None, until: str | None) -> InForce:
    """Whether a period holds at a date. A period known to the year begins and ends somewhere within these years."""
    first, last = days_of(date)
    begins = days_of(since) if since else None
    ends = days_of(until) if until else None
    if (begins and last < begins[0]) or (ends and first > ends[1]):
        return InForce.NO
    sure = (not begins or first >= begins[1]) and (not ends or last <= ends[0])
    return InForce.YES if sure else InForce.UNSURE
