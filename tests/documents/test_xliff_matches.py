"""CAT tools see what a near match was made of: alternatives in XLIFF 1.2, translation candidates in 2.x."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from tests.conftest import CASES
from toolkit.documents.formats import reader_of
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.policy import load_policy
from toolkit.languages import Language
from toolkit.memory.store import Memory
from toolkit.pipeline.translate import translate

FOLDER = CASES / "documents" / "xliff"
_CORE = "{urn:oasis:names:tc:xliff:document:2.0}"
_MODULE = "{urn:oasis:names:tc:xliff:matches:2.0}"


@pytest.mark.parametrize("name", ["near.ru.xlf", "near-two.ru.xliff"])
def test_a_second_translation_adds_nothing(name: str, glossary: Glossary, memory: Memory, policies: Path) -> None:
    """What an earlier translation put beside its targets gives way to the new, so that a file never grows."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    policy = load_policy("follow-source", policies)
    result = translate(reader_of("xliff")(text), Language.EN, Language.RU, policy, glossary, memory)
    assert (result.original or result.text) == text


def test_a_reader_of_1_2_finds_the_alternatives() -> None:
    """Translate Toolkit reads the stored pair, its origin and its quality; those of people are still there."""
    from translate.storage.xliff import xlifffile

    first, second, third = xlifffile.parsestring((FOLDER / "near.ru.xlf").read_bytes()).units  # type: ignore[no-untyped-call]
    ours, theirs = first.getalttrans()
    assert (str(ours.source), str(ours.target)) == (
        "Snow has closed the roads to Goris.", "Снег закрыл дороги в город Горис.",
    )  # fmt: skip
    assert ours.xmlelement.get("match-quality") == "95%"
    assert str(theirs.target) == "Снег."
    assert [len(unit.getalttrans()) for unit in (second, third)] == [0, 1]
    assert len(third.getalttrans(origin="dragoman:sample")) == 1


def test_a_candidate_of_2_1_refers_to_its_segment() -> None:
    """The module stands first in its unit, each match has the one source and target that it must, and what it refers to
    is a segment of the same unit; Translate Toolkit reads the file."""
    from translate.storage.xliff2 import Xliff2File

    path = FOLDER / "near-two.ru.xliff"
    units = list(etree.parse(path).iter(f"{_CORE}unit"))
    found = [unit.findall(f"{_MODULE}matches/{_MODULE}match") for unit in units]
    assert [len(matches) for matches in found] == [2, 0, 2, 0]
    for unit, matches in zip(units, found, strict=True):
        segments = {f"#{segment.get('id')}" for segment in unit.iter(f"{_CORE}segment")}
        assert {match.get("ref") for match in matches} <= segments
        assert not matches or unit[0].tag == f"{_MODULE}matches"
        assert all([child.tag for child in match] == [f"{_CORE}source", f"{_CORE}target"] for match in matches)
    read = Xliff2File.parsestring(path.read_bytes())  # type: ignore[no-untyped-call]
    assert read.units[-1].target.startswith("Обстрел Гориса")
