"""`dragoman check`: a source and its translation, from two files or from lines of JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from toolkit.cli import options
from toolkit.cli.inputs import read_file
from toolkit.cli.line_languages import given_language, optional_language, row_language
from toolkit.cli.session import Session, exit_code, result_object, stream_json_lines, string_field
from toolkit.cli.texts import write_bytes
from toolkit.documents.file import File
from toolkit.documents.formats import BILINGUAL, format_of
from toolkit.documents.options import Use, read_options
from toolkit.documents.plain import read_plain
from toolkit.errors import BadOption, DragomanError
from toolkit.languages import Language
from toolkit.pipeline.annotations import Lines, github, sarif
from toolkit.pipeline.check import check as check_documents
from toolkit.pipeline.findings import Severity
from toolkit.pipeline.result import Result

app = typer.Typer(add_completion=False, rich_markup_mode=None)


class OutputFormat(StrEnum):
    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"


Texts = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCE TARGET",
        default_factory=list,
        show_default=False,
        help="The source and its translation (an XLIFF file alone has both); with --jsonl any files, or standard "
        "input.",
    ),
]
To = Annotated[str | None, typer.Option("--to", metavar="LANG", help="Language of the translation: az, en, hy or ru.")]
Fix = Annotated[bool, typer.Option("--fix", help="Put the names of the translation right in place, nothing else.")]
Shown = Annotated[OutputFormat, typer.Option("--output", help="How findings are shown.")]
Out = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write the repaired translation to this file.")]


@app.command()
def check(
    files: Texts,
    from_: options.From = None,
    to: To = None,
    policy: options.PolicyOption = None,
    date: options.DateOption = None,
    fix: Fix = False,
    output: Shown = OutputFormat.TEXT,
    as_json: options.JsonOption = False,
    jsonl: options.JsonLines = False,
    out: Out = None,
    fail_on: options.FailOnOption = None,
    format_name: options.Format = None,
    columns: options.Columns = None,
    paths: options.Paths = None,
) -> int:
    """Compare a translation with its source; --fix repairs its names and writes it."""
    session = Session(policy, date)
    languages = (optional_language(from_, "--from"), optional_language(to, "--to"))
    session.policy_file()
    threshold = Severity(fail_on.value) if fail_on else None
    if jsonl:
        return _lines(files or [options.STANDARD_INPUT], session, languages, threshold, fix=fix)
    if len(files) == 1 and (format_name or format_of(files[0])) in BILINGUAL:
        files = files * 2
    if len(files) != 2:
        raise BadOption(f"two files are compared, {len(files)} given", remedy="name the source and its translation")
    shown = OutputFormat.JSON if as_json else output
    if fix and shown in (OutputFormat.SARIF, OutputFormat.GITHUB):
        raise BadOption(f"--output {shown} points into the file as it is", remedy="leave out --fix")
    source, target = files
    reading = read_options(columns, paths)
    sources = read_file(source, format_name, replace(reading, use=Use.SOURCES))
    given = read_file(target, format_name, replace(reading, use=Use.TARGETS))
    result = check_documents(
        sources.document,
        given.document,
        given_language(languages[0], "--from"),
        given_language(languages[1], "--to"),
        session.policy(),
        session.glossary,
        fix=fix,
    )
    if out is not None:
        _write(out, given, result, (source, target))
    _show(result, target, shown, given if fix and out is None else None)
    return exit_code([result], threshold)


def _lines(
    files: list[str],
    session: Session,
    languages: tuple[Language | None, Language | None],
    threshold: Severity | None,
    *,
    fix: bool,
) -> int:
    worst: list[Result] = []

    def answer(row: dict[str, Any]) -> dict[str, Any]:
        result = check_documents(
            read_plain(string_field(row, "source")),
            read_plain(string_field(row, "target")),
            row_language(row, "from", languages[0], "--from"),
            row_language(row, "to", languages[1], "--to"),
            session.policy(row),
            session.glossary,
            fix=fix,
        )
        worst[:] = _worse([*worst, result])
        return {key: value for key, value in result_object(result).items() if key != "id"}

    failed = stream_json_lines(files, answer)
    return DragomanError.exit_code if failed else exit_code(worst, threshold)


def _worse(results: Sequence[Result]) -> list[Result]:
    """The one result that decides the exit code (lines are not kept)."""
    return [max(results, key=lambda result: severity.rank if (severity := result.worst()) else -1)]


def _write(path: Path, file: File, result: Result, given: tuple[str, str]) -> None:
    try:
        if any(name != "-" and path.exists() and path.samefile(name) for name in given):
            raise BadOption("this would overwrite what was given", where=str(path), remedy="give another --out")
        path.write_bytes(file.written(result.file))
    except OSError as error:
        raise BadOption(f"cannot be written: {error.strerror}", where=str(path), remedy="check --out") from None
    sys.stderr.write(f"{path}\n")


def _show(result: Result, target: str, shown: OutputFormat, repaired: File | None) -> None:
    """The findings; before them the file itself where it was `repaired` and has no other way out."""
    if shown is OutputFormat.JSON:
        sys.stdout.write(json.dumps(result_object(result), ensure_ascii=False, indent=2) + "\n")
    elif shown is OutputFormat.SARIF:
        sys.stdout.write(json.dumps(sarif([(target, result)]), ensure_ascii=False, indent=2) + "\n")
    elif shown is OutputFormat.GITHUB:
        sys.stdout.writelines(f"{line}\n" for line in github([(target, result)]))
    else:
        if repaired is not None:
            write_bytes(repaired, result)
        _list(result, target, to_stderr=repaired is not None)


def _list(result: Result, target: str, *, to_stderr: bool) -> None:
    """One line a finding, with its line and column in the translation."""
    lines = Lines(result.text)
    stream = sys.stderr if to_stderr else sys.stdout
    for remark in result.findings:
        start = remark.target_start or 0
        place = lines.place(start, remark.target_end or start)
        where = f"{target}:{place.line}:{place.column}"
        stream.write(f"{where}: {remark.severity} {remark.code} {remark.message}; {remark.remedy}\n")
