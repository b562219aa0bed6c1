"""A table of what a run made: segments by origin, mentions by action, findings by severity."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence

from toolkit.pipeline.findings import Severity
from toolkit.pipeline.result import Action, Origin, Result


def print_summary(results: Sequence[tuple[str, Result]]) -> None:
    """Print the table; each text and language is a row, only columns with something in them are shown."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    rows = [(name, result, _counts(result)) for name, result in results]
    columns = [key for key in _COLUMNS if any(counts[key] for _, _, counts in rows)]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("text")
    for group, value in columns:
        table.add_column(f"{group}\n{value}", justify="right")
    for name, result, counts in rows:
        cells = [str(counts[key]) if counts[key] else "·" for key in columns]
        table.add_row(f"{name} → {result.lang}", *cells)
    Console(file=sys.stdout, width=None if sys.stdout.isatty() else 140).print(table)


_COLUMNS = (
    *(("segments", origin.value) for origin in Origin),
    *(("mentions", action.value) for action in Action),
    *(("findings", severity.value) for severity in Severity),
)


def _counts(result: Result) -> Counter[tuple[str, str]]:
    return Counter(
        [
            *_keyed("segments", (segment.origin for segment in result.segments)),
            *_keyed("mentions", (mention.action for mention in result.mentions)),
            *_keyed("findings", (remark.severity for remark in result.findings)),
        ]
    )


def _keyed(group: str, values: Iterable[Action | Origin | Severity]) -> list[tuple[str, str]]:
    return [(group, value.value) for value in values]
