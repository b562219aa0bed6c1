"""`dragoman glossary`: a file a subcommand, each registered here in alphabetical order."""

from __future__ import annotations

import typer

from toolkit.cli.glossary.codeowners import codeowners
from toolkit.cli.glossary.diff import diff
from toolkit.cli.glossary.export import export
from toolkit.cli.glossary.format import format_glossary
from toolkit.cli.glossary.import_file import import_file
from toolkit.cli.glossary.new import new
from toolkit.cli.glossary.schema import schema
from toolkit.cli.glossary.site import site
from toolkit.cli.glossary.stats import stats
from toolkit.cli.glossary.validate import validate

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    help="Add to the glossary, check, compare, exchange and count it.",
)
app.command()(codeowners)
app.command()(diff)
app.command()(export)
app.command("format")(format_glossary)
app.command("import")(import_file)
app.command()(new)
app.command()(schema)
app.command()(site)
app.command()(stats)
app.command()(validate)
