"""Who a request comes from. Routes ask for a `Principal`; what made it (a key, or none needed) is not their matter."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request

from toolkit.keys.model import SCOPES


@dataclass(frozen=True, slots=True)
class Principal:
    """`id` is the id of a key, never the key; what a principal owns (jobs, glossaries, usage) is kept under it."""

    id: str
    scopes: frozenset[str]


ANONYMOUS = Principal("anonymous", frozenset(SCOPES))
"""Everybody on this machine, where the server has no keys."""


def principal_of(request: Request) -> Principal:
    """The principal that the middleware has set; ANONYMOUS where no keys are asked for."""
    found: Principal = getattr(request.state, "principal", ANONYMOUS)
    return found


__all__ = ["ANONYMOUS", "SCOPES", "Principal", "principal_of"]
