"""Sentences and what they become under the two full policies; the rows are for linguists to extend."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import CASES
from toolkit.documents.plain import read_plain
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.policy import load_policy
from toolkit.languages import Language
from toolkit.pipeline.restyle import restyle
from toolkit.pipeline.result import Action, Result

FIRST, MORE = (
    [json.loads(line) for line in (CASES / name).read_text(encoding="utf-8").splitlines()]
    for name in ("restyle.jsonl", "restyle-more.jsonl")
)
ROWS = [*FIRST, *MORE]
POLICIES = ("armenian", "azerbaijani")
EVERY_POLICY = ("armenian", "azerbaijani", "dual", "follow-source", "international", "speaker")
TWICE = [
    pytest.param(row, policy, id=f"{row['id']}-{policy}")
    for number, row in enumerate(ROWS)
    for index, policy in enumerate(EVERY_POLICY)
    if row in FIRST or number % len(EVERY_POLICY) == index
]
"""The first sentences under each policy, every other sentence under one."""


def _restyled(row: dict[str, Any], policy: str, glossary: Glossary, policies: Path) -> Result:
    document = read_plain(row["text"])
    return restyle(document, Language(row["lang"]), load_policy(policy, policies), glossary)


def _accepted(row: dict[str, Any], policy: str) -> set[str]:
    wanted = row["rendered"][policy]
    spellings = {wanted}
    for mention in row.get("mentions", ()):
        for other in mention.get("accept", {}).get(policy, ()):
            spellings |= {text.replace(mention["expected"][policy], other) for text in list(spellings)}
    return spellings


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_sentence_comes_out_as_written(row: dict[str, Any], policy: str, glossary: Glossary, policies: Path) -> None:
    """Every name in the right usage and form, or flagged where the row allows a flag; all else untouched."""
    result = _restyled(row, policy, glossary, policies)
    flagged = any(mention.action is Action.FLAGGED for mention in result.mentions) or "N003" in {
        remark.code for remark in result.findings
    }
    if row.get("may_flag") and flagged:
        return
    assert result.text in _accepted(row, policy)


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("row", [row for row in ROWS if row.get("must_not_match")], ids=lambda row: row["id"])
def test_what_is_no_name_is_not_touched(row: dict[str, Any], policy: str, glossary: Glossary, policies: Path) -> None:
    """Words, persons, handles and brands that look like a name are never replaced."""
    result = _restyled(row, policy, glossary, policies)
    for span in row["must_not_match"]:
        assert not [
            mention
            for mention in result.mentions
            if mention.start < span["end"] and span["start"] < mention.end and mention.action is Action.REPLACED
        ]


@pytest.mark.parametrize(("row", "policy"), TWICE)
def test_restyling_twice_changes_nothing_more(
    row: dict[str, Any], policy: str, glossary: Glossary, policies: Path
) -> None:
    """restyle is idempotent under every policy."""
    first = _restyled(row, policy, glossary, policies).text
    assert _restyled({**row, "text": first}, policy, glossary, policies).text == first


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_offsets_point_at_the_surface(row: dict[str, Any], glossary: Glossary, policies: Path) -> None:
    """start and end cut the surface out of the source, target_start and target_end the rendering out of the text."""
    result = _restyled(row, "azerbaijani", glossary, policies)
    for mention in result.mentions:
        assert row["text"][mention.start : mention.end] == mention.surface
        assert mention.target_start is not None
        assert result.text[mention.target_start : mention.target_end] == mention.rendering
