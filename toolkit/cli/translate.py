"""`dragoman translate`: one language in, others out."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import typer

from toolkit.cli import options
from toolkit.cli.line_languages import given_language, optional_language, row_language
from toolkit.cli.session import PARTIAL, Session
from toolkit.cli.texts import Output, run_verb
from toolkit.documents.model import Document
from toolkit.documents.options import read_options
from toolkit.languages import parse_language
from toolkit.memory.match import DEFAULT, MatchOptions
from toolkit.pipeline.result import Result
from toolkit.pipeline.translate import translate as translate_document

if TYPE_CHECKING:
    from toolkit.engines.models.listing import DirectionRows

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def translate(
    files: options.Files,
    source: options.From = None,
    to: options.To = None,
    policy: options.PolicyOption = None,
    date: options.DateOption = None,
    engine: options.EngineOption = None,
    quality: options.QualityOption = None,
    memory_threshold: options.ThresholdOption = DEFAULT.threshold,
    as_json: options.JsonOption = False,
    jsonl: options.JsonLines = False,
    out: options.Out = None,
    report: options.Report = None,
    fail_on: options.FailOnOption = None,
    format_name: options.Format = None,
    columns: options.Columns = None,
    paths: options.Paths = None,
) -> int:
    """Translate texts, their names by the glossary; what cannot be translated stays and is marked."""
    session = Session(policy, date, engine, quality)
    default = optional_language(source, "--from")
    wanted = [parse_language(code, where="--to") for code in to or ()]
    session.policy_file()
    if not jsonl:
        given_language(default, "--from")
        given_language(wanted[0] if wanted else None, "--to")
    asked = [(default, target) for target in wanted] if default is not None else []
    for pair in asked:
        session.engines(*pair)

    def verb(document: Document, row: dict[str, Any], name: str | None) -> list[Result]:
        language = row_language(row, "from", default, "--from")
        targets = wanted if wanted and "to" not in row else [row_language(row, "to", None, "--to")]
        chosen = session.policy(row)
        return [
            translate_document(
                document, language, target, chosen, session.glossary, session.memory,
                engines=session.engines(language, target), options=MatchOptions(memory_threshold),
                ask_again=session.ask_again, name=name,
            )
            for target in targets
        ]  # fmt: skip

    reading = read_options(columns, paths)
    output = Output(as_json, jsonl, out, report, fail_on, format_name, reading=reading)
    code = run_verb(files, verb, output, session)
    if code == PARTIAL and asked:
        _say_what_would_help([f"{source}-{target}" for source, target in asked], session)
    return code


def _say_what_would_help(directions: list[str], session: Session) -> None:
    """One line on standard error: the recommended models that are not installed yet."""
    from toolkit.engines.models.listing import list_models

    listed = list_models(session.settings, directions)
    through = sorted({direction for rows in listed if not _recommended(rows) for direction in rows.through})
    listed += list_models(session.settings, through) if through else []
    names = sorted({name for rows in listed for name in _recommended(rows)})
    if names:
        sys.stderr.write(f"models that would help: dragoman models install {' '.join(names)}\n")


def _recommended(rows: DirectionRows) -> list[str]:
    return [row.name for row in rows.rows if row.recommended and not row.installed]
