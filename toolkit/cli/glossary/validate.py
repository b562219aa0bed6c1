"""`dragoman glossary validate`: check every file and list what is wrong."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from typing import Annotated

import typer

from toolkit.cli import options
from toolkit.cli.glossary.folder import Folder, chosen
from toolkit.cli.session import DONE, FINDINGS


class Shown(StrEnum):
    GITHUB = "github"
    TEXT = "text"


def validate(
    folder: Folder = None,
    as_json: options.JsonOption = False,
    output: Annotated[Shown, typer.Option("--output", help="github: as annotations of a workflow.")] = Shown.TEXT,
) -> int:
    """List everything that is wrong, with file, field and remedy; exits with 1 where there is an error."""
    from toolkit.glossary.checks.problems import Severity
    from toolkit.glossary.validate import validate as check

    root = chosen(folder)
    problems = check(root)
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    if as_json:
        from dataclasses import asdict

        sys.stdout.write(json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=2) + "\n")
        return FINDINGS if errors else DONE
    for problem in problems:
        line = str(problem)
        if output is Shown.GITHUB:
            from toolkit.pipeline.annotations import github_line

            message = f"{problem.subject} ({problem.remedy})"
            line = github_line(problem.severity, str(root / problem.file), problem.line, problem.code, message)
        sys.stdout.write(f"{line}\n")
    sys.stdout.write(f"{errors} errors, {len(problems) - errors} warnings\n")
    return FINDINGS if errors else DONE
