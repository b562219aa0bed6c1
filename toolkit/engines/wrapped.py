"""An engine around another one: all that the inner one can do, the outer one can."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from toolkit.engines.protocol import Ability, Engine
from toolkit.errors import WrongUse
from toolkit.languages import Language


@dataclass(frozen=True)
class WrappedEngine:
    """What every wrapper passes on; it says itself how it translates."""

    engine: Engine

    @property
    def id(self) -> str:
        return self.engine.id

    @property
    def abilities(self) -> Ability:
        return self.engine.abilities

    def can(self, source: Language, target: Language) -> bool:
        return self.engine.can(source, target)

    def score(self, pairs: Sequence[tuple[str, str]], source: Language, target: Language) -> Sequence[float]:
        """As a Scorer, where the engine is one. Raises ModelUnusable."""
        return scores_of(self.engine, pairs, source, target)


def scores_of(engine: Engine, pairs: Sequence[tuple[str, str]], source: Language, target: Language) -> Sequence[float]:
    """What a Scorer says of translations. Raises WrongUse for an engine that is none, ModelUnusable."""
    scorer: Any = engine
    if Ability.SCORES not in engine.abilities:
        raise WrongUse(f"{engine.id} gives no scores", remedy="look at its abilities first")
    found: Sequence[float] = scorer.score(pairs, source, target)
    return found
