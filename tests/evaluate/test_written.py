"""The page of quality is what the command writes: its words and tables, not its figures, are held to the code."""

from __future__ import annotations

import re
from pathlib import Path

from toolkit.evaluate.model import Made, NameScores, Report, Round, Share, System, TextScore
from toolkit.evaluate.run import REFERENCE
from toolkit.evaluate.written import quality_page
from toolkit.languages import Language

PAGE = Path(__file__).parents[2] / "docs" / "quality.md"
_NAMES = NameScores(form=Share(hits=1, of=2))
_ROUND = Round(names=_NAMES, by_kind={"city": _NAMES}, codes={"N009": 3, "N018": 9, "T004": 1})


def _system(suite: str, direction: str, name: str) -> System:
    source, target = (Language(code) for code in direction.split("-"))
    made = {REFERENCE: Made.PERSON, "memory": Made.RUN}.get(name, Made.FILE)
    given = (
        _ROUND
        if made is Made.PERSON
        else _ROUND.model_copy(update={"chrf": TextScore(score=1, margin=0, signature="x")})
    )
    return System(
        name=name, suite=suite, made=made, source=source, target=target, policy="p", sentences=1, given=given
    )  # fmt: skip


def _frame(page: str) -> list[str]:
    """The lines of a page that no figure is in: words, and the heads of tables."""
    lines = re.sub(r"```.*?```", "", page, flags=re.DOTALL).splitlines()
    return [
        line for line in lines if not line.startswith("|") or line.startswith(("| direction", "| kind", "| system"))
    ]


def _systems(page: str) -> list[System]:
    """What a page has figures of, one for each row of the first table of a suite."""
    found = []
    for section in page.split("\n## ")[1:]:
        rows = re.findall(r"^\| (\w\w-\w\w) \| (\S+) \|", section, flags=re.MULTILINE)
        found += [_system(section.partition("\n")[0], direction, name) for direction, name in rows]
    return found


def test_the_page_is_the_one_that_the_command_writes() -> None:
    """Who changes the words of the page in one place alone is told; `make eval` writes it anew."""
    page = PAGE.read_text(encoding="utf-8")
    systems = _systems(page)
    assert {"seeds", "quality.jsonl"} <= {system.suite for system in systems}
    assert _frame(quality_page(Report(systems=tuple(systems), signature="s"))) == _frame(page)


def test_a_page_adds_up_directions_and_leaves_notes_out() -> None:
    """Names of a kind are summed over the directions, findings are ranked, remarks that are only notes do not count."""
    systems = (_system("seeds", "en-ru", "memory"), _system("seeds", "ru-en", "memory"))
    page = quality_page(Report(systems=systems, signature="s"))
    assert "| city | 50.0 % of 4 |" in page
    assert "| memory | 2 | N009 6, T004 2 |" in page


def test_a_page_says_which_engines_ran() -> None:
    """Where none did, it says that none was installed, and the memory is no engine."""
    memory = _system("", "en-ru", "memory")
    engine = memory.model_copy(update={"name": "argos"})
    assert "none was installed" in quality_page(Report(systems=(memory,), signature="s"))
    assert "Engines run for this page: argos." in quality_page(Report(systems=(memory, engine), signature="s"))
