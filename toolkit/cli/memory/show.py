"""`dragoman memory show`: one entry with all that is known of it."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Annotated

import typer

from toolkit.cli import options
from toolkit.cli.memory import common
from toolkit.cli.session import DONE, Session
from toolkit.errors import BadOption


def show(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="The entry's number, as other commands show it.")],
    as_json: options.JsonOption = False,
) -> int:
    """An entry of your own: its sides, origin, date and signature, and what its sides said before."""
    memory = common.existing(Session())
    found = memory.stored([number])
    history = memory.history(number)
    if not found and not history:
        raise BadOption(f"no entry {number}", remedy="`dragoman memory export jsonl` lists all")
    data = {
        "number": number,
        **({key: value for key, value in asdict(found[0].record).items() if value} if found else {"removed": True}),
        "history": [asdict(former) for former in history],
    }
    if as_json:
        sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")
        return DONE
    for stored in found:
        record = stored.record
        sys.stdout.write(f"{number}  {record.origin}, {record.date}, {record.topic or 'no topic'}\n")
        sys.stdout.writelines(f"  {language}  {text}\n" for language, text in record.sides.items())
        sys.stdout.write(f"  {record.signature}\n")
    for former in history:
        sys.stdout.write(f"until {former.replaced}\n  {former.language}  {former.text}\n  {former.signature}\n")
    return DONE
