"""A surname alone names a person where an office that the person holds, or the initials, stand before it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from toolkit.glossary.glossary import Glossary
from toolkit.glossary.model import Entry, Pack
from toolkit.glossary.pack import LoadedPack
from toolkit.languages import Language
from toolkit.mentions.resolve import analyse

DATA = yaml.safe_load((Path(__file__).parents[1] / "cases" / "titles.yaml").read_text(encoding="utf-8"))


def _entry(row: dict[str, str]) -> Entry:
    texts = {
        language.value: {"text": row[language.value], "short": row[language.value].split()[1]} for language in Language
    }
    return Entry.model_validate(
        {"id": row["id"], "kind": "person", "role": row["role"], "names": [{"usage": "international", **texts}]}
    )


@pytest.fixture(scope="module")
def persons() -> Glossary:
    pack = Pack.model_validate({"id": "invented", "title": "Invented", "licence": "CC0-1.0", "version": "1.0.0"})
    entries = tuple(map(_entry, DATA["persons"]))
    return Glossary([LoadedPack(pack=pack, entries=entries, terms=(), digest="invented")])


@pytest.mark.parametrize("case", DATA["cases"], ids=lambda case: f"{case['lang']}: {case['text']}")
def test_a_surname_is_introduced(case: dict[str, Any], persons: Glossary) -> None:
    """A surname alone is a mention where its bearer's office or initials, or his whole name, introduce it; else not."""
    found = analyse(case["text"], Language(case["lang"]), persons).mentions
    assert [f"{mention.surface} = {' '.join(mention.entities)}" for mention in found] == case["persons"]


def test_a_genitive_before_a_surname_is_no_given_name(glossary: Glossary) -> None:
    """«Президент Азербайджана Мамедов» names the country; «Арарата Мамедова» is a person and no mountain."""
    for text, surfaces in (
        ("Президент Азербайджана Мамедов приехал.", ["Азербайджана"]),
        ("С президентом Азербайджана Мамедовым говорили.", ["Азербайджана"]),
        ("Видели Арарата Мамедова.", []),
        ("Говорили с Араратом Мамедовым.", []),
    ):
        assert [mention.surface for mention in analyse(text, Language.RU, glossary).mentions] == surfaces
