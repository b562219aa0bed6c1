"""What passes between the parts of a batch: items that are read, chunks that are worked on, answers that are written.

Everything that travels to a worker is plain data that JSON can carry.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from toolkit.documents.file import LONGEST_LINE
from toolkit.errors import DragomanError


class BatchVerb(StrEnum):
    """What is done to every item; alphabetical."""

    CHECK = "check"
    LINT = "lint"
    RESTYLE = "restyle"
    TRANSLATE = "translate"

    @property
    def bilingual(self) -> bool:
        """Whether it needs two languages."""
        return self in (BatchVerb.CHECK, BatchVerb.TRANSLATE)


@dataclass(frozen=True)
class Task:
    """What a batch is to do, as a worker is told it. Languages are codes; of one-language verbs `source` is the text's.

    `maker` names the function that makes a worker's answering function of a task, as "module:function".
    """

    verb: str
    source: str | None = None
    targets: tuple[str, ...] = ()
    policy: str | None = None
    date: str | None = None
    engine: str | None = None
    quality: str | None = None
    format: str | None = None
    columns: str | None = None
    paths: str | None = None
    fix: bool = False
    brief: bool = False
    """Whether a row that comes out lists no segments and mentions."""
    expected: str = ""
    """The signature by which the ledger knows what comes out; a worker that would give it another does not begin."""
    maker: str = "toolkit.batch.answer:make_answerer"


@dataclass(frozen=True)
class Failure:
    """Why an item was passed by, for errors.jsonl."""

    code: str
    error: str

    @classmethod
    def of(cls, error: DragomanError) -> Failure:
        return cls(error.code, str(error))


@dataclass(frozen=True, slots=True)
class Item:
    """A text of the archive: a row of a table (`row`: the fields that count), or a file (`path`, for check `other`).

    `digest` is that of everything in it that counts; `place` is where a person finds it; `size` is in characters of a
    row and in bytes of a file, and is what chunks are measured by.
    """

    place: str
    digest: str
    size: int
    identity: Any = None
    row: dict[str, Any] | None = None
    path: str | None = None
    other: str | None = None
    failure: Failure | None = None
    """Set where it could not even be read."""


@dataclass(frozen=True, slots=True)
class Unread:
    """An item as it lies in the archive. `part` is how much of the archive it is, by whatever its source counts by.

    `stamp` is a digest of its bytes: two items with the same stamp at the same place are read as the same; empty where
    nothing but reading tells.
    """

    place: str
    part: int
    stamp: bytes
    read: Callable[[], Item]


@dataclass(frozen=True, slots=True)
class Reading:
    """What an item was found to be, as far as its key depends on it: the digest of what counts, and what it asks for
    itself (`asked`, in JSON; empty where it asks for nothing)."""

    digest: str
    asked: str = ""
    stamp: bytes = b""


@dataclass(frozen=True)
class Answer:
    """What became of an item: a line of JSON, files by name (in base64), or a failure."""

    line: str | None = None
    files: tuple[tuple[str, str], ...] = ()
    untranslated: int = 0
    worst: int = -1
    """Rank of the severest finding; -1 where there is none."""
    failure: Failure | None = None
    fatal: bool = False
    """Whether the failure may be every item's: a model or pack that is missing or broken."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An item's output that an earlier run wrote. Where it lies is for the sink that found it to know."""

    untranslated: int
    worst: int
    failed: bool = False
    where: tuple[int, int] | None = None
    """Generation and number of a row that has to be copied; None where the output is in its place."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An item with what is known of it before anybody works on it."""

    number: int
    item: Item
    key: bytes
    kept: Kept | None = None
    reading: Reading = Reading("")

    @property
    def waits(self) -> bool:
        return self.kept is None and self.item.failure is None


@dataclass(frozen=True)
class Chunk:
    """Items that follow each other. A worker gets those that wait at one time."""

    entries: tuple[Entry, ...]

    @property
    def work(self) -> list[Item]:
        return [entry.item for entry in self.entries if entry.waits]


@dataclass
class Counts:
    """How far a batch is. `characters` are those that were worked on, `size` all that went by."""

    items: int = 0
    kept: int = 0
    done: int = 0
    failed: int = 0
    untranslated: int = 0
    worst: int = -1
    characters: int = 0
    left_out: int = 0

    def add(self, entry: Entry, answer: Answer | None) -> None:
        """Count one item with its answer; None where it was kept."""
        self.items += 1
        outcome: Kept | Answer = entry.kept or answer or Answer()
        failed = outcome.failed if isinstance(outcome, Kept) else outcome.failure is not None
        self.failed += failed
        self.kept += entry.kept is not None
        self.done += entry.kept is None and not failed
        self.characters += entry.item.size if entry.kept is None else 0
        self.untranslated += outcome.untranslated > 0
        self.worst = max(self.worst, outcome.worst)


LONGEST_TEXT = LONGEST_LINE
"""Characters of one row's text."""


def texts_of(row: dict[str, Any]) -> Sequence[str]:
    """The texts among a row's fields."""
    return [row[key] for key in ("text", "source", "target") if isinstance(row.get(key), str)]


@dataclass(frozen=True)
class Fields:
    """How a table's fields are called that count, by what they are to a verb."""

    names: dict[str, str] = field(default_factory=dict)

    def name(self, key: str) -> str:
        return self.names.get(key, key)
