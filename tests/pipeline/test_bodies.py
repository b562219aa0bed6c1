"""Ministries, armies and courts: found in any form, rendered in many ways, and never another state's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import CASES
from toolkit.documents.plain import read_plain
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.model import Entry, Pack
from toolkit.glossary.pack import LoadedPack
from toolkit.glossary.policy import load_policy
from toolkit.languages import Language
from toolkit.mentions.find import Finder
from toolkit.mentions.resolve import analyse
from toolkit.pipeline.check import check
from toolkit.pipeline.restyle import restyle
from toolkit.pipeline.result import Result

DATA: dict[str, list[dict[str, Any]]] = yaml.safe_load((CASES / "bodies.yaml").read_text(encoding="utf-8"))


def _checked(row: dict[str, Any], glossary: Glossary, policies: Path) -> Result:
    policy = load_policy("follow-source", policies)
    source, target = read_plain(row["source"]), read_plain(row["target"])
    return check(source, target, Language(row["from"]), Language(row["to"]), policy, glossary, fix=not row.get("codes"))


@pytest.mark.parametrize("row", DATA["found"], ids=lambda row: row["text"][:40])
def test_a_body_is_found_in_its_form_and_a_common_noun_is_none(row: dict[str, Any], glossary: Glossary) -> None:
    """The names of bodies are found with their owner, inflected and abbreviated; "the ministry" alone is no name."""
    mentions = analyse(row["text"], Language(row["lang"]), glossary).mentions
    assert [f"{mention.surface} = {'|'.join(mention.entities)}" for mention in mentions] == row["mentions"]


@pytest.mark.parametrize("row", DATA["right"], ids=lambda row: row["target"][:40])
def test_another_name_of_the_same_body_is_no_fault(row: dict[str, Any], glossary: Glossary, policies: Path) -> None:
    """An abbreviation, a part of the name or a word for such a body renders it: nothing is said, nothing changed."""
    result = _checked(row, glossary, policies)
    assert [(remark.code, remark.message) for remark in result.findings] == []
    assert result.text == row["target"]


@pytest.mark.parametrize("row", DATA["wrong"], ids=lambda row: row["target"][:40])
def test_the_body_of_another_state_is_a_fault(row: dict[str, Any], glossary: Glossary, policies: Path) -> None:
    """Whatever words name it, a body of another state or another body of the same state is told."""
    assert sorted({remark.code for remark in _checked(row, glossary, policies).findings}) == row["codes"]


@pytest.mark.parametrize("row", DATA["restyled"], ids=lambda row: row["lang"])
def test_a_house_style_leaves_bodies_as_they_are(row: dict[str, Any], glossary: Glossary, policies: Path) -> None:
    """Only what has a name of the wanted usage changes."""
    policy = load_policy(row["policy"], policies)
    assert restyle(read_plain(row["text"]), Language(row["lang"]), policy, glossary).text == row["becomes"]


@pytest.mark.parametrize("language", Language)
def test_every_name_of_an_instance_leads_to_it(language: Language, glossary: Glossary) -> None:
    """What follows from a sort and an owner is found as that body, or as its namesakes and it."""
    table = glossary.table(language)
    finder = Finder(table)
    lost = []
    for entity in glossary.entities.values():
        for name in table.of_entity(entity.id) if entity.instance_of else ():
            text = name.lexeme.text
            whole = [hit for hit in finder.find(text) if hit.span.of(text) == text]
            if entity.id not in {reading.entity for hit in whole for reading in hit.readings}:
                lost.append(text)
    assert lost == []


def _entry(entry_id: str, en: str, **fields: Any) -> Entry:
    names = [{"usage": "international", "en": en}]
    return Entry.model_validate({"kind": "organisation", "names": names, **fields, "id": entry_id})


def test_a_new_owner_needs_one_entry() -> None:
    """Of a sort and a state, one short entry gives all the ways of naming the body."""
    sort = _entry("toll-office", "Toll Office", heads={"en": ["office"]})
    state = _entry("ruritania", "Ruritania", kind="country", adjectives={"en": "Ruritanian"})
    body = _entry("toll-office-ruritania", "Toll Office of Ruritania", instance_of="toll-office", part_of="ruritania")
    pack = Pack(id="invented", title="Invented", version="1.0.0", licence="CC0-1.0")
    glossary = Glossary([LoadedPack(pack, (sort, state, body), (), "digest")])
    for text in ("Ruritanian Toll Office", "Ruritania's Toll Office", "Toll Office of Ruritania"):
        mentions = analyse(f"The {text} was shut.", Language.EN, glossary).mentions
        assert [(mention.surface, mention.entity) for mention in mentions] == [(text, "toll-office-ruritania")]
