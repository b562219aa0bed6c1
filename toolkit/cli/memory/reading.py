"""What `stale` and `restyle` share: entries read again, and how they are shown."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

from toolkit.cli.memory.common import texts
from toolkit.cli.progress import tracked
from toolkit.cli.session import Session
from toolkit.memory.own.store import OwnMemory
from toolkit.pipeline.stale import Reading, read_again, reading_signature


def again(session: Session, memory: OwnMemory) -> Iterator[Reading]:
    """Every entry that was not yet read under the present glossary and policy."""
    policy = session.policy()
    older = memory.all(unless=reading_signature(session.glossary, policy))
    return iter(tracked(read_again(older, policy, session.glossary), "entries"))


class Report:
    """Shows stale entries as they are found, or all of them in one object."""

    def __init__(self, as_json: bool, lines: bool) -> None:
        self._as_json = as_json
        self._lines = lines
        self._rows: list[dict[str, Any]] = []
        self._read = 0
        self.stale = 0

    def add(self, read: Reading) -> None:
        self._read += 1
        if not read.stale:
            return
        self.stale += 1
        row = _row(read)
        if self._as_json:
            self._rows.append(row)
        elif self._lines:
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        else:
            sys.stdout.write(_shown(read))

    def close(self, *, applied: bool) -> None:
        if self._as_json:
            data = {"read": self._read, "stale": self.stale, "applied": applied, "entries": self._rows}
            sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")
            return
        stream = sys.stderr if self._lines else sys.stdout
        done = "put right" if applied else "stale"
        stream.write(f"entries read again: {self._read:,}, of which {self.stale:,} {done}\n")


def _row(read: Reading) -> dict[str, Any]:
    record = read.stored.record
    return {
        "number": read.stored.number,
        "origin": record.origin,
        "date": record.date,
        "signature": record.signature,
        "source": {"language": read.source.value, "text": record.sides[read.source]},
        "before": texts({language: record.sides[language] for language in read.sides}),
        "after": texts(read.sides),
        "remarks": list(read.remarks),
    }


def _shown(read: Reading) -> str:
    record = read.stored.record
    lines = [f"{read.stored.number}  {record.origin}, {record.date}\n  {read.source}  {record.sides[read.source]}\n"]
    for language, text in read.sides.items():
        lines.append(f"- {language}  {record.sides[language]}\n+ {language}  {text}\n")
    lines += [f"  {remark}\n" for remark in read.remarks]
    return "".join(lines)
