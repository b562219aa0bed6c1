"""No name goes wrong in silence: marked translations as small engines make them; see tests/cases/check/silent.jsonl.

In a row, [ ] marks the names of the source, counted from 1, and those of the translation with the number of the one
they stand for: [2:…] is right, {2:…} is wrong, {2:} is lost.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import CASES
from toolkit.documents.plain import read_plain
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.policy import load_policy
from toolkit.languages import Language
from toolkit.pipeline.check import check
from toolkit.pipeline.result import Finding, Result
from toolkit.text.spans import Span

_MARK = re.compile(r"\[(?:(\d):)?([^\]]*)\]|\{(\d):([^}]*)\}")
ROWS: list[dict[str, str]] = [
    json.loads(line) for line in (CASES / "check" / "silent.jsonl").read_text(encoding="utf-8").splitlines()
]


@dataclass(frozen=True)
class Marked:
    """A name in a text, the number of the source's name, and whether it is right."""

    span: Span
    number: int
    is_right: bool


def _unmarked(text: str) -> tuple[str, Sequence[Marked]]:
    """The text without its marks, and what they mark."""
    plain, last = "", 0
    names: list[Marked] = []
    for match in _MARK.finditer(text):
        plain += text[last : match.start()]
        last = match.end()
        is_right = match[2] is not None
        surface = match[2] if is_right else match[4]
        number = int(match[1] or match[3] or len(names) + 1)
        names.append(Marked(Span(len(plain), len(plain) + len(surface)), number, is_right))
        plain += surface
    return plain + text[last:], names


def _checked(row: dict[str, str], glossary: Glossary, policies: Path, *, fix: bool) -> Result:
    (source, _), (target, _) = _unmarked(row["source"]), _unmarked(row["target"])
    policy = load_policy("follow-source", policies)
    languages = Language(row["from"]), Language(row["to"])
    return check(read_plain(source), read_plain(target), *languages, policy, glossary, fix=fix)


def _is_about(remark: Finding, name: Marked, source: Span) -> bool:
    """Whether a finding points at a name, here or there; one about a whole sentence points at none."""
    here = Span(remark.start, remark.end)
    if here.overlaps(source) and len(here) <= 2 * len(source):
        return True
    if remark.target_start is None or remark.target_end is None or remark.code != "T011":
        return False
    return Span(remark.target_start, remark.target_end).overlaps(name.span)


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_a_wrong_name_is_told_and_a_right_one_left_alone(
    row: dict[str, str], glossary: Glossary, policies: Path
) -> None:
    """Each wrong name has a finding, each right one has none, and --fix changes no right one."""
    sources = [name.span for name in _unmarked(row["source"])[1]]
    target, names = _unmarked(row["target"])
    found = _checked(row, glossary, policies, fix=False).findings
    told = {name: any(_is_about(remark, name, sources[name.number - 1]) for remark in found) for name in names}
    assert [name.span.of(target) for name in names if told[name] == name.is_right] == []
    fixed = _checked(row, glossary, policies, fix=True).text
    assert [name.span.of(target) for name in names if name.is_right and name.span.of(target) not in fixed] == []


def test_the_marks_cover_every_direction() -> None:
    """The list shows right and wrong names in all twelve directions."""
    shown = {(row["from"], row["to"], name.is_right) for row in ROWS for name in _unmarked(row["target"])[1]}
    assert len(shown) == 2 * 12
