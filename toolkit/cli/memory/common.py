"""What the commands of the memory share: how rows are counted, shown and stored."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer

from toolkit.cli.session import Session
from toolkit.errors import BadOption, WrongUse
from toolkit.glossary.glossary import Glossary
from toolkit.languages import Language, parse_language
from toolkit.memory.exchange.model import Pair, Row
from toolkit.memory.own.model import Added, Record
from toolkit.memory.own.store import OwnMemory
from toolkit.pipeline.vetting import Vetted

_SHOWN = 20
"""Refused rows that are listed on a terminal; a file takes all."""
_LISTED = 1_000
"""Refused rows that one JSON object lists."""
_LOT = 500

Apply = Annotated[bool, typer.Option("--apply", help="Write to the memory; without it only say what would be done.")]
From = Annotated[str | None, typer.Option("--from", metavar="LANG", help="Language of the sources: az, en, hy or ru.")]
To = Annotated[str | None, typer.Option("--to", metavar="LANG", help="Language of the translations: az, en, hy or ru.")]
Strict = Annotated[bool, typer.Option("--strict", help="Refuse whatever `check` would warn about.")]
Refused = Annotated[
    Path | None, typer.Option("--refused", metavar="FILE", help="Write the refused rows to this file as lines of JSON.")
]
JsonLines = Annotated[bool, typer.Option("--jsonl", help="Write one JSON object a row.")]


class Status(StrEnum):
    ACCEPTED = "accepted"
    REFUSED = "refused"


def languages(source: str | None, target: str | None) -> Pair:
    """--from and --to. Raises UnknownLanguage, and WrongUse where both are the same."""
    given = Pair(
        parse_language(source, where="--from") if source else None,
        parse_language(target, where="--to") if target else None,
    )
    if given.source is not None and given.source is given.target:
        raise WrongUse("a text and its translation are in two languages", remedy="check --from and --to")
    return given


def writable(session: Session) -> OwnMemory:
    """The newsroom's own memory, made where there is none yet."""
    return session.own_memory or OwnMemory(session.settings.memory, session.glossary)


def existing(session: Session) -> OwnMemory:
    """The newsroom's own memory. Raises WrongUse where there is none."""
    if session.own_memory is None:
        raise WrongUse(
            "there is no memory of your own yet", where=str(session.settings.memory), remedy="`dragoman memory import`"
        )
    return session.own_memory


@dataclass
class Intake:
    """Takes vetted rows, stores them by the hundred where that is wanted, counts and reports them."""

    memory: OwnMemory | None
    glossary: Glossary
    apply: bool
    lines: bool = False
    refused_file: TextIO | None = None
    topic: str = ""
    origin: str = ""
    added: Added = field(default_factory=Added)
    reasons: Counter[str] = field(default_factory=Counter)
    refused: list[dict[str, Any]] = field(default_factory=list)
    _lot: list[tuple[Record, Vetted]] = field(default_factory=list)
    _seen: set[int] = field(default_factory=set)

    def take(self, vetted: Vetted, more: Mapping[str, Any] | None = None) -> None:
        """One row; `more` is what else a report says of it."""
        if vetted.refused:
            self._refuse(vetted, more or {})
            return
        self._lot.append((self._record(vetted.row), vetted))
        if self.lines:
            self._line(vetted.row, Status.ACCEPTED, more or {})
        if len(self._lot) >= _LOT:
            self.flush()

    def flush(self) -> None:
        """Store what has come in, all of it or nothing."""
        lot, self._lot = self._lot, []
        if self.apply and self.memory is not None:
            templates = {record.digest: vetted.templates for record, vetted in lot}
            self.added += self.memory.add([record for record, _ in lot], templates)
            return
        for record, _ in lot:
            known = record.digest in self._seen or (self.memory is not None and self.memory.has(record))
            self._seen.add(record.digest)
            self.added += Added(int(not known), int(known))

    @property
    def refused_count(self) -> int:
        return self.reasons.total()

    def summary(self) -> dict[str, Any]:
        return {
            "stored": self.added.stored,
            "duplicates": self.added.duplicates,
            "refused": self.refused_count,
            "applied": self.apply,
            "reasons": dict(self.reasons.most_common()),
            "rows": self.refused,
        }

    def report(self, *, as_json: bool) -> None:
        """What came of all rows."""
        if as_json:
            sys.stdout.write(json.dumps(self.summary(), ensure_ascii=False, indent=2) + "\n")
            return
        stream = sys.stderr if self.lines else sys.stdout
        if not self.lines:
            for row in self.refused[:_SHOWN]:
                stream.write(f"{row['where']}: {row['reason']}\n")
            if self.refused_count > _SHOWN:
                stream.write(f"… and {self.refused_count - _SHOWN:,} more (--refused FILE lists all)\n")
        done = "stored" if self.apply else "would be stored (--apply stores them)"
        stream.write(
            f"{self.added.stored:,} {done}, {self.added.duplicates:,} duplicates, {self.refused_count:,} refused\n"
        )

    def _record(self, row: Row) -> Record:
        return Record(
            row.sides,
            self.origin or row.origin or row.where.rpartition(":")[0] or row.where,
            self.topic or row.topic,
            row.source,
            row.date,
            self.glossary.signature,
        )

    def _refuse(self, vetted: Vetted, more: Mapping[str, Any]) -> None:
        first = vetted.refused.split(" ", 1)[0]
        self.reasons[first if first[1:].isdigit() else vetted.refused[:80].partition(":")[0]] += 1
        row = {"where": vetted.row.where, "reason": vetted.refused, **_sides(vetted.row), **more}
        if len(self.refused) < _LISTED:
            self.refused.append(row)
        if self.refused_file is not None:
            self.refused_file.write(json.dumps(row, ensure_ascii=False) + "\n")
        if self.lines:
            self._line(vetted.row, Status.REFUSED, {"reason": vetted.refused, **more})

    def _line(self, row: Row, status: Status, more: Mapping[str, Any]) -> None:
        data = {"where": row.where, "status": status.value, **more, **_sides(row)}
        sys.stdout.write(json.dumps(data, ensure_ascii=False) + "\n")


def opened(path: Path | None) -> AbstractContextManager[TextIO | None]:
    """A file to write, or nothing. Raises BadOption where it cannot be written."""
    if path is None:
        return nullcontext()
    try:
        return path.open("w", encoding="utf-8", newline="\n")
    except OSError as error:
        raise BadOption(f"cannot be written: {error.strerror}", where=str(path), remedy="give another file") from None


def write_pieces(pieces: Iterable[str], out: Path | None) -> None:
    """To a file, which appears whole or not at all, or to standard output."""
    if out is None:
        sys.stdout.writelines(pieces)
        return
    part = out.with_name(out.name + ".part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as stream:
            stream.writelines(pieces)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise BadOption(f"cannot be written: {error.strerror}", where=str(out), remedy="give another file") from None
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    part.replace(out)
    sys.stderr.write(f"{out}\n")


def _sides(row: Row) -> dict[str, str]:
    return {language.value: text for language, text in row.sides.items()}


def texts(sides: Mapping[Language, str]) -> dict[str, str]:
    """Sides as JSON has them."""
    return {language.value: sides[language] for language in sorted(sides)}
