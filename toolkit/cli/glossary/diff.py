"""`dragoman glossary diff`: what a change of the glossary does, for its reviewers."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli import options
from toolkit.cli.session import DONE, Session

_STATE = "A folder of glossaries, or a git revision."


def diff(
    base: Annotated[str, typer.Argument(metavar="BASE", help=f"The state before. {_STATE}")],
    head: Annotated[
        str | None, typer.Argument(metavar="[HEAD]", help=f"The state after; the folder as it is now if none. {_STATE}")
    ] = None,
    root: Annotated[
        Path, typer.Option("--root", metavar="DIR", help="Folder of glossaries inside the repository.")
    ] = Path("glossaries"),
    seeds: Annotated[
        Path | None, typer.Option("--seeds", metavar="DIR", help="Articles and memory to try the change on.")
    ] = None,
    markdown: Annotated[bool, typer.Option("--markdown", help="Write one comment in Markdown, at most 64 KB.")] = False,
    as_json: options.JsonOption = False,
) -> int:
    """Entries added, changed and removed, names that come out otherwise in the seed texts, new ambiguities."""
    from toolkit.glossary.diff.revisions import glossaries_at
    from toolkit.pipeline.changes.compute import glossary_diff
    from toolkit.pipeline.changes.written import as_markdown, as_text

    settings = Session().settings
    with glossaries_at(base, root) as before, glossaries_at(head or str(root), root) as after:
        found = glossary_diff(before, after, seeds or settings.seeds, cache=settings.cache)
    if as_json:
        from dataclasses import asdict

        sys.stdout.write(json.dumps(asdict(found), ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write(as_markdown(found) if markdown else as_text(found))
    return DONE
