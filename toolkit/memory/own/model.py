"""What a memory that grows is given, and what it gives back."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.languages import Language
from toolkit.memory.sources import Entry


@dataclass(frozen=True, slots=True)
class Record:
    """A translation to be stored: its sides as plain text, and where it comes from."""

    sides: Mapping[Language, str]
    origin: str
    """A file, a person or a tool."""
    topic: str = ""
    source: Language | None = None
    """The side that the others were translated from, where that is known."""
    date: str = ""
    """When it was made, ISO 8601; the time of storing where it is empty."""
    signature: str = ""
    """The packs and, where names were put right by one, the policy that it was stored under."""

    @property
    def digest(self) -> int:
        """63 bits of the sides: what has the same is the same translation."""
        text = "\0".join(
            f"{language.value}\0{unicodedata.normalize('NFC', self.sides[language])}" for language in sorted(self.sides)
        )
        return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") >> 1


@dataclass(frozen=True, slots=True)
class Stored:
    """A translation in the memory."""

    number: int
    record: Record

    @property
    def entry(self) -> Entry:
        return Entry(self.record.sides, self.record.topic, self.record.origin, marked=False)


@dataclass(frozen=True, slots=True)
class Former:
    """What a side said before its names were put right: its text, when and under what that was stored, and when it
    was replaced."""

    language: Language
    text: str
    date: str
    signature: str
    replaced: str


@dataclass(frozen=True, slots=True)
class Added:
    """How many translations were stored, and how many the memory had already."""

    stored: int = 0
    duplicates: int = 0

    def __add__(self, other: Added) -> Added:
        return Added(self.stored + other.stored, self.duplicates + other.duplicates)
