"""Translation through a third language: what the first engine writes, the second translates.

Constraints are carried over by the first engine's alignment, and the alignments of both are joined into one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from toolkit.engines.protocol import Ability, Constraint, Draft, Engine, Held, Request
from toolkit.languages import Language
from toolkit.text.spans import Span

Alignment = tuple[tuple[Span, Span], ...]


@dataclass(frozen=True)
class Pivot:
    """Translates from what `first` reads into what `second` writes, by way of `through`."""

    first: Engine
    second: Engine
    through: Language = Language.EN

    @property
    def id(self) -> str:
        return f"{self.first.id}>{self.second.id}"

    @property
    def abilities(self) -> Ability:
        """Drafts are those of the second engine; what needs the source's spans needs the first one's alignment."""
        able = self.second.abilities & ~Ability.SCORES
        aligned = Ability.ALIGNMENT in self.first.abilities
        return able if aligned else able & ~(Ability.ALIGNMENT | Ability.CONSTRAINTS)

    def can(self, source: Language, target: Language) -> bool:
        return (
            len({source, self.through, target}) == 3
            and self.first.can(source, self.through)
            and self.second.can(self.through, target)
        )

    def translate(
        self, segments: Sequence[Request], source: Language, target: Language, *, n_best: int = 1
    ) -> Sequence[Draft | None]:
        """A draft for each segment; None where either engine has none. Raises ModelUnusable."""
        bare = [Request(segment.text) for segment in segments]
        middle = self.first.translate(bare, source, self.through)
        asked: list[Request] = []
        kept: list[tuple[int, Draft, list[int]]] = []
        for index, (segment, draft) in enumerate(zip(segments, middle, strict=True)):
            if draft is not None and draft.text.strip():
                constraints, numbers = _carried(segment.constraints, draft.alignment)
                asked.append(Request(draft.text, constraints))
                kept.append((index, draft, numbers))
        drafts: list[Draft | None] = [None] * len(segments)
        found = self.second.translate(asked, self.through, target, n_best=n_best)
        for (index, draft, numbers), final in zip(kept, found, strict=True):
            drafts[index] = None if final is None else _joined(draft, final, numbers)
        return drafts


def _carried(constraints: Sequence[Constraint], alignment: Alignment) -> tuple[tuple[Constraint, ...], list[int]]:
    """The constraints on the words of the middle text, and the number each has in the request."""
    carried: list[Constraint] = []
    numbers: list[int] = []
    for number, constraint in enumerate(constraints):
        words = [other for one, other in alignment if one.overlaps(constraint.span)]
        if not words:
            continue
        span = Span(min(word.start for word in words), max(word.end for word in words))
        if not any(span.overlaps(known.span) for known in carried):
            carried.append(replace(constraint, span=span))
            numbers.append(number)
    return tuple(carried), numbers


def _joined(first: Draft, second: Draft, numbers: Sequence[int]) -> Draft:
    scores = [draft.score for draft in (first, second) if draft.score is not None]
    return replace(
        second,
        score=min(scores) if len(scores) == 2 else None,
        alignment=tuple(
            dict.fromkeys(
                (source, target)
                for source, middle in first.alignment
                for other, target in second.alignment
                if middle.overlaps(other)
            )
        ),
        held=tuple(Held(numbers[held.constraint], held.span, held.near_tie) for held in second.held),
    )
