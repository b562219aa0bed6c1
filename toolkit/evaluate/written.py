"""The report as a page of documentation: what was measured, on what, how well. Of the same report the same page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from toolkit.evaluate.model import Made, NameScores, Report, System
from toolkit.evaluate.page import percent
from toolkit.evaluate.table import markdown
from toolkit.pipeline.findings import CODES, Severity

_HEAD = """# Quality

This page is written by `make eval`, which is `dragoman eval` over the suites below. It measures translations against
references, names first.

* **names** are the mentions in the sources that the glossary knows. **base**: the wanted name stands in the
  translation in its base form; **form**: in some form; **entity**: the same place, person or organisation is named,
  by whatever name. One name of a translation serves one mention. A reference is a person's work and seldom scores full
  marks: people write "the city".
* **flagged** and **silent** are counted after the repair of names (`check --fix`): of the source's mentions, those
  that a finding points at, and those that are neither in the translation nor flagged. The second should be none.
* **wrong** are names after the repair that the source does not call for.
* **chrF** is that of the translation as it came, **repaired** that after the repair of names.
"""
_ABOUT = {
    "seeds": "The articles of `seeds/`, paragraph by paragraph, in every direction. They are held out of the memory, "
    "so that it has only sentences that are like theirs.",
    "quality.jsonl": "Sentences written for this measure (`tests/cases/quality.jsonl`), in every direction; the memory "
    "is the one that comes with Dragoman.",
    "flores-dev": "The development set of FLORES-200 (CC BY-SA 4.0), which is not part of the project. The "
    "translations were made by their engines elsewhere and lie beside it as files.",
}
_NO_ENGINE = (
    "No engine was run for this page: none was installed where it was made. What the memory does not have stays in the "
    "language of the source and counts as it stands."
)
_FREQUENT = 6


def quality_page(report: Report) -> str:
    """Markdown, a section for each suite."""
    parts = [_HEAD, _engines(report)]
    for suite in dict.fromkeys(system.suite for system in report.systems):
        systems = [system for system in report.systems if system.suite == suite]
        parts += [f"## {suite or 'files'}", *([_ABOUT[suite]] if suite in _ABOUT else [])]
        parts.append(markdown(Report(systems=tuple(systems), signature="")).rstrip())
        parts += ["All directions together, by kind of name (form):", _by_kind(systems)]
        parts += ["The findings that most sentences have, after the repair:", _by_code(systems)]
    parts += ["## How it was made", _made(report)]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _engines(report: Report) -> str:
    ran = sorted({system.name for system in report.systems if system.made is Made.RUN} - {"memory"})
    return f"Engines run for this page: {', '.join(ran)}." if ran else _NO_ENGINE


def _names(systems: Sequence[System]) -> list[str]:
    return list(dict.fromkeys(system.name for system in systems))


def _by_kind(systems: Sequence[System]) -> str:
    """A row a kind, a column a system."""
    names = _names(systems)
    scores: dict[str, dict[str, NameScores]] = {}
    for system in systems:
        for kind, found in system.given.by_kind.items():
            row = scores.setdefault(kind, {})
            row[system.name] = row.get(system.name, NameScores()) + found
    rows = [
        [kind, *(_form(row[name]) if name in row else "–" for name in names)] for kind, row in sorted(scores.items())
    ]
    return _table(["kind", *names], rows)


def _form(scores: NameScores) -> str:
    return f"{percent(scores.form)} of {scores.form.of}"


def _by_code(systems: Sequence[System]) -> str:
    """A row a system; notes are left out."""
    rows = []
    for name in _names(systems):
        of = [system for system in systems if system.name == name]
        codes = Counter[str]()
        for system in of:
            codes.update((system.repaired or system.given).codes)
        shown = [f"{code} {count}" for code, count in _ranked(codes) if CODES[code].severity is not Severity.INFO]
        rows.append([name, str(sum(system.sentences for system in of)), ", ".join(shown[:_FREQUENT]) or "–"])
    return _table(["system", "lines", "findings"], rows)


def _ranked(codes: Counter[str]) -> Iterable[tuple[str, int]]:
    return sorted(codes.items(), key=lambda one: (-one[1], one[0]))


def _made(report: Report) -> str:
    scores = {score.signature for s in report.systems for score in (s.given.chrf, s.given.bleu) if score}
    lines = [report.signature, *sorted(scores)]
    return "```\n" + "\n".join(lines) + "\n```"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(line)} |" for line in [head, ["---"] * len(head), *rows])
