"""The report as a table of plain text or Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.evaluate.model import Report, System
from toolkit.evaluate.page import percent

_HEAD = (
    "direction", "system", "lines", "names", "base", "form", "entity", "flagged", "silent", "wrong", "chrF", "repaired",
)  # fmt: skip


def rows(report: Report) -> list[tuple[str, ...]]:
    """A row a system: names as they came (silent: after the repair), chrF as it came and after the repair."""
    return [_row(system) for system in report.systems]


def _row(system: System) -> tuple[str, ...]:
    names, last = system.given.names, (system.repaired or system.given)
    before, after = system.given.chrf, last.chrf
    return (
        f"{system.source}-{system.target}",
        system.name,
        str(system.sentences),
        str(names.base.of),
        percent(names.base),
        percent(names.form),
        percent(names.lemma),
        percent(last.names.flagged),
        percent(last.names.silent),
        str(last.wrong),
        f"{before.score:.1f}" if before else "–",
        f"{after.score:.1f}" if after else "–",
    )


def plain(report: Report) -> str:
    """Columns in line, for a terminal."""
    lines = [_HEAD, *rows(report)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(_HEAD))]
    return "".join(
        "  ".join(_cell(line, column, widths) for column in range(len(_HEAD))).rstrip() + "\n" for line in lines
    )


def markdown(report: Report) -> str:
    """A table for a page of documentation."""
    lines = [_HEAD, ("---",) * len(_HEAD), *rows(report)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _cell(line: Sequence[str], column: int, widths: Sequence[int]) -> str:
    return line[column].ljust(widths[column]) if column < 2 else line[column].rjust(widths[column])
