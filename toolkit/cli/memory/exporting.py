"""`dragoman memory export`: your own translations for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.memory import common
from toolkit.cli.progress import tracked
from toolkit.cli.session import DONE, Session
from toolkit.memory.exchange.write import write_entries


def export(
    format_name: Annotated[
        str,
        typer.Argument(metavar="FORMAT", help="jsonl, tmx, xliff (1.2) or xliff2 (2.1; both need --from and --to)."),
    ],
    from_: common.From = None,
    to: common.To = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write to this file.")] = None,
) -> int:
    """Write all translations of your own memory, in the order in which they were stored."""
    pair = common.languages(from_, to)
    memory = common.existing(Session())
    entries = tracked(memory.all(), "entries", len(memory)) if out else memory.all()
    common.write_pieces(write_entries(entries, format_name, pair), out)
    return DONE
