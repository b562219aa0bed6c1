"""`dragoman memory`: a file a subcommand, each registered here in alphabetical order."""

from __future__ import annotations

import typer

from toolkit.cli.memory.align import align
from toolkit.cli.memory.exporting import export
from toolkit.cli.memory.importing import import_files
from toolkit.cli.memory.refresh import refresh
from toolkit.cli.memory.remove import remove
from toolkit.cli.memory.restyle import restyle
from toolkit.cli.memory.search import search
from toolkit.cli.memory.show import show
from toolkit.cli.memory.stale import stale
from toolkit.cli.memory.stats import stats

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    help="Search the translation memory, add to it, and keep its names by the glossary.",
)
app.command()(align)
app.command()(export)
app.command("import")(import_files)
app.command()(refresh)
app.command()(remove)
app.command()(restyle)
app.command()(search)
app.command()(show)
app.command()(stale)
app.command()(stats)
