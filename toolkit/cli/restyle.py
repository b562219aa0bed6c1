"""`dragoman restyle`: one language in, the same out, names by policy."""

from __future__ import annotations

import typer

from toolkit.cli import options
from toolkit.cli.session import Session
from toolkit.cli.texts import Output, run_in_language
from toolkit.documents.options import read_options
from toolkit.pipeline.restyle import restyle as restyle_document

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def restyle(
    files: options.Files,
    lang: options.LanguageOption = None,
    policy: options.PolicyOption = None,
    date: options.DateOption = None,
    as_json: options.JsonOption = False,
    jsonl: options.JsonLines = False,
    out: options.Out = None,
    report: options.Report = None,
    fail_on: options.FailOnOption = None,
    format_name: options.Format = None,
    columns: options.Columns = None,
    paths: options.Paths = None,
) -> int:
    """Put the names of a text into a house style; the language and all else stay as they are."""
    output = Output(as_json, jsonl, out, report, fail_on, format_name, reading=read_options(columns, paths, lang))
    return run_in_language(restyle_document, files, lang, output, Session(policy, date))
