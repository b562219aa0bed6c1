"""An engine that is loaded when a pair of its is asked for, not when engines are listed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from toolkit.engines.protocol import Ability, Draft, Engine, Request
from toolkit.engines.wrapped import scores_of
from toolkit.languages import Language


@dataclass(frozen=True)
class DeferredEngine:
    """What `load` makes, for `pairs`; what is known of it beforehand is told without loading it.

    Raises what loading raises, once it is to translate.
    """

    id: str
    abilities: Ability
    pairs: frozenset[tuple[Language, Language]]
    load: Callable[[], Engine]

    @cached_property
    def engine(self) -> Engine:
        return self.load()

    def can(self, source: Language, target: Language) -> bool:
        return (source, target) in self.pairs

    def translate(
        self, segments: Sequence[Request], source: Language, target: Language, *, n_best: int = 1
    ) -> Sequence[Draft | None]:
        return self.engine.translate(segments, source, target, n_best=n_best)

    def score(self, pairs: Sequence[tuple[str, str]], source: Language, target: Language) -> Sequence[float]:
        """As a Scorer, where the engine is one. Raises WrongUse, and what loading raises."""
        return scores_of(self.engine, pairs, source, target)
