"""`dragoman lint`: what an editor should look at in one text."""

from __future__ import annotations

from typing import Any

import typer

from toolkit.cli import options
from toolkit.cli.session import Session
from toolkit.cli.texts import Output, run_verb
from toolkit.documents.model import Document
from toolkit.languages import parse_language
from toolkit.pipeline.lint import lint as lint_document
from toolkit.pipeline.result import Result

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def lint(
    files: options.Files,
    lang: options.LanguageOption,
    policy: options.PolicyOption = None,
    as_json: options.JsonOption = False,
    jsonl: options.JsonLines = False,
    report: options.Report = None,
    fail_on: options.FailOnOption = None,
    format_name: options.Format = None,
) -> int:
    """List mixed usages, contested terms and unresolved names of a text; nothing is changed."""
    session = Session(policy)
    default = parse_language(lang, where="--lang")
    session.policy()

    def verb(document: Document, row: dict[str, Any], name: str | None) -> list[Result]:
        language = parse_language(str(row["lang"])) if "lang" in row else default
        return [lint_document(document, language, session.policy(row.get("policy")), session.glossary, name=name)]

    return run_verb(files, verb, Output(as_json, jsonl, None, report, fail_on, format_name, texts=False), session)
