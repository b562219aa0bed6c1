"""The seam between the pipeline and whatever writes drafts: a model, a server, a person's file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from toolkit.languages import Language
from toolkit.text.spans import Span


@dataclass(frozen=True, slots=True)
class Constraint:
    """Where a span of the source is translated, one of `allowed` should stand in the draft, in some form of it.

    An engine that cannot be told so ignores it: the pipeline checks every draft.
    """

    span: Span
    allowed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Request:
    """One segment to translate; spans of the constraints are code points of `text`."""

    text: str
    constraints: tuple[Constraint, ...] = ()


class Engine(Protocol):
    """Translates segments in batches. `id` names engine and model in the signature of a Result."""

    @property
    def id(self) -> str: ...

    def can(self, source: Language, target: Language) -> bool:
        """Whether it translates from `source` into `target`."""
        ...

    def translate(self, segments: Sequence[Request], source: Language, target: Language) -> Sequence[str | None]:
        """A draft for each segment, in order; None where it has none. Raises ModelUnusable."""
        ...


@dataclass(frozen=True)
class ScriptedEngine:
    """An engine that says what it was told to: for tests and demonstrations. `asked` keeps what it was given."""

    drafts: Mapping[str, str]
    id: str = "scripted"
    asked: list[Request] = field(default_factory=list)

    def can(self, source: Language, target: Language) -> bool:
        return source is not target

    def translate(self, segments: Sequence[Request], source: Language, target: Language) -> Sequence[str | None]:
        self.asked.extend(segments)
        return [self.drafts.get(segment.text) for segment in segments]
