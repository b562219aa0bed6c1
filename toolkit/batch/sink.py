"""The seam between a batch and where its outputs go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from toolkit.batch.model import Answer, Entry, Kept, Reading, Unread


class Sink(Protocol):
    """Asked about every item in order, by `seen` and then by `known`; given every one in the same order by `put`,
    further behind."""

    @property
    def stopped(self) -> bool:
        """Whether an earlier run was stopped in the middle, so that there is work behind what it did."""
        ...

    def seen(self, unread: Unread) -> Reading | None:
        """What an earlier run read the next item as, if it lies there as it did then."""
        ...

    def known(self, place: str, key: bytes) -> Kept | None:
        """The item's output, if an earlier run made it of the same item in the same way and it is still there."""
        ...

    def put(self, outcomes: Sequence[tuple[Entry, Answer | None]]) -> None:
        """Take outputs, make them safe soon, and then enter them into the ledger; None where an item is kept."""
        ...

    def finish(self, count: int) -> None:
        """All `count` items were put: make the output complete."""
        ...

    def failures(self) -> Iterator[str]:
        """The lines of errors.jsonl, in the order of the items."""
        ...

    def close(self) -> None:
        """Make safe what was put."""
        ...


def lasting_key(entry: Entry, answer: Answer | None) -> bytes:
    """The key to enter into the ledger; none for a failure of a model, which another run is to try again."""
    return b"" if answer is not None and answer.fatal else entry.key
