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
        scorer: Any = self.engine
        if Ability.SCORES not in self.abilities:
            raise WrongUse(f"{self.id} gives no scores", remedy="look at its abilities first")
        found: Sequence[float] = scorer.score(pairs, source, target)
        return found
