"""What is known of a stretch of text that may name an entity."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from toolkit.glossary.names import CompiledName, Role
from toolkit.morphology.base import Features
from toolkit.text.spans import Span


class Zone(StrEnum):
    NARRATION = "narration"
    QUOTE = "quote"
    PROTECTED = "protected"
    METALINGUISTIC = "metalinguistic"


class Doubt(StrEnum):
    """Why a mention could not be decided."""

    ENTITY = "ambiguous-entity"
    HOMOGRAPH = "homograph"


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a surface: a name of an entity in a form; `usual` is False for an older or rarer ending."""

    name: CompiledName
    features: Features
    usual: bool = True

    @property
    def entity(self) -> str:
        return self.name.entity

    @property
    def rank(self) -> tuple[bool, bool]:
        """Lower is likelier: a name as its entry gives it before a variant, a usual form before a rare one."""
        return self.name.role is Role.VARIANT, not self.usual


@dataclass(frozen=True, slots=True)
class Hit:
    """A surface that the glossary knows, with all its readings; `joiner` stood between stem and ending (' or -)."""

    span: Span
    readings: tuple[Reading, ...]
    joiner: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A resolved hit: the readings that the sentence allows, and the zone it stands in.

    `doubt` is set where the readings name several entities, or the word may be none; `sentence` is the span
    of the sentence in the same text.
    """

    span: Span
    surface: str
    readings: tuple[Reading, ...]
    zone: Zone
    sentence: Span
    joiner: str = ""
    doubt: Doubt | None = None
    chosen: str = ""
    """The usage that a person chose for this very mention (`source`: its own), before any policy."""

    @property
    def entity(self) -> str:
        return self.readings[0].entity

    @property
    def entities(self) -> tuple[str, ...]:
        return tuple(sorted({reading.entity for reading in self.readings}))

    @property
    def usages(self) -> tuple[str, ...]:
        """All usages under which the surface can be read, alphabetical."""
        return tuple(sorted({usage for reading in self.readings for usage in reading.name.usages}))

    @property
    def features(self) -> Features:
        return self.readings[0].features
