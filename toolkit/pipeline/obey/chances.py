"""Whether asking again has a chance: what a step hopes for is scored first, for a small part of what drafting costs.

An engine that finds the wanted words all but impossible where they would stand will not write them when it is asked
once more. Where that cannot be told (no score, no certain place) there is a chance.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

from toolkit.engines.protocol import Ability, Scorer
from toolkit.pipeline.obey.aligned import words_for
from toolkit.pipeline.obey.case import Case, Desk
from toolkit.text.spans import Span

_HOPELESS = 12.0
"""So much less likely than its draft, as a logarithm, the engine finds words that it will not write. A wrong ending
or another word order costs less."""
_COST = 0.15
"""Of a score, measured by a first draft."""
_MOST = 0.25

Wanted = tuple[str, str]
"""A source and the translation hoped for."""


def with_a_chance(cases: Sequence[Case], hoped: Callable[[Case], Wanted | None], desk: Desk) -> list[Case]:
    """The cases worth asking about again, in order; `hoped` tells what a draft would have to be like, if it can."""
    if Ability.SCORES not in desk.engine.abilities:
        return list(cases)
    worth = {n for n, case in enumerate(cases) if case.draft.score is None or _place(case) is None}
    told = [number for number in range(len(cases)) if number not in worth]
    told = desk.budget.affords(told, lambda number: _COST * len(cases[number].request.text), _MOST)
    wanted = {number: hoped(cases[number]) for number in told}
    worth.update(number for number, pair in wanted.items() if pair is None)
    pairs = {number: pair for number, pair in wanted.items() if pair is not None}
    scores = cast(Scorer, desk.engine).score(list(pairs.values()), desk.source, desk.target) if pairs else ()
    for (number, pair), score in zip(pairs.items(), scores, strict=True):
        if _is_likely(cases[number], pair, score):
            worth.add(number)
    return [cases[number] for number in sorted(worth)]


def in_place(case: Case, words: str) -> str | None:
    """The draft with other words where the first missing name would stand; None where that is not certain."""
    place, text = _place(case), case.draft.text
    return None if place is None else text[: place.start] + words + text[place.end :]


def _place(case: Case) -> Span | None:
    missing = case.missing
    return words_for(missing[0].span, case.draft) if missing else None


def _is_likely(case: Case, pair: Wanted, score: float) -> bool:
    """Scores are means over tokens, of which a text has at least as many as words."""
    return ((case.draft.score or 0.0) - score) * (len(pair[1].split()) + 1) < _HOPELESS
