"""What overrules the choice of pieces for one sentence: the seam between the search and names held to (`held`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from toolkit.engines.firefox.marian import Array


@dataclass(frozen=True, slots=True)
class Back:
    """Instead of a piece: forget all from this position on, and choose again there."""

    position: int
    keep: bool = False
    """The sentence is complete: put it aside as an attempt, numbered from 0, before going back."""


@dataclass(frozen=True, slots=True)
class Settle:
    """Instead of the end of the sentence: take the attempt of this number."""

    attempt: int


class Moment(NamedTuple):
    """A step of one sentence, as a guide sees it."""

    logits: Callable[[], Array]
    """Makes an array of a number for each piece, which may be written into; most moments do without."""
    total: float
    """A piece's logarithmic probability is its logit less this."""
    best: int
    """The likeliest piece."""
    look: Array
    """How much this step looked at each piece of the source."""
    looks: Sequence[Array]
    """How much each piece so far did."""
    ids: Sequence[int]
    """The pieces so far."""
    chances: Sequence[float]
    """Their logarithmic probabilities."""


class Guide(Protocol):
    """Overrules the choice of pieces for one sentence."""

    def wants(self, best: int, ids: Sequence[int]) -> bool:
        """Whether it has to be asked what follows `ids`; `best` is the likeliest piece."""
        ...

    def choose(self, moment: Moment) -> int | Back | Settle:
        """The piece to write, or what else to do."""
        ...

    def stopped(self) -> int | None:
        """The attempt to take where the sentence was stopped at its greatest length; None for the last."""
        ...
