"""check: what is wrong is found and said, what is right is left alone; the rows are for linguists to extend."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import CASES
from tests.planted import FAULTS
from toolkit.documents.plain import read_plain
from toolkit.errors import WrongUse
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.policy import load_policy
from toolkit.languages import Language
from toolkit.memory.markup import parse_marks
from toolkit.pipeline.align import Unit, align
from toolkit.pipeline.check import check
from toolkit.pipeline.check_pair import check_pair
from toolkit.pipeline.checks.pair import Pair, side_of
from toolkit.pipeline.findings import CODES
from toolkit.pipeline.result import Action, Result
from toolkit.settings import share_folder
from toolkit.text.spans import Span


def _rows(name: str) -> list[dict[str, Any]]:
    text = (CASES / "check" / name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


FAULTY, RIGHT = _rows("faults.jsonl"), _rows("right.jsonl")
_EACH = 20
WEIGHTY = {"N009", "N012", "N013", "N014", "N015", "N016", "N017"} | {code for code in CODES if code > "T002"}


def _checked(row: dict[str, Any], glossary: Glossary, policies: Path, *, fix: bool = False) -> Result:
    return check(
        read_plain(row["source"]), read_plain(row["target"]), Language(row["from"]), Language(row["to"]),
        load_policy(row.get("policy", "follow-source"), policies), glossary, fix=fix,
    )  # fmt: skip


@pytest.mark.parametrize("row", FAULTY, ids=[row["id"] for row in FAULTY])
def test_a_fault_is_found(row: dict[str, Any], glossary: Glossary, policies: Path) -> None:
    """Every fault of the list has its finding, and no finding of another kind stands beside it."""
    result = _checked(row, glossary, policies)
    assert {remark.code for remark in result.findings} == set(row["codes"])
    assert result.text == row["target"]


@pytest.mark.parametrize("row", RIGHT, ids=[row["id"] for row in RIGHT])
def test_a_right_translation_is_left_alone(row: dict[str, Any], glossary: Glossary, policies: Path) -> None:
    """Translations that say the same in the way of their language have no finding, and --fix changes nothing."""
    result = _checked(row, glossary, policies, fix=True)
    assert [remark.code for remark in result.findings if remark.code in WEIGHTY] == []
    assert result.text == row["target"]


@pytest.mark.parametrize("row", FAULTY, ids=[row["id"] for row in FAULTY])
def test_fix_repairs_names_and_nothing_else(row: dict[str, Any], glossary: Glossary, policies: Path) -> None:
    """A name that is surely wrong is put right in its case; what is not sure, and all but names, stays as given."""
    result = _checked(row, glossary, policies, fix=True)
    assert result.text == row.get("fixed", result.text)
    if not any(code.startswith("N") for code in row["codes"]):
        assert result.text == row["target"]
    assert "\n".join(segment.draft or "" for segment in result.segments) == row["target"]
    assert all(not remark.code.startswith("N01") or remark.code == "N018" for remark in result.findings) or (
        row.get("fixed") in (None, row["target"])
    )


def test_every_code_of_a_check_has_a_case() -> None:
    """Each code that `check` alone says is shown by a case."""
    shown = {code for row in FAULTY for code in row["codes"]}
    said = (
        {"N009", "N012", "N013", "N014", "N015", "N016", "N017", "T003", "T004"}
        | {"T018"}
        | {f"T{n:03}" for n in range(7, 15)}
    )
    assert said <= shown


def test_places_hold_in_both_texts(glossary: Glossary, policies: Path) -> None:
    """Offsets of mentions and findings cut the surface from the source and the rendering from what came out."""
    rows = [row for row in FAULTY if (row["from"], row["to"]) == ("en", "az")]
    source = "\n\n".join(row["source"] for row in rows)
    target = "\n\n".join(row["target"] for row in rows)
    policy = load_policy("follow-source", policies)
    result = check(read_plain(source), read_plain(target), Language.EN, Language.AZ, policy, glossary, fix=True)
    assert len(result.segments) == len(rows)
    for mention in result.mentions:
        assert source[mention.start : mention.end] == mention.surface
        if mention.target_start is not None:
            assert result.text[mention.target_start : mention.target_end] == mention.rendering
    for remark in result.findings:
        assert 0 <= remark.start <= remark.end <= len(source)
        assert 0 <= (remark.target_start or 0) <= (remark.target_end or 0) <= len(result.text)


def test_a_repaired_mention_says_so(glossary: Glossary, policies: Path) -> None:
    """What was written before stays as the draft, and the mention tells that it was repaired, and from what."""
    result = _checked(FAULTY[0], glossary, policies, fix=True)
    repaired = next(mention for mention in result.mentions if mention.entity == "azerbaijan")
    assert (repaired.action, repaired.rule) == (Action.REPAIRED, "repair:armenia")
    assert result.segments[0].draft == FAULTY[0]["target"]


def test_one_language_is_no_translation(glossary: Glossary, policies: Path) -> None:
    """A text can only be compared with its translation into another language."""
    policy = load_policy("follow-source", policies)
    with pytest.raises(WrongUse):
        check(read_plain("a"), read_plain("b"), Language.EN, Language.EN, policy, glossary)


def test_an_empty_translation_is_said(glossary: Glossary, policies: Path) -> None:
    """Nothing at all in the place of a sentence is an error."""
    policy = load_policy("follow-source", policies)
    result = check(read_plain("The road is open."), read_plain(""), Language.EN, Language.RU, policy, glossary)
    assert "T015" in {remark.code for remark in result.findings}


RECALL = {
    "drop a name": 0.85,
    "double a name": 0.85,
    "change places": 0.5,
    "drop a not": 0.5,
    "change a number": 0.97,
    "invent a link": 1.0,
    "repeat a phrase": 0.95,
    "cut short": 0.95,
}
"""The least share of planted faults that is found in the sample memory, and so stated."""


@pytest.mark.parametrize(("source", "target"), [("en", "hy"), ("en", "ru"), ("hy", "en"), ("ru", "az"), ("az", "en")])
def test_planted_faults_are_found(source: str, target: str, glossary: Glossary, policies: Path) -> None:
    """Of faults planted into right translations at least the stated share is found; right ones hardly ever flagged."""
    policy = load_policy("follow-source", policies)
    planted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    flagged = sentences = 0
    for here, there in _translations(Language(source), Language(target)):
        old, new = side_of(here, Language(source), glossary), side_of(there, Language(target), glossary)
        sentences += 1
        if WEIGHTY & {remark.code for remark in check_pair(Pair(old, new), policy, glossary).remarks}:
            flagged += 1
            continue
        for name, (fault, codes) in FAULTS.items():
            faulty = fault(new)
            if faulty is not None:
                planted[name] += 1
                pair = Pair(old, side_of(faulty, Language(target), glossary))
                found[name] += bool(codes & {remark.code for remark in check_pair(pair, policy, glossary).remarks})
    assert flagged <= 0.02 * sentences
    few = 10
    assert {name: found[name] / n for name, n in planted.items() if n > few and found[name] < RECALL[name] * n} == {}


def _translations(source: Language, target: Language) -> list[tuple[str, str]]:
    """Every so-manieth sentence of the project's own memory in both languages."""
    found = []
    for path in sorted((share_folder() / "seeds" / "memory").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            sides = json.loads(line)
            if source.value in sides and target.value in sides:
                found.append((parse_marks(sides[source.value]).text, parse_marks(sides[target.value]).text))
    return found[::_EACH]


@given(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_two_texts_can_be_compared(glossary: Glossary, policies: Path, source: str, target: str) -> None:
    """No text makes a check fail, and without --fix the translation comes back as it was."""
    policy = load_policy("follow-source", policies)
    result = check(read_plain(source), read_plain(target), Language.EN, Language.HY, policy, glossary)
    assert result.text == target


@given(st.lists(st.integers(1, 90), max_size=7), st.lists(st.integers(1, 90), max_size=7))
def test_sentences_are_paired_in_order_and_none_is_lost(here: list[int], there: list[int]) -> None:
    """Every sentence of both texts is in exactly one pair, in order."""
    source, target = _units(here), _units(there)
    pairs = align(source, target)
    for side, units in ((0, source), (1, target)):
        covered = [span for pair in pairs if (span := pair[side]) is not None]
        assert covered == sorted(covered)
        starts = {span.start for span in covered} | {0}
        assert sum(any(span.contains(unit.span) for span in covered) for unit in units) == len(units)
        assert starts <= {unit.span.start for unit in units} | {0}


def _units(lengths: list[int]) -> list[Unit]:
    units, start = [], 0
    for length in lengths:
        units.append(Unit(Span(start, start + length), frozenset()))
        start += length + 1
    return units
