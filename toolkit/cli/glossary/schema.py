"""`dragoman glossary schema`: the JSON Schemas that editors read."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.session import DONE


def schema(folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder to write to.")]) -> int:
    """Write the JSON Schemas of entries, terms, packs and policies, for editors."""
    from toolkit.glossary.schema import write_schemas

    for path in write_schemas(folder):
        sys.stdout.write(f"{path}\n")
    return DONE
