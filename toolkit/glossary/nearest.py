"""What somebody may have meant by a word that is not there."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

_ALIKE = 0.75


def meant(word: str, known: Iterable[str], otherwise: str) -> str:
    """The remedy for a misspelt word: the known one that it is near to, or what can be done otherwise."""
    near = get_close_matches(word, sorted(known), n=1, cutoff=_ALIKE)
    return f"did you mean {near[0]}?" if near else otherwise
