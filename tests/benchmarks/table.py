"""Print the figures of a benchmark run: `python tests/benchmarks/table.py results.json`."""

from __future__ import annotations

import json
import sys
from pathlib import Path


def main(path: str) -> None:
    """One line a benchmark: group, name, best time, what it measured."""
    rows = json.loads(Path(path).read_text(encoding="utf-8"))["benchmarks"]
    for row in sorted(rows, key=lambda row: (row["group"] or "", row["name"])):
        figures = ", ".join(f"{key} {value}" for key, value in row["extra_info"].items())
        sys.stdout.write(
            f"{row['group'] or '':<16} {row['name']:<60} {row['stats']['min'] * 1000:>10.1f} ms  {figures}\n"
        )


if __name__ == "__main__":
    main(sys.argv[1])
