"""A name that sounds unlike its fellows in the other languages is pointed out; translated names are left alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from toolkit.glossary.checks.sounds import check_sounds, odd_one_out
from toolkit.glossary.model import Entry
from toolkit.languages import Language

CASES: list[dict[str, str]] = yaml.safe_load(
    (Path(__file__).parent.parent / "cases" / "sounds.yaml").read_text("utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['en']} {case['odd']}")
def test_the_odd_one_out_is_found(case: dict[str, str]) -> None:
    """Three names that agree and one that is far from all: that one, and no other."""
    odd = odd_one_out({Language(code): text for code, text in case.items() if code != "odd"})
    assert (odd.value if odd else "none") == case["odd"]


def _entry(kind: str, hy: dict[str, Any]) -> Entry:
    names = [{"usage": "international", "az": "Polşa", "en": "Polsha", "hy": hy, "ru": "Польша"}]
    return Entry.model_validate({"id": "polsha", "kind": kind, "names": names})


def test_a_declared_exonym_is_no_typo() -> None:
    """`exonym: true` says that a name need not sound like the others."""
    assert [remark.code for remark in check_sounds(_entry("country", {"text": "Լեհաստան"}))] == ["G110"]
    assert list(check_sounds(_entry("country", {"text": "Լեհաստան", "exonym": True}))) == []


def test_names_that_are_translated_are_not_compared() -> None:
    """An organisation's name is put into the language, so its sound says nothing."""
    assert list(check_sounds(_entry("organisation", {"text": "Լեհաստան"}))) == []
