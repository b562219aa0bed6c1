"""Sentences and what they become under the two full policies; the rows are for linguists to extend."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from tests.conftest import CASES
from toolkit.documents.plain import read_plain
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.model import Policy
from toolkit.glossary.policy import load_policy
from toolkit.languages import Language
from toolkit.pipeline.restyle import restyle
from toolkit.pipeline.result import Action, Result
from toolkit.settings import share_folder

FIRST, MORE = (
    [json.loads(line) for line in (CASES / name).read_text(encoding="utf-8").splitlines()]
    for name in ("restyle.jsonl", "restyle-more.jsonl")
)
ROWS = [*FIRST, *MORE]
POLICIES = ("armenian", "azerbaijani")
EVERY_POLICY = ("armenian", "azerbaijani", "dual", "follow-source", "international", "speaker")


def _policies_of(number: int) -> tuple[str, ...]:
    """The policies under which a sentence is restyled twice: of the first file each, of the others one in turn."""
    return EVERY_POLICY if number < len(FIRST) else (EVERY_POLICY[number % len(EVERY_POLICY)],)


@cache
def _policy(name: str) -> Policy:
    return load_policy(name, share_folder() / "glossaries" / "policies")


def _restyled(row: dict[str, Any], policy: str, glossary: Glossary) -> Result:
    return restyle(read_plain(row["text"]), Language(row["lang"]), _policy(policy), glossary)


def _accepted(row: dict[str, Any], policy: str) -> set[str]:
    wanted = row["rendered"][policy]
    spellings = {wanted}
    for mention in row.get("mentions", ()):
        for other in mention.get("accept", {}).get(policy, ()):
            spellings |= {text.replace(mention["expected"][policy], other) for text in list(spellings)}
    return spellings


@pytest.mark.parametrize(("number", "row"), list(enumerate(ROWS)), ids=[row["id"] for row in ROWS])
def test_a_sentence_is_restyled(number: int, row: dict[str, Any], glossary: Glossary) -> None:
    """Under both sides' policies it comes out as written, what is no name stays, and offsets hold; a second restyling
    changes nothing more, under any policy."""
    results = {policy: _restyled(row, policy, glossary) for policy in POLICIES}
    for policy, result in results.items():
        _comes_out_as_written(row, policy, result)
        _leaves_what_is_no_name(row, result)
        _points_at_the_surface(row, result)
    for policy in _policies_of(number):
        first = (results.get(policy) or _restyled(row, policy, glossary)).text
        assert _restyled({**row, "text": first}, policy, glossary).text == first, policy


def _comes_out_as_written(row: dict[str, Any], policy: str, result: Result) -> None:
    """Every name in the right usage and form, or flagged where the row allows a flag; all else untouched."""
    flagged = any(mention.action is Action.FLAGGED for mention in result.mentions) or "N003" in {
        remark.code for remark in result.findings
    }
    if not (row.get("may_flag") and flagged):
        assert result.text in _accepted(row, policy), policy


def _leaves_what_is_no_name(row: dict[str, Any], result: Result) -> None:
    """Words, persons, handles and brands that look like a name are never replaced."""
    for span in row.get("must_not_match", ()):
        assert not [
            mention
            for mention in result.mentions
            if mention.start < span["end"] and span["start"] < mention.end and mention.action is Action.REPLACED
        ]


def _points_at_the_surface(row: dict[str, Any], result: Result) -> None:
    """start and end cut the surface out of the source, target_start and target_end the rendering out of the text."""
    for mention in result.mentions:
        assert row["text"][mention.start : mention.end] == mention.surface
        assert mention.target_start is not None
        assert result.text[mention.target_start : mention.target_end] == mention.rendering
