"""Run a verb over files or lines of JSON and write what comes out; shared by restyle, translate and lint."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TextIO

from toolkit.cli.inputs import read_file
from toolkit.cli.line_languages import given_language, optional_language, row_language
from toolkit.cli.options import FailOn
from toolkit.cli.progress import tracked
from toolkit.cli.session import Session, exit_code, result_object, stream_json_lines, string_field
from toolkit.cli.summary import print_summary
from toolkit.documents.file import File
from toolkit.documents.formats import WRITTEN_AS, reader_of
from toolkit.documents.model import Document
from toolkit.documents.options import DEFAULT, ReadOptions
from toolkit.errors import BadOption, DragomanError
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.model import Policy
from toolkit.languages import Language
from toolkit.pipeline.findings import Severity
from toolkit.pipeline.result import Result

Verb = Callable[[Document, dict[str, Any], str | None], list[Result]]
"""Document, the line's own options (empty for files), id → one Result a target language."""


@dataclass(frozen=True)
class Output:
    """How results leave: `--json`, `--jsonl`, `--out`, `--report`, `--fail-on`, `--format`."""

    as_json: bool = False
    as_lines: bool = False
    out: Path | None = None
    report: Path | None = None
    fail_on: FailOn | None = None
    format: str | None = None
    texts: bool = True
    """Whether the text itself is written (lint writes findings instead)."""
    reading: ReadOptions = DEFAULT
    """`--columns`, `--paths`."""

    @property
    def threshold(self) -> Severity | None:
        return Severity(self.fail_on.value) if self.fail_on else None


@dataclass(frozen=True)
class Made:
    """A Result with the file that it is of; `source` is its path, or "-"."""

    source: str
    file: File
    result: Result


class OneLanguage(Protocol):
    """A verb that stays within one language: restyle, lint."""

    def __call__(
        self, document: Document, language: Language, policy: Policy, glossary: Glossary, *, name: str | None = None
    ) -> Result: ...


def run_in_language(
    verb: OneLanguage, sources: Sequence[str], lang: str | None, output: Output, session: Session
) -> int:
    """Run such a verb over every source; a line of JSON may say its own `lang` and `policy`."""
    default = optional_language(lang, "--lang")
    if not output.as_lines:
        given_language(default, "--lang")
    session.policy_file()

    def answered(document: Document, row: dict[str, Any], name: str | None) -> list[Result]:
        language = row_language(row, "lang", default, "--lang")
        return [verb(document, language, session.policy(row), session.glossary, name=name)]

    return run_verb(sources, answered, output, session)


def run_verb(sources: Sequence[str], verb: Verb, output: Output, session: Session) -> int:
    """Read every source, run the verb, write the results; returns the exit code."""
    if output.as_lines:
        return _lines(list(sources), verb, output)
    made: list[Made] = []
    for source in tracked(sources, "texts", len(sources)):
        file = read_file(source, output.format, output.reading)
        made.extend(Made(source, file, result) for result in verb(file.document, {}, None))
    _write(made, output)
    named = [(Path(one.source).name, one.result) for one in made]
    if output.out and not output.as_json:
        print_summary(named)
    if output.report:
        from toolkit.pipeline.report import write_report

        write_report(output.report, named, session.glossary)
        sys.stderr.write(f"report: {output.report}\n")
    return exit_code([one.result for one in made], output.threshold)


def _lines(sources: list[str], verb: Verb, output: Output) -> int:
    seen: list[Result] = []

    def answer(row: dict[str, Any]) -> dict[str, Any]:
        reader = reader_of(str(row.get("format") or output.format or "text"), output.reading)
        text = string_field(row, "text")
        results = verb(reader(text), row, None if row.get("id") is None else str(row["id"]))
        seen[:] = [_worse(result, seen) for result in results][-1:]
        objects = [{key: value for key, value in result_object(result).items() if key != "id"} for result in results]
        return objects[0] if len(objects) == 1 else {"results": objects}

    failed = stream_json_lines(sources, answer)
    return DragomanError.exit_code if failed else exit_code(seen, output.threshold)


def _worse(result: Result, seen: Sequence[Result]) -> Result:
    """Of the result and the worst before it, the one that decides the exit code (lines are not kept)."""
    candidates = [*seen, result]
    return max(candidates, key=lambda r: (severity.rank if (severity := r.worst()) else -1, r.untranslated))


def _write(made: Sequence[Made], output: Output) -> None:
    if output.out:
        for one in made:
            _write_file(output.out, one, output)
        return
    if output.as_json:
        objects = [result_object(one.result) for one in made]
        sys.stdout.write(json.dumps(objects[0] if len(objects) == 1 else objects, ensure_ascii=False, indent=2) + "\n")
        return
    if output.texts and len(made) > 1:
        _check_one_stream(made)
    for one in made:
        if output.texts:
            write_bytes(one.file, one.result)
        _list_findings(one.source, one.result, sys.stderr if output.texts else sys.stdout)


def _check_one_stream(made: Sequence[Made]) -> None:
    """Raises BadOption where several results cannot follow each other on one output."""
    if len({one.result.lang for one in made}) > 1:
        raise BadOption("several languages on one output", remedy="give --out DIR, --json or --jsonl")
    if any(one.file.document.as_read for one in made):
        raise BadOption("several files on one output", remedy="give --out DIR, --json or --jsonl")


def write_bytes(file: File, result: Result) -> None:
    """The file that came out on standard output. Raises BadOption for a package on a terminal."""
    if file.document.as_read and sys.stdout.isatty():
        raise BadOption("this file is no text for a terminal", remedy="give --out, or redirect the output")
    sys.stdout.flush()
    sys.stdout.buffer.write(file.written(result.file))
    sys.stdout.buffer.flush()


def _write_file(folder: Path, one: Made, output: Output) -> None:
    source, result = one.source, one.result
    name = Path("text.txt" if source == "-" else source)
    suffix = ".json" if output.as_json else WRITTEN_AS.get(output.format or "", name.suffix)
    stem = name.stem.removesuffix(f".{result.source_lang.value}")
    target = folder / f"{stem}.{result.lang.value}{suffix}"
    if output.as_json:
        content = (json.dumps(result_object(result), ensure_ascii=False, indent=2) + "\n").encode()
    else:
        content = one.file.written(result.file)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if source != "-" and target.exists() and target.samefile(source):
            raise BadOption("this would overwrite the source", where=str(target), remedy="give another --out folder")
        target.write_bytes(content)
    except OSError as error:
        raise BadOption(f"cannot be written: {error.strerror}", where=str(target), remedy="check --out") from None
    sys.stderr.write(f"{target}\n")
    if not output.report:
        _list_findings(source, result, sys.stderr)


def _list_findings(source: str, result: Result, stream: TextIO) -> None:
    """One line a finding, with its place in code points of the source."""
    for remark in result.findings:
        place = f"{source}:{remark.start}-{remark.end}"
        stream.write(f"{place}: {remark.severity} {remark.code} {remark.message}; {remark.remedy}\n")
