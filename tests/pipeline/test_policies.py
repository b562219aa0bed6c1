"""What each policy makes of a text; the rows are for linguists to extend."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import CASES
from toolkit.documents.plain import read_plain
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.policy import load_policy
from toolkit.glossary.settle import settle
from toolkit.languages import Language
from toolkit.pipeline.restyle import restyle
from toolkit.pipeline.translate import translate

ROWS = [
    ([*line.split("\t"), ""])[:5]
    for line in (CASES / "policies.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("policy", "language", "text", "expected", "date"), ROWS)
def test_policy(
    policy: str, language: str, text: str, expected: str, date: str, glossary: Glossary, policies: Path
) -> None:
    """Both sides' names, quotes as spoken, the international list, the name of the time, the source's own usage."""
    chosen = settle(load_policy(policy, policies), glossary, date or None)
    assert restyle(read_plain(text), Language(language), chosen, glossary).text == expected


@pytest.mark.parametrize(
    ("policy", "date", "text", "code", "candidates"),
    [
        ("avoid", None, "В Степанакерте тихо.", "N024", ("главный город Карабаха",)),
        ("avoid", None, "В Мардакерте тихо.", "N024", ("город",)),
        ("by-date", "1959", "В Физули тихо.", "N023", ()),
    ],
)
def test_what_a_policy_does_not_choose_is_flagged(
    policy: str, date: str | None, text: str, code: str, candidates: tuple[str, ...], glossary: Glossary, policies: Path
) -> None:
    """The name stays; the finding says what may stand instead, or what is missing."""
    chosen = settle(load_policy(policy, policies), glossary, date)
    result = restyle(read_plain(text), Language.RU, chosen, glossary)
    assert result.text == text
    assert [(m.flags, m.action, m.candidates) for m in result.mentions] == [((code,), "flagged", candidates)]


def test_names_out_of_date_are_translated_by_the_name_of_the_time(glossary: Glossary, policies: Path) -> None:
    """Kirovabad in a text about 2001 is Ganja in Russian too; about 1959 its neighbour is flagged."""
    chosen = settle(load_policy("by-date", policies), glossary, "2001")
    result = translate(read_plain("Kirovabad"), Language.EN, Language.RU, chosen, glossary)
    assert result.text == "Гянджа"
    chosen = settle(load_policy("by-date", policies), glossary, "1959")
    result = translate(read_plain("Fuzuli"), Language.EN, Language.RU, chosen, glossary)
    assert (result.text, [finding.code for finding in result.findings]) == ("Физули", ["N023"])


def test_a_heading_is_no_first_mention(glossary: Glossary, policies: Path) -> None:
    """Under dual the headline keeps one name; the first mention below it has both."""
    text = "Shells hit Stepanakert\n\nShells hit Stepanakert on Monday."
    result = restyle(read_plain(text), Language.EN, load_policy("dual", policies), glossary)
    assert result.text == "Shells hit Stepanakert\n\nShells hit Stepanakert (Khankendi) on Monday."
