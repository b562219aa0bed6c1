"""Who the work that is being done is for. Set around a request, seen by whatever thread does its work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from api.auth.principal import ANONYMOUS


@dataclass
class Meter:
    """`principal` is the id of who asked; `characters` is what was worked on for it."""

    principal: str
    characters: int = 0


_CURRENT: ContextVar[Meter | None] = ContextVar("meter", default=None)


@contextmanager
def metered(meter: Meter) -> Iterator[Meter]:
    """Whatever is worked on inside is counted for the meter's principal. Jobs use it as requests do."""
    token = _CURRENT.set(meter)
    try:
        yield meter
    finally:
        _CURRENT.reset(token)


def current_meter() -> Meter:
    """The meter around this work; one of ANONYMOUS where there is none."""
    return _CURRENT.get() or Meter(ANONYMOUS.id)
