"""`dragoman models`: list, install, verify and remove the models that translate."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli import options
from toolkit.cli.session import DONE
from toolkit.engines.ct2 import Quality
from toolkit.engines.models.catalogue import catalogue
from toolkit.errors import BadOption
from toolkit.languages import Language, parse_language
from toolkit.settings import read_settings

if TYPE_CHECKING:
    from toolkit.engines.models.fetch import Progress
    from toolkit.engines.models.install import Installed
    from toolkit.engines.models.listing import DirectionRows, Row

app = typer.Typer(
    add_completion=False, rich_markup_mode=None, no_args_is_help=True, help="The models that translate on this machine."
)

BROKEN = 4
Names = Annotated[list[str], typer.Argument(metavar="NAME…", help="Names of installed models.")]


@app.command("list")
def list_(
    directions: Annotated[
        list[str] | None, typer.Argument(metavar="[FROM-TO]…", help="Directions, like en-az; else all.")
    ] = None,
    installed: Annotated[bool, typer.Option("--installed", help="Show only what is installed.")] = False,
    as_json: options.JsonOption = False,
) -> int:
    """What can be had for each direction, with size, licence and published quality, and what is installed."""
    from toolkit.engines.finders import undescribed
    from toolkit.engines.models.listing import list_models

    settings = read_settings()
    wanted = [_direction(text) for text in directions or ()]
    listed = list_models(settings, wanted, only_installed=installed)
    if as_json:
        sys.stdout.write(json.dumps([asdict(one) for one in listed], ensure_ascii=False, indent=2) + "\n")
        return DONE
    for one in listed:
        if one.rows or not installed:
            sys.stdout.write(_table(one))
    notes = {row.name: row.note for one in listed for row in one.rows if row.note}
    sys.stdout.write("".join(f"{name}: {note}\n" for name, note in sorted(notes.items())) + _LEGEND)
    for broken in undescribed(settings):
        _say(str(broken.error))
    return DONE


@app.command()
def install(
    what: Annotated[
        list[str],
        typer.Argument(metavar="WHAT…", help="A name, a direction, recommended, hf:owner/name, a file or a folder."),
    ],
    quality: Annotated[
        Quality, typer.Option("--quality", help="Where a model comes in several sizes.", case_sensitive=False)
    ] = Quality.BEST,
    family: Annotated[
        str,
        typer.Option("--family", metavar="NAME", help="How a multilingual model of your own is told the languages."),
    ] = "",
) -> int:
    """Download models, or take them from a file or folder; every file is verified, a model is there whole or not."""
    from toolkit.engines.models.fetch import Fetcher
    from toolkit.engines.models.install import Installer
    from toolkit.engines.models.origins import origins_of

    settings = read_settings()
    fetcher = Fetcher(origins_of(settings.models_mirror))
    installer = Installer(
        settings.models, fetcher, quality, family, waiting=lambda: _say("another install is running: waiting for it")
    )
    for name in [name for one in what for name in installer.steps(one)]:
        known = catalogue().get(name)
        if known is not None:
            _say_non_commercial(name, known.licence)
        with _progress() as progress:
            outcomes = replace(installer, fetcher=replace(fetcher, progress=progress)).install(name)
        for outcome in outcomes:
            _tell(outcome)
            if known is None:
                _say_non_commercial(outcome.manifest.name, outcome.manifest.licence)
    return DONE


@app.command()
def verify(
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME]…", help="Installed models; else all.")] = None,
    as_json: options.JsonOption = False,
) -> int:
    """Whether every file of installed models is as it was installed; exits with 4 where one is not."""
    from toolkit.engines.models.verify import verify as verify_models

    verdicts = verify_models(read_settings(), names)
    if as_json:
        sys.stdout.write(json.dumps([asdict(verdict) for verdict in verdicts], ensure_ascii=False, indent=2) + "\n")
    else:
        for verdict in verdicts:
            unknown = f"nothing to compare with for {', '.join(verdict.unrecorded)}" if verdict.unrecorded else "ok"
            sys.stdout.write(f"{verdict.name}: {'; '.join(verdict.problems) or unknown}\n")
        if not verdicts:
            sys.stdout.write("no models are installed\n")
    return BROKEN if any(verdict.problems for verdict in verdicts) else DONE


@app.command()
def remove(names: Names) -> int:
    """Remove installed models."""
    from toolkit.engines.models.remove import remove as remove_models

    remove_models(read_settings(), names)
    for name in dict.fromkeys(names):
        sys.stdout.write(f"{name} removed\n")
    return DONE


def _direction(text: str) -> str:
    parts = text.split("-")
    if len(parts) != 2:
        raise BadOption(f"{text[:20]!r} is no direction", where="models list", remedy="write it like en-az")
    source, target = (parse_language(part, where=text[:20]) for part in parts)
    return f"{source.value}-{target.value}"


_LEGEND = """
BLEU and COMET on FLORES-200 as published; below 0.7 COMET a translation is too wrong to work with.
Install with `dragoman models install NAME`, or `recommended` for the small ones.
"""


def _table(listed: DirectionRows) -> str:
    source, target = (Language(code).english_name for code in listed.direction.split("-"))
    lines = [f"{listed.direction}  {source} to {target}"]
    width = max((len(row.name) for row in listed.rows), default=0)
    lines += [_line(row, width) for row in listed.rows]
    if listed.through:
        lines.append(f"  through English, by models for {' and '.join(listed.through)}")
    elif not listed.rows:
        lines.append("  nothing")
    return "\n".join(lines) + "\n\n"


def _line(row: Row, width: int) -> str:
    bleu = "   -" if row.bleu is None else f"{row.bleu:4.1f}"
    comet = "    -" if row.comet is None else f"{row.comet:.3f}"
    size = f"{row.size} MB" if row.size < 1000 else f"{row.size / 1000:.1f} GB"
    licence = row.licence + (" (non-commercial)" if row.commercial is False else "")
    marks = [
        _state(row) if row.installed else "" if row.engine else "not to be installed",
        "recommended" if row.recommended else "",
        "WARNING: weak, below COMET 0.7" if row.weak else "",
    ]
    told = "; ".join(mark for mark in marks if mark)
    return f"  {row.name:<{width}}  {size:>7}  BLEU {bleu}  COMET {comet}  {licence}{f'  [{told}]' if told else ''}"


def _state(row: Row) -> str:
    return f"installed, but BROKEN: {row.fault}" if row.fault else "installed"


def _tell(outcome: Installed) -> None:
    """Said as soon as it is there: what comes after it may fail."""
    manifest = outcome.manifest
    state = "is installed already" if outcome.already else "installed"
    sys.stdout.write(f"{manifest.name} {state}: {outcome.folder} ({manifest.licence})\n")
    sys.stdout.write("".join(f"  {note}\n" for note in outcome.notes))
    sys.stdout.flush()


def _say_non_commercial(name: str, licence: str) -> None:
    """Before the download where it is known by then."""
    if "-NC" in licence.upper():
        _say(f"{name}: {licence}, not for commercial use")


def _say(line: str) -> None:
    sys.stderr.write(f"dragoman: {line}\n")


@contextmanager
def _progress() -> Iterator[Progress]:
    """Bars on stderr where it is a terminal, silence where it is not."""
    if not sys.stderr.isatty():
        yield lambda _what, _done, _all: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn, TransferSpeedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    tasks: dict[str, TaskID] = {}
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:

        def show(what: str, done: int, total: int | None) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what.replace("[", "("), total=total)
            bars.update(tasks[what], completed=done, total=total)

        yield show
