"""What an evaluation says, as JSON and as a page say it."""

from __future__ import annotations

from enum import StrEnum
from math import sqrt

from pydantic import BaseModel, ConfigDict, Field

from toolkit.languages import Language

_Z = 1.96
"""Standard deviations of a 95 % interval."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class Share(_Part):
    """How many of how many."""

    hits: int
    of: int

    @property
    def share(self) -> float | None:
        """Between 0 and 1; None of nothing."""
        return self.hits / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of the share (E. Wilson, 1927)."""
        if not self.of:
            return 0.0, 1.0
        share, spread = self.hits / self.of, _Z * _Z / self.of
        middle = share + spread / 2
        half = _Z * sqrt(share * (1 - share) / self.of + spread / (4 * self.of))
        return max(0.0, (middle - half) / (1 + spread)), min(1.0, (middle + half) / (1 + spread))

    def __add__(self, other: Share) -> Share:
        return Share(hits=self.hits + other.hits, of=self.of + other.of)


NOTHING = Share(hits=0, of=0)


class NameScores(_Part):
    """What became of the names of the sources; each level counts a mention of the translation once."""

    base: Share = Field(NOTHING, description="The wanted name stands in its base form.")
    form: Share = Field(NOTHING, description="The wanted name stands in some form.")
    lemma: Share = Field(NOTHING, description="The entity is named, by whatever name.")
    silent: Share = Field(NOTHING, description="Neither named nor flagged.")
    flagged: Share = Field(NOTHING, description="A finding points at the mention.")

    def __add__(self, other: NameScores) -> NameScores:
        return NameScores(**{field: getattr(self, field) + getattr(other, field) for field in NameScores.model_fields})


class TextScore(_Part):
    """A corpus score of sacrebleu, with its 95 % interval by bootstrap."""

    score: float
    margin: float
    signature: str


class Round(_Part):
    """One system's translations at one moment: as they came, or after the repair of names."""

    names: NameScores
    by_kind: dict[str, NameScores] = {}
    by_usage: dict[str, NameScores] = {}
    wrong: int = Field(0, description="Names in the translation that the source does not call for.")
    sentences: Share = Field(NOTHING, description="Sentences with a finding.")
    codes: dict[str, int] = {}
    chrf: TextScore | None = None
    bleu: TextScore | None = None


class Sentence(_Part):
    """A sentence to look at."""

    number: int
    source: str
    reference: str
    given: str
    repaired: str
    remarks: tuple[str, ...]


class Made(StrEnum):
    """Where the translations of a system come from."""

    FILE = "file"
    PERSON = "person"
    RUN = "run"
    """Made for the measurement by an installed engine or the memory."""


class System(_Part):
    """An engine, the memory, a file or the reference itself, in one direction."""

    name: str
    suite: str = ""
    made: Made = Made.FILE
    source: Language
    target: Language
    policy: str
    sentences: int
    given: Round
    repaired: Round | None = None
    worst: tuple[Sentence, ...] = ()
    signature: str = ""


class Report(_Part):
    """Everything that was measured, by direction and system."""

    systems: tuple[System, ...]
    signature: str
