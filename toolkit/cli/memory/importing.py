"""`dragoman memory import`: translations from other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli import options
from toolkit.cli.memory import common
from toolkit.cli.progress import tracked
from toolkit.cli.session import DONE, PARTIAL, Session
from toolkit.memory.exchange.read import read_rows
from toolkit.pipeline.vetting import vet


def import_files(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="TMX, XLIFF, .jsonl, .tsv or .csv files.")],
    from_: common.From = None,
    to: common.To = None,
    origin: Annotated[
        str,
        typer.Option("--origin", metavar="TEXT", help="Where they come from; else what the file says, or its name."),
    ] = "",
    topic: Annotated[str, typer.Option("--topic", metavar="TEXT", help="What they are about.")] = "",
    strict: common.Strict = False,
    apply: common.Apply = False,
    refused: common.Refused = None,
    as_json: options.JsonOption = False,
    jsonl: common.JsonLines = False,
) -> int:
    """Store translations; those are refused, and listed, whose languages, names, numbers or dates differ."""
    session = Session()
    pair = common.languages(from_, to)
    memory = common.writable(session) if apply else session.own_memory
    with common.opened(refused) as refused_file:
        intake = common.Intake(memory, session.glossary, apply, jsonl, refused_file, topic, origin)
        try:
            for path in files:
                for row in tracked(read_rows(path, pair), path.name):
                    intake.take(vet(row, session.glossary, strict=strict))
        finally:  # of a file that breaks off, what came before is stored and said
            intake.flush()
            intake.report(as_json=as_json)
    return PARTIAL if intake.refused_count else DONE
