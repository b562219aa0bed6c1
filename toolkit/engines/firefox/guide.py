"""What overrules the choice of pieces for one sentence: the seam between the search and names held to (`held`)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np

from toolkit.engines.firefox.borders import Borders
from toolkit.engines.firefox.marian import Array
from toolkit.engines.firefox.shortlist import Allowed

NEVER = np.float32(-np.inf)
_NO_LESS = np.zeros((), np.float32)


@dataclass(frozen=True, slots=True)
class Back:
    """Instead of a piece: forget all from this position on, and choose again there."""

    position: int


@dataclass(frozen=True, slots=True)
class Again:
    """Instead of the end of the sentence: put it aside as an attempt, and write another from there on.

    Attempts are numbered from 0; the other one begins as that of the number does, up to the position.
    """

    attempt: int
    position: int


@dataclass(frozen=True, slots=True)
class Settle:
    """Instead of the end of the sentence: take the attempt of this number."""

    attempt: int


class Logits(NamedTuple):
    """The numbers that one sentence's step gave for the pieces it may use; those it may not use are NEVER."""

    row: Array
    """A number for each piece of the vocabulary, or for each that the shortlist of the batch lets through."""
    allowed: Allowed | None

    def of(self, piece: int) -> float:
        """The number of a piece that the sentence may use."""
        return self.row.item(piece if self.allowed is None else self.allowed.column[piece])

    def of_each(self, pieces: Iterable[int]) -> list[float]:
        """The numbers of pieces that the sentence may use."""
        if self.allowed is None:
            return list(map(self.row.item, pieces))
        return [self.row.item(self.allowed.column[piece]) for piece in pieces]

    def best(self, banned: Collection[int], less: Array | None = None) -> int:
        """The likeliest piece that is not banned, each by as much less likely as `less` has it for its piece."""
        column = int(self._without(banned, less).argmax())
        return column if self.allowed is None else int(self.allowed.ids[column])

    def highest(self, banned: Collection[int], less: Array) -> float:
        """The number of that piece, less what `less` has for it."""
        row = self._without(banned, less)
        return row.item(row.argmax())

    def _without(self, banned: Collection[int], less: Array | None) -> Array:
        if less is None:
            less = _NO_LESS
        elif self.allowed is not None:
            less = less[self.allowed.ids]
        row: Array = self.row - less
        for piece in banned:
            row[piece if self.allowed is None else self.allowed.column[piece]] = NEVER
        return row


class Moment(NamedTuple):
    """A step of one sentence, as a guide sees it."""

    logits: Logits
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
    seen: Array
    """How much they looked at each piece of the source all together; it may be longer than that is."""
    is_clear: int
    """Not 0 if this look may be clearly at what the guide waits for."""
    was_clear: int
    """Not 0 if a look of the word that was being written may have been."""


class Guide(Protocol):
    """Overrules the choice of pieces for one sentence. It is asked when the `watch` over the batch finds a need."""

    borders: Borders
    """Of the vocabulary that is written, the same for all guides of a batch."""
    awaited: Array
    """1 for each piece of the source that it waits to be looked at, 0 for the others and the end."""

    @property
    def waits(self) -> bool:
        """Whether it still waits for any of them."""
        ...

    ahead: tuple[int, ...]
    """The pieces to be written before it is asked again; the search takes them from here."""

    @property
    def busy(self) -> bool:
        """Whether it has to be asked at the next step, whatever that is."""
        ...

    @property
    def parted(self) -> bool:
        """Whether it has to be asked at the next step if the likeliest piece makes the last word longer."""
        ...

    def extra_pieces(self) -> Collection[int]:
        """Pieces that it may write whatever the source, which a shortlist must let through."""
        ...

    def forbids(self, ids: Sequence[int]) -> bool:
        """Whether the word that `ids` end in may have to be taken back: called after nearly every word."""
        ...

    def choose(self, moment: Moment) -> int | Back | Again | Settle:
        """The piece to write, or what else to do."""
        ...

    def stopped(self) -> int | None:
        """The attempt to take where the sentence was stopped at its greatest length; None for the last."""
        ...
