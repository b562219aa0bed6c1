"""Two engines in a row: from the source into a middle language, and from there into the target.

Constraints hold for the target, so the second engine is told of them; where their spans lie in the middle text is
known from the alignment of the first. One whose span has no counterpart there is dropped: every draft is checked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from toolkit.engines.protocol import Ability, Constraint, Draft, Engine, Held, Request
from toolkit.languages import Language
from toolkit.text.spans import Span

_PASSED_ON = Ability.ALIGNMENT | Ability.CONSTRAINTS | Ability.FORBIDDEN


@dataclass(frozen=True, slots=True)
class PivotEngine:
    """Translates through `middle`. Any two engines will do; what both can align is aligned."""

    first: Engine
    second: Engine
    middle: Language = Language.EN

    @property
    def id(self) -> str:
        return f"{self.first.id}+{self.second.id}"

    @property
    def abilities(self) -> Ability:
        """Alignment where both have it; what the second can do, its constraints if the first can align."""
        second = self.second.abilities & ~Ability.SCORES
        return second if Ability.ALIGNMENT in self.first.abilities else second & ~_PASSED_ON

    def can(self, source: Language, target: Language) -> bool:
        if self.middle in (source, target):
            return False
        return self.first.can(source, self.middle) and self.second.can(self.middle, target)

    def translate(
        self, segments: Sequence[Request], source: Language, target: Language, *, n_best: int = 1
    ) -> Sequence[Draft | None]:
        """A draft for each segment; None where one of the two engines had none."""
        again = [segment.before is not None for segment in segments]
        plain = [
            Request(segment.text, before=segment.text if known else None)
            for segment, known in zip(segments, again, strict=True)
        ]
        between = self.first.translate(plain, source, self.middle)
        carried = [
            None if draft is None else _carried(segment.constraints, draft)
            for segment, draft in zip(segments, between, strict=True)
        ]
        requests = [
            Request(draft.text, tuple(constraint for _, constraint in constraints), segment.before)
            for segment, draft, constraints in zip(segments, between, carried, strict=True)
            if draft is not None and constraints is not None
        ]
        drafts = iter(self.second.translate(requests, self.middle, target, n_best=n_best))
        return [
            None if middle is None or constraints is None else _joined(middle, next(drafts), constraints)
            for middle, constraints in zip(between, carried, strict=True)
        ]


_Numbered = list[tuple[int, Constraint]]


def _carried(constraints: Sequence[Constraint], middle: Draft) -> _Numbered:
    """The constraints, with their numbers, moved to where the middle text has their spans."""
    found = []
    for number, constraint in enumerate(constraints):
        aligned = [theirs for ours, theirs in middle.alignment if ours.overlaps(constraint.span)]
        if aligned:
            found.append((number, replace(constraint, span=_last_stretch(middle.text, aligned))))
    return found


def _last_stretch(text: str, spans: Sequence[Span]) -> Span:
    """The last of the stretches in which these words follow one another with nothing but spaces between.

    A name in a case is often a preposition and a name in another language: the name is what comes last. Words that
    are far apart are no one rendering.
    """
    ordered = sorted(set(spans))
    start = end = ordered[-1]
    for span in reversed(ordered[:-1]):
        if text[span.end : start.start].strip():
            break
        start = span
    return Span(start.start, end.end)


def _joined(middle: Draft, last: Draft | None, constraints: _Numbered) -> Draft | None:
    """The last draft, aligned with and held to the source."""
    if last is None:
        return None
    alignment = {
        (ours, theirs)
        for ours, between in middle.alignment
        for ours_between, theirs in last.alignment
        if between.overlaps(ours_between)
    }
    held = tuple(Held(constraints[one.constraint][0], one.span, one.near_tie) for one in last.held)
    return replace(last, score=None, alignment=tuple(sorted(alignment, key=lambda pair: (pair[1], pair[0]))), held=held)
