"""`dragoman restyle`: one language in, the same out, names by policy."""

from __future__ import annotations

from typing import Any

import typer

from toolkit.cli import options
from toolkit.cli.session import Session
from toolkit.cli.texts import Output, run_verb
from toolkit.documents.model import Document
from toolkit.languages import parse_language
from toolkit.pipeline.restyle import restyle as restyle_document
from toolkit.pipeline.result import Result

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def restyle(
    files: options.Files,
    lang: options.LanguageOption,
    policy: options.PolicyOption = None,
    as_json: options.JsonOption = False,
    jsonl: options.JsonLines = False,
    out: options.Out = None,
    report: options.Report = None,
    fail_on: options.FailOnOption = None,
    format_name: options.Format = None,
) -> int:
    """Put the names of a text into a house style; the language and all else stay as they are."""
    session = Session(policy)
    default = parse_language(lang, where="--lang")
    session.policy()

    def verb(document: Document, row: dict[str, Any], name: str | None) -> list[Result]:
        language = parse_language(str(row["lang"])) if "lang" in row else default
        return [restyle_document(document, language, session.policy(row.get("policy")), session.glossary, name=name)]

    return run_verb(files, verb, Output(as_json, jsonl, out, report, fail_on, format_name), session)
