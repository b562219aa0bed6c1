"""`dragoman glossary codeowners`: who reviews which pack, for the platform that hosts the repository."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.glossary.folder import Folder, chosen
from toolkit.cli.session import DONE, FINDINGS


def codeowners(
    folder: Folder = None,
    check: Annotated[
        Path | None, typer.Option("--check", metavar="FILE", help="Write nothing; exit with 1 where FILE differs.")
    ] = None,
) -> int:
    """Write the CODEOWNERS file that the maintainers of the packs make."""
    from toolkit.glossary.codeowners import codeowners as made_of

    content = made_of(chosen(folder))
    if check is None:
        sys.stdout.write(content)
        return DONE
    if check.is_file() and check.read_text(encoding="utf-8") == content:
        return DONE
    sys.stderr.write(f"dragoman: {check} is out of date (dragoman glossary codeowners > {check})\n")
    return FINDINGS
