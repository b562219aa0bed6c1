"""`dragoman glossary validate`: check every file and list what is wrong."""

from __future__ import annotations

import json
import sys

from toolkit.cli import options
from toolkit.cli.glossary.folder import Folder, chosen
from toolkit.cli.session import DONE, FINDINGS


def validate(folder: Folder = None, as_json: options.JsonOption = False) -> int:
    """List everything that is wrong, with file, field and remedy; exits with 1 where there is an error."""
    from toolkit.glossary.checks.problems import Severity
    from toolkit.glossary.validate import validate as check

    problems = check(chosen(folder))
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    if as_json:
        from dataclasses import asdict

        sys.stdout.write(json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=2) + "\n")
    else:
        for problem in problems:
            sys.stdout.write(f"{problem}\n")
        sys.stdout.write(f"{errors} errors, {len(problems) - errors} warnings\n")
    return FINDINGS if errors else DONE
