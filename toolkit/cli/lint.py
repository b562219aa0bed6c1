"""`dragoman lint`: what an editor should look at in one text."""

from __future__ import annotations

import typer

from toolkit.cli import options
from toolkit.cli.session import Session
from toolkit.cli.texts import Output, run_in_language
from toolkit.documents.options import read_options
from toolkit.pipeline.lint import lint as lint_document

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def lint(
    files: options.Files,
    lang: options.LanguageOption = None,
    policy: options.PolicyOption = None,
    date: options.DateOption = None,
    as_json: options.JsonOption = False,
    jsonl: options.JsonLines = False,
    report: options.Report = None,
    fail_on: options.FailOnOption = None,
    format_name: options.Format = None,
    columns: options.Columns = None,
    paths: options.Paths = None,
) -> int:
    """List mixed usages, contested terms and unresolved names of a text; nothing is changed."""
    reading = read_options(columns, paths, lang)
    output = Output(as_json, jsonl, None, report, fail_on, format_name, texts=False, reading=reading)
    return run_in_language(lint_document, files, lang, output, Session(policy, date))
