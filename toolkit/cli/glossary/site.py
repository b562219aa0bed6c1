"""`dragoman glossary site`: the glossary as pages to look at."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.glossary.folder import chosen
from toolkit.cli.session import DONE, Session

Out = Annotated[Path, typer.Argument(metavar="OUT", help="Folder to write the site into; empty, or an older site.")]
Folder = Annotated[
    Path | None,
    typer.Option("--folder", metavar="FOLDER", help="Folder of packs and policies; the installed one if none."),
]


def site(out: Out, folder: Folder = None) -> int:
    """Write the glossary as a static site that opens from a file: search, names, map, terms, policies, coverage."""
    from toolkit.glossary.glossary import Glossary
    from toolkit.site.build import Contents, build_site

    settings = Session().settings
    root = chosen(folder)
    glossary = Glossary.load(root, cache=settings.cache)
    articles = sorted((settings.seeds / "articles").glob("*.md"))
    written = build_site(Contents(glossary, root / "policies", articles), out)
    sys.stdout.write(f"{written.start}: {written.files:,} files, {written.bytes / 1e6:.1f} MB\n")
    return DONE
