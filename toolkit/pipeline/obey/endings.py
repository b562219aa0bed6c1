"""Endings of words that are no known form: a mangled name mostly keeps the ending that the sentence wants."""

from __future__ import annotations


def same_end(one: str, other: str) -> int:
    """How many letters two words end in alike."""
    shorter = min(len(one), len(other))
    return next((n for n in range(shorter) if one[-n - 1] != other[-n - 1]), shorter)
