"""A job: one uploaded document, what is to be done with it, and how far that is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath

from pydantic import BaseModel, ConfigDict

from api.models import Override
from api.options import THRESHOLD
from toolkit.documents.formats import format_of
from toolkit.engines.ct2 import Quality
from toolkit.languages import Language


class State(StrEnum):
    """queued → running → done, failed or cancelled; and expired when its files are deleted."""

    CANCELLED = "cancelled"
    DONE = "done"
    EXPIRED = "expired"
    FAILED = "failed"
    QUEUED = "queued"
    RUNNING = "running"

    @property
    def ended(self) -> bool:
        return self not in (State.QUEUED, State.RUNNING)


class Verb(StrEnum):
    CHECK = "check"
    LINT = "lint"
    RESTYLE = "restyle"
    TRANSLATE = "translate"


class Task(BaseModel):
    """What is to be done with the file of a job. `name` is only ever shown; no path is made of it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    verb: Verb
    name: str
    format: str
    source: Language
    targets: tuple[Language, ...] = ()
    policy: str | None = None
    date: str | None = None
    engine: str | None = None
    quality: Quality | None = None
    memory_threshold: float = THRESHOLD
    columns: str | None = None
    paths: str | None = None
    overrides: tuple[Override, ...] = ()
    glossaries: tuple[str, ...] = ()
    """`translate` into one language: ids of uploaded glossaries, the first of them uppermost."""
    fix: bool = False
    seconds: int | None = None
    """Longest time it may take; the server's own limit holds too."""
    translation: str | None = None
    """`check`: the name of the second file, the translation."""
    characters: int = 0
    """Of the file, where they are counted."""
    key: str = ""
    """Hash of a secret that DeepL's clients name with the id."""

    @property
    def languages(self) -> tuple[Language, ...]:
        """Of the results: one for each."""
        return self.targets or (self.source,)

    @property
    def changes_text(self) -> bool:
        return self.fix or self.verb in (Verb.RESTYLE, Verb.TRANSLATE)

    @property
    def output_format(self) -> str:
        return format_of(self.translation) if self.translation else self.format

    def output_name(self, language: Language) -> str:
        """The name for the result in a language: story.en.md → story.hy.md, as the command line names it."""
        name = PurePath(self.translation or self.name)
        stem = name.stem.removesuffix(f".{language if self.translation else self.source}")
        return f"{stem}.{language.value}{name.suffix}"


@dataclass(frozen=True, slots=True)
class Progress:
    """Segments done of all; all is 0 before the document is read."""

    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Job:
    """A job as the queue has it. Times are seconds since 1970, 0 for what was not yet."""

    id: str
    owner: str
    task: Task
    state: State
    attempt: int
    """How often it was begun. Only what the last attempt says is taken."""
    failures: int
    """How many attempts failed or were lost."""
    progress: Progress
    findings: int
    reason: str
    created: float
    started: float
    finished: float
    expires: float


@dataclass(frozen=True, slots=True)
class Limits:
    """What a queue holds to. Times in seconds."""

    waiting: int = 200
    """Most jobs that wait."""
    waiting_of_owner: int = 100
    lease: float = 15.0
    """A job that its worker has not spoken of for so long is given to another."""
    kept: float = 86_400.0
    """A job's files are deleted so long after its end."""
    failures: int = 3
    """A job that failed, or was lost with its process, so often is not tried again."""
    pause: float = 5.0
    """Before a failed job is tried again, times its failures."""
