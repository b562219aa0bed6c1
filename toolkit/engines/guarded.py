"""Engines that `auto` asks one after the other: one that cannot be used is said to be left aside, and the next asked.

Where all of them fail, the last error is raised: a text must not stay untranslated for a reason that is only whispered.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from toolkit.engines.protocol import Ability, Draft, Request
from toolkit.engines.wrapped import WrappedEngine
from toolkit.errors import ModelUnusable
from toolkit.languages import Language

Tell = Callable[[ModelUnusable], None]


@dataclass
class Attempts:
    """What became of the engines of a pair so far."""

    count: int
    tell: Tell
    failed: set[str] = field(default_factory=set)
    _told: set[str] = field(default_factory=set)

    def fail(self, name: str, error: ModelUnusable) -> None:
        """Say it, once; raises the error where no engine is left."""
        self.failed.add(name)
        if len(self.failed) == self.count:
            raise error
        if str(error) not in self._told:
            self._told.add(str(error))
            self.tell(error)


@dataclass(frozen=True)
class GuardedEngine(WrappedEngine):
    """`engine`, which has no drafts where it cannot be used, as long as another can."""

    attempts: Attempts

    def translate(
        self, segments: Sequence[Request], source: Language, target: Language, *, n_best: int = 1
    ) -> Sequence[Draft | None]:
        """The drafts of the engine. Raises ModelUnusable where none of all engines can be used."""
        try:
            drafts = self.engine.translate(segments, source, target, n_best=n_best)
        except ModelUnusable as error:
            self.attempts.fail(self.id, error)
            return [None] * len(segments)
        self.attempts.failed.discard(self.id)
        return drafts


@dataclass(frozen=True)
class UnusableEngine:
    """Stands for the only model of a pair, a broken one: what needs no engine is translated all the same."""

    error: ModelUnusable
    id: str = "none"
    abilities: Ability = Ability.NONE

    def can(self, source: Language, target: Language) -> bool:
        return source is not target

    def translate(
        self, segments: Sequence[Request], source: Language, target: Language, *, n_best: int = 1
    ) -> Sequence[Draft | None]:
        """Raises ModelUnusable, but for no segments."""
        if segments:
            raise self.error
        return []
