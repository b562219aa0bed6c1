"""`dragoman glossary format`: bring every file into the canonical form."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from toolkit.cli.glossary.folder import Folder, chosen
from toolkit.cli.session import DONE, FINDINGS


def format_glossary(
    folder: Folder = None,
    check: Annotated[bool, typer.Option("--check", help="Change nothing; exit with 1 where a file would.")] = False,
) -> int:
    """Write every file in the canonical form; comments and meaning stay."""
    from toolkit.glossary.format import format_tree

    changed = format_tree(chosen(folder), check=check)
    for path in changed:
        sys.stdout.write(f"{path}\n")
    sys.stdout.write(f"{len(changed)} files {'would change' if check else 'changed'}\n")
    return FINDINGS if check and changed else DONE
