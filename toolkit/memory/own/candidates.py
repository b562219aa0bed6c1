"""Which of a million stored sides are worth comparing with a new one: those that share its rarest tokens.

Sentences that are 85 % alike differ in a word or two, and share most of the other words and neighbours. What they
share is mostly rare; where it is all common, sides that have a third of the common tokens together are taken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log

from toolkit.memory.own.database import Database

_RARE = 400
"""A token in more sides than this is common: alone it tells too little to read them all."""
_TOGETHER = 2_000
"""Most sides that are read for several common tokens at once."""
_MANY = 5_000_000
_COMMON_SHARE = 0.45
"""Where fewer of a sentence's tokens are common, what it shares with another in rare ones alone decides."""


def candidates(database: Database, tokens: Sequence[str], most: int) -> list[int]:
    """Ids of the sides that share most with the tokens (which stand in the order of the text), best first."""
    weights: Counter[int] = Counter()
    common: list[str] = []
    for token in tokens:
        found = _having(database, token, _RARE + 1)
        if len(found) > _RARE:
            common.append(token)
        else:
            _weigh(weights, found, log(_MANY / (len(found) + 1)))
    if common and len(common) >= _COMMON_SHARE * len(tokens):
        weight = log(_MANY / _RARE)
        for group in _groups(common):
            _weigh(weights, _having(database, " ".join(group), _TOGETHER), weight * len(group))
    return [side for side, _ in weights.most_common(most)]


def _groups(common: Sequence[str]) -> list[Sequence[str]]:
    """All of them and, as some may be the very words that differ, each third of them."""
    third = -(-len(common) // 3)
    parts = [common[start : start + third] for start in range(0, len(common), third)]
    return [common, *parts] if len(parts) > 1 else [common]


def _having(database: Database, query: str, most: int) -> list[int]:
    """Sides that have all tokens of a query."""
    rows = database.rows("SELECT rowid FROM token WHERE token MATCH ? LIMIT ?", query, most)
    return [row[0] for row in rows]


def _weigh(weights: Counter[int], found: Sequence[int], weight: float) -> None:
    for side in found:
        weights[side] += weight  # type: ignore[assignment]  # a Counter of weights
