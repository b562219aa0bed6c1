"""Findings as other programs show them: SARIF 2.1.0 (code scanning, editors) and GitHub's workflow annotations.

Both point into the file of the translation by line and column, which count code points from 1.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from toolkit import __version__
from toolkit.pipeline.findings import CODES, Severity
from toolkit.pipeline.result import Finding, Result

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_SARIF_LEVEL = {Severity.INFO: "note", Severity.WARNING: "warning", Severity.ERROR: "error"}
_GITHUB_LEVEL = {Severity.INFO: "notice", Severity.WARNING: "warning", Severity.ERROR: "error"}


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a file by lines and columns."""

    line: int
    column: int
    end_line: int
    end_column: int


class Lines:
    """The lines of a text, for turning offsets into places."""

    def __init__(self, text: str) -> None:
        self._starts = [0] + [index + 1 for index, char in enumerate(text) if char == "\n"]

    def place(self, start: int, end: int) -> Place:
        return Place(*self._at(start), *self._at(end))

    def _at(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def places(result: Result) -> Iterator[tuple[Finding, Place]]:
    """Each finding with its place in the translation; what has none there points at its beginning."""
    lines = Lines(result.text)
    for remark in result.findings:
        start = remark.target_start or 0
        yield remark, lines.place(start, remark.target_end if remark.target_end is not None else start)


def sarif(results: Sequence[tuple[str, Result]]) -> dict[str, Any]:
    """A SARIF log with one run; `results` are (path of the translation, Result)."""
    used = sorted({remark.code for _, result in results for remark in result.findings})
    rules = [
        {
            "id": code,
            "shortDescription": {"text": CODES[code].title},
            "defaultConfiguration": {"level": _SARIF_LEVEL[CODES[code].severity]},
        }
        for code in used
    ]
    found = [
        {
            "ruleId": remark.code,
            "ruleIndex": used.index(remark.code),
            "level": _SARIF_LEVEL[remark.severity],
            "message": {"text": f"{remark.message}; {remark.remedy}"},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(path)}, "region": _region(place)}}],
        }
        for path, result in results
        for remark, place in places(result)
    ]
    driver = {"name": "dragoman", "version": __version__, "rules": rules}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": found}
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _uri(path: str) -> str:
    from urllib.parse import quote

    return quote(path.replace("\\", "/"))


def _region(place: Place) -> dict[str, int]:
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }


def github(results: Sequence[tuple[str, Result]]) -> Iterator[str]:
    """A line for each finding, as GitHub's runner reads them from the output of a step."""
    for path, result in results:
        for remark, place in places(result):
            columns = f",col={place.column}"
            if place.end_line == place.line:
                columns += f",endColumn={place.end_column}"
            message = f"{remark.message}; {remark.remedy}"
            yield github_line(_GITHUB_LEVEL[remark.severity], path, place.line, remark.code, message, columns)


def github_line(level: str, path: str, line: int, title: str, message: str, columns: str = "") -> str:
    """A workflow command that a runner shows beside a line; `level` is notice, warning or error."""
    return f"::{level} file={_property(path)},line={line}{columns},title={title}::{_escaped(message)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
