"""`dragoman glossary`: check, format and count the glossary."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli import options
from toolkit.cli.session import DONE, FINDINGS, Session

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True, help="Check, format and count.")

Folder = Annotated[
    Path | None, typer.Argument(metavar="[FOLDER]", help="Folder of packs and policies; the installed one if none.")
]


def _root(folder: Path | None) -> Path:
    return folder or Session().settings.glossaries


@app.command()
def validate(folder: Folder = None, as_json: options.JsonOption = False) -> int:
    """List everything that is wrong, with file, field and remedy; exits with 1 where there is an error."""
    from toolkit.glossary.checks.problems import Severity
    from toolkit.glossary.validate import validate as check

    problems = check(_root(folder))
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    if as_json:
        from dataclasses import asdict

        sys.stdout.write(json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=2) + "\n")
    else:
        for problem in problems:
            sys.stdout.write(f"{problem}\n")
        sys.stdout.write(f"{errors} errors, {len(problems) - errors} warnings\n")
    return FINDINGS if errors else DONE


@app.command("format")
def format_glossary(
    folder: Folder = None,
    check: Annotated[bool, typer.Option("--check", help="Change nothing; exit with 1 where a file would.")] = False,
) -> int:
    """Write every file in the canonical form; comments and meaning stay."""
    from toolkit.glossary.format import format_tree

    changed = format_tree(_root(folder), check=check)
    for path in changed:
        sys.stdout.write(f"{path}\n")
    sys.stdout.write(f"{len(changed)} files {'would change' if check else 'changed'}\n")
    return FINDINGS if check and changed else DONE


@app.command()
def stats(folder: Folder = None, as_json: options.JsonOption = False) -> int:
    """Count entries by pack, kind, usage, language and state of review."""
    from toolkit.glossary.pack import find_packs, load_pack
    from toolkit.glossary.stats import glossary_stats

    counted = glossary_stats(load_pack(path) for path in find_packs(_root(folder)))
    if as_json:
        sys.stdout.write(counted.model_dump_json(indent=2) + "\n")
        return DONE
    for pack in counted.packs:
        contested = f"{pack.contested} contested" if pack.contested else "none contested"
        sys.stdout.write(f"{pack.id} {pack.version}: {pack.entries} entries ({contested}), {pack.terms} terms\n")
        for title, counts in (("kinds", pack.kinds), ("usages", pack.usages), ("review", pack.reviews)):
            sys.stdout.write(f"  {title}: {', '.join(f'{name} {count}' for name, count in counts.items())}\n")
        for language, texts in pack.languages.items():
            sys.stdout.write(f"  {language}: {texts.texts} texts, {texts.variants} variants, {texts.missing} missing\n")
    return DONE


@app.command()
def schema(folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder to write to.")]) -> int:
    """Write the JSON Schemas of entries, terms, packs and policies, for editors."""
    from toolkit.glossary.schema import write_schemas

    for path in write_schemas(folder):
        sys.stdout.write(f"{path}\n")
    return DONE
