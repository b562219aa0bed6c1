"""`dragoman eval`: how good translations are, names first of all."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli import options
from toolkit.cli.progress import tracked
from toolkit.cli.session import DONE, Session
from toolkit.errors import BadOption
from toolkit.evaluate.model import Made, Report, System
from toolkit.evaluate.page import render_page
from toolkit.evaluate.run import REFERENCE, job_of, measure
from toolkit.evaluate.suites import Direction, held_out_articles, read_folder, read_lines, read_parallel
from toolkit.evaluate.systems import translate_lines
from toolkit.evaluate.table import markdown, plain
from toolkit.evaluate.written import quality_page
from toolkit.languages import parse_language
from toolkit.pipeline.signature import signature

app = typer.Typer(add_completion=False, rich_markup_mode=None)

SEEDS = "seeds"

Source = Annotated[Path | None, typer.Option("--source", metavar="FILE", help="The sources, a sentence a line.")]
Reference = Annotated[Path | None, typer.Option("--reference", metavar="FILE", help="Human translations of these.")]
Given = Annotated[
    list[Path] | None, typer.Option("--hypothesis", metavar="FILE", help="Translations to measure; several times.")
]
Engines = Annotated[
    list[str] | None, typer.Option("--engine", metavar="NAME", help="An engine to measure, or `memory`; several times.")
]
Suites = Annotated[
    list[str] | None,
    typer.Option(
        "--suite",
        metavar="SUITE",
        help="A folder of folders named as en-hy, a .jsonl file with sentences by language, or `seeds`: our articles, "
        "held out of the memory; several times.",
    ),
]
From = Annotated[str | None, typer.Option("--from", metavar="LANG", help="Language of the sources.")]
To = Annotated[str | None, typer.Option("--to", metavar="LANG", help="Language of the translations.")]
Page = Annotated[Path | None, typer.Option("--html", metavar="FILE.html", help="Write a page with plots.")]
Written = Annotated[
    Path | None, typer.Option("--report", metavar="FILE.md", help="Write a page of Markdown: what, how, how well.")
]
Markdown = Annotated[bool, typer.Option("--markdown", help="Write the table as Markdown.")]


@app.command("eval")
def evaluate(
    source: Source = None,
    reference: Reference = None,
    hypothesis: Given = None,
    engine: Engines = None,
    suite: Suites = None,
    from_: From = None,
    to: To = None,
    policy: options.PolicyOption = None,
    date: options.DateOption = None,
    as_json: options.JsonOption = False,
    as_markdown: Markdown = False,
    html: Page = None,
    report_file: Written = None,
) -> int:
    """Measure translations against references: names, sides, chrF, BLEU; before and after the repair of names."""
    session = Session(policy, date)
    if suite:
        if source or reference or hypothesis:
            raise BadOption("--suite has its own texts", remedy="leave out --source, --reference and --hypothesis")
        systems = [system for name in suite for system in _of_suite(name, engine, session)]
    else:
        systems = list(_systems(_direction(source, reference, hypothesis or [], from_, to), engine or [], session))
    report = Report(systems=tuple(systems), signature=signature(session.glossary, session.policy()))
    if html is not None:
        _write(html, render_page(report))
    if report_file is not None:
        _write(report_file, quality_page(report))
    sys.stdout.write(
        report.model_dump_json(indent=2) + "\n" if as_json else markdown(report) if as_markdown else plain(report)
    )
    return DONE


def _of_suite(name: str, engines: Sequence[str] | None, session: Session) -> Iterator[System]:
    """What is asked for; where nothing is, the memory translates what it can of sentences that come without files."""
    directions: Iterable[Direction]
    if name == SEEDS:
        directions = held_out_articles(session.settings.seeds, session.glossary)
    elif name.endswith(".jsonl"):
        directions = read_parallel(Path(name))
    else:
        directions, engines = read_folder(Path(name)), engines or []
    for direction in tracked(directions, Path(name).name):
        for system in _systems(direction, ["memory"] if engines is None else engines, session):
            yield system.model_copy(update={"suite": Path(name).name})


def _direction(
    source: Path | None, reference: Path | None, given: Sequence[Path], from_: str | None, to: str | None
) -> Direction:
    if source is None or reference is None or from_ is None or to is None:
        raise BadOption("nothing to measure", remedy="give --source, --reference, --from and --to, or --suite FOLDER")
    systems = {path.name: read_lines(path) for path in given}
    languages = parse_language(from_, where="--from"), parse_language(to, where="--to")
    return Direction(*languages, read_lines(source), read_lines(reference), systems)


def _systems(direction: Direction, engines: Sequence[str], session: Session) -> Iterator[System]:
    """The reference, the files and the engines of one direction, in this order."""
    policy, glossary = session.policy(), session.glossary
    source, target = direction.source, direction.target
    job = job_of(source, target, direction.sources, direction.references, policy, glossary)
    yield measure(job, REFERENCE, direction.references).model_copy(update={"made": Made.PERSON})
    for name, lines in direction.systems.items():
        yield measure(job, name, lines)
    for name in engines:
        memory = direction.memory or (session.memory if name == "memory" else None)
        chosen = [] if name == "memory" else Session(engine_name=name).engines(source, target)
        lines, served = translate_lines(direction.sources, source, target, policy, glossary, memory, chosen)
        yield measure(job, name, lines, served).model_copy(update={"made": Made.RUN})


def _write(path: Path, page: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        raise BadOption(f"cannot be written: {error.strerror}", where=str(path), remedy="check the path") from None
    sys.stderr.write(f"page: {path}\n")
