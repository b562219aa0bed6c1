"""What each policy makes of a text; the rows are for linguists to extend."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import CASES
from toolkit.documents.plain import read_plain
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.policy import load_policy
from toolkit.languages import Language
from toolkit.pipeline.restyle import restyle

ROWS = [
    line.split("\t")
    for line in (CASES / "policies.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("policy", "language", "text", "expected"), ROWS)
def test_policy(policy: str, language: str, text: str, expected: str, glossary: Glossary, policies: Path) -> None:
    """First mentions in both sides' names, quotes as spoken, the international list, the source's own usage."""
    document = read_plain(text)
    assert restyle(document, Language(language), load_policy(policy, policies), glossary).text == expected


def test_a_heading_is_no_first_mention(glossary: Glossary, policies: Path) -> None:
    """Under dual the headline keeps one name; the first mention below it has both."""
    text = "Shells hit Stepanakert\n\nShells hit Stepanakert on Monday."
    result = restyle(read_plain(text), Language.EN, load_policy("dual", policies), glossary)
    assert result.text == "Shells hit Stepanakert\n\nShells hit Stepanakert (Khankendi) on Monday."
