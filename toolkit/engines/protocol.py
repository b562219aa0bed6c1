"""The seam between the pipeline and whatever writes drafts: a model, a server, a person's file.

An engine knows nothing of glossaries: it is given strings that may stand where a span of the source is
translated, and says by its abilities whether it can hold to them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Flag, auto
from typing import Protocol

from toolkit.languages import Language
from toolkit.text.spans import Span


class Ability(Flag):
    """What an engine can do besides translating."""

    NONE = 0
    ALIGNMENT = auto()
    """Says which span of the source a span of the draft translates."""
    CONSTRAINTS = auto()
    """Writes one of the allowed strings where it translates a constrained span."""
    FORBIDDEN = auto()
    """Writes none of the forbidden strings."""
    N_BEST = auto()
    """Offers further drafts."""
    SCORES = auto()
    """Says how likely a draft is, its own or another's (`Scorer`)."""


@dataclass(frozen=True, slots=True)
class Constraint:
    """Where `span` of the source is translated, one of `allowed` should stand in the draft.

    `allowed` are all forms of the wanted name, its base form first, so that the sentence chooses among them;
    `forbidden` are other names that must not be written at all. An engine that cannot be told so
    (`Ability.CONSTRAINTS`, `FORBIDDEN`) ignores them: every draft is checked.
    """

    span: Span
    allowed: tuple[str, ...]
    forbidden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Request:
    """One segment to translate; spans of the constraints are code points of `text`.

    `before` is what the engine wrote for it, or for nearly the same text, when it was asked first. It is asked again
    for a name's sake: the quickest search will do, a draft far longer is no draft, and forbidden strings that stand in
    `before` are known to be in the way.
    """

    text: str
    constraints: tuple[Constraint, ...] = ()
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A constraint that the engine held to: its number in the request, and where the name stands in the draft.

    `near_tie` is True where another form was almost as likely.
    """

    constraint: int
    span: Span
    near_tie: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """What an engine wrote for a segment, with what it can tell of it."""

    text: str
    score: float | None = None
    """Mean log-probability of a token, where the engine has it."""
    alternatives: tuple[str, ...] = ()
    """Further drafts, the likeliest first."""
    alignment: tuple[tuple[Span, Span], ...] = ()
    """(source span, draft span) in code points, by words."""
    held: tuple[Held, ...] = ()


class Engine(Protocol):
    """Translates segments in batches. `id` names engine and model in the signature of a Result."""

    @property
    def id(self) -> str: ...

    @property
    def abilities(self) -> Ability: ...

    def can(self, source: Language, target: Language) -> bool:
        """Whether it translates from `source` into `target`."""
        ...

    def translate(
        self, segments: Sequence[Request], source: Language, target: Language, *, n_best: int = 1
    ) -> Sequence[Draft | None]:
        """A draft for each segment, in order; None where it has none. Raises ModelUnusable."""
        ...


class Scorer(Protocol):
    """An engine that can say how likely given translations are."""

    def score(self, pairs: Sequence[tuple[str, str]], source: Language, target: Language) -> Sequence[float]:
        """The mean log-probability of a token for each (source, translation)."""
        ...


@dataclass(frozen=True)
class ScriptedEngine:
    """An engine that says what it was told to: for tests and demonstrations. `asked` keeps what it was given."""

    drafts: Mapping[str, str]
    id: str = "scripted"
    abilities: Ability = Ability.NONE
    asked: list[Request] = field(default_factory=list)

    def can(self, source: Language, target: Language) -> bool:
        return source is not target

    def translate(
        self, segments: Sequence[Request], source: Language, target: Language, *, n_best: int = 1
    ) -> Sequence[Draft | None]:
        self.asked.extend(segments)
        found = [self.drafts.get(segment.text) for segment in segments]
        return [None if text is None else Draft(text) for text in found]
