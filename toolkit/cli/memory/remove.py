"""`dragoman memory remove`: take back what was stored."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from toolkit.cli import options
from toolkit.cli.memory import common
from toolkit.cli.session import DONE, FINDINGS, Session
from toolkit.errors import BadOption


def remove(
    numbers: Annotated[list[int] | None, typer.Argument(metavar="NUMBER…", help="Entries by number.")] = None,
    origin: Annotated[
        str | None, typer.Option("--origin", metavar="TEXT", help="All entries that came from there.")
    ] = None,
    apply: common.Apply = False,
    as_json: options.JsonOption = False,
) -> int:
    """Remove entries of your own memory, by number or by origin."""
    if not numbers and origin is None:
        raise BadOption("nothing is named", remedy="give numbers or --origin")
    memory = common.existing(Session())
    chosen = [stored.number for stored in memory.stored(numbers or [])]
    if origin is not None:
        chosen += [stored.number for stored in memory.all() if stored.record.origin == origin]
    chosen = sorted(set(chosen))
    if apply:
        memory.remove(chosen)
    if as_json:
        sys.stdout.write(json.dumps({"removed": chosen, "applied": apply}) + "\n")
    else:
        sys.stdout.write(f"{len(chosen):,} {'removed' if apply else 'would be removed (--apply removes them)'}\n")
    return DONE if chosen else FINDINGS
