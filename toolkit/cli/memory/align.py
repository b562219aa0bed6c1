"""`dragoman memory align`: a text and its translation, two files, as sentence pairs."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli import options
from toolkit.cli.inputs import read_file
from toolkit.cli.line_languages import given_language, optional_language
from toolkit.cli.memory import common
from toolkit.cli.session import DONE, PARTIAL, Session
from toolkit.documents.options import DEFAULT, Use
from toolkit.pipeline.harvest import THRESHOLD, harvest


def align(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="The text.")],
    target: Annotated[str, typer.Argument(metavar="TARGET", help="Its translation.")],
    from_: common.From = None,
    to: common.To = None,
    threshold: Annotated[
        float, typer.Option("--threshold", min=0, max=1, help="How sure a pair must be to be taken.")
    ] = THRESHOLD,
    import_: Annotated[bool, typer.Option("--import", help="Store the pairs in your memory.")] = False,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write the pairs to this file as lines of JSON.")
    ] = None,
    origin: Annotated[
        str, typer.Option("--origin", metavar="TEXT", help="Where they come from; else the names of the files.")
    ] = "",
    topic: Annotated[str, typer.Option("--topic", metavar="TEXT", help="What they are about.")] = "",
    strict: common.Strict = False,
    refused: common.Refused = None,
    as_json: options.JsonOption = False,
    jsonl: common.JsonLines = False,
) -> int:
    """Pair the sentences of two files by length, names and figures; what is uncertain is left out and listed."""
    session = Session()
    common.languages(from_, to)
    languages = (
        given_language(optional_language(from_, "--from"), "--from"),
        given_language(optional_language(to, "--to"), "--to"),
    )
    documents = [
        read_file(name, None, replace(DEFAULT, use=use)).document
        for name, use in ((source, Use.SOURCES), (target, Use.TARGETS))
    ]
    memory = common.writable(session) if import_ else session.own_memory
    name = origin or f"{Path(source).name} + {Path(target).name}"
    with common.opened(refused) as refused_file, common.opened(out) as pairs:
        intake = common.Intake(memory, session.glossary, import_, jsonl, refused_file, topic, name)
        for found in harvest(
            (documents[0], languages[0]), (documents[1], languages[1]), session.glossary,
            where=Path(target).name, threshold=threshold, strict=strict,
        ):  # fmt: skip
            intake.take(found.vetted, {"score": found.score})
            if pairs is not None and not found.vetted.refused:
                row = common.texts(found.vetted.row.sides) | {
                    "source_language": languages[0].value, "origin": name, "topic": topic, "score": found.score,
                }  # fmt: skip
                pairs.write(json.dumps({key: value for key, value in row.items() if value}, ensure_ascii=False) + "\n")
        intake.flush()
        intake.report(as_json=as_json)
    return PARTIAL if intake.refused_count else DONE
