"""The argument that names the folder of packs and policies."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.session import Session

Folder = Annotated[
    Path | None, typer.Argument(metavar="[FOLDER]", help="Folder of packs and policies; the installed one if none.")
]


def chosen(folder: Path | None) -> Path:
    """The folder given, or the one of the settings."""
    return folder or Session().settings.glossaries
