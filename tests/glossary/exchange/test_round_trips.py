"""The glossary in other tools' formats: what goes out comes back, as far as the format carries it, and no less."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.glossary.exchange.samples import PAIR, PAIRED, WHOLE, concept, read, written
from toolkit.glossary.exchange.cells import safe_cell
from toolkit.glossary.exchange.concepts import Concept, concept_of
from toolkit.glossary.exchange.edit import new_fields, validated
from toolkit.glossary.exchange.formats import FORMATS, READABLE
from toolkit.glossary.exchange.pairs import one_target_each, pairs_of
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.model import Kind


@pytest.mark.parametrize("name", WHOLE)
@settings(max_examples=20)
@given(concepts=st.lists(concept(), max_size=3, unique_by=lambda one: one.id))
def test_a_concept_comes_back_as_far_as_the_format_carries_it(name: str, concepts: list[Concept]) -> None:
    """Any names, signs of markup among them, come back equal to what the format says that it carries."""
    carried = FORMATS[name].carried
    assert carried is not None
    assert read(name, written(name, concepts)) == [carried(concept) for concept in concepts]


@pytest.mark.parametrize("name", WHOLE)
def test_the_projects_glossary_comes_back(name: str, concepts: list[Concept]) -> None:
    """All that the project's packs say and the format carries is there after a round trip (of every fifth entry)."""
    carried = FORMATS[name].carried
    assert carried is not None
    some = concepts[::5]
    assert read(name, written(name, some)) == [carried(concept) for concept in some]


@pytest.mark.parametrize("name", PAIRED)
@settings(max_examples=20)
@given(concepts=st.lists(concept(), max_size=3, unique_by=lambda one: one.id))
def test_pairs_come_back(name: str, concepts: list[Concept]) -> None:
    """Each pair that is written is read again, as the cells have it, in the languages that were asked for."""
    content = written(name, concepts, PAIR)
    found = {tuple(wording.text for wording in concept.wordings) for concept in read(name, content, PAIR)}
    pairs, _ = pairs_of(concepts, PAIR)
    if name in ("csv", "tsv"):
        pairs, _ = one_target_each(pairs)
    expected = {(pair.source, pair.target) for pair in pairs}
    cells = {(safe_cell(source), safe_cell(target)) for source, target in found}
    assert {pair for pair in cells if all(pair)} == expected
    assert name == "tmx" or found == expected


@pytest.mark.parametrize("name", ["omegat", "tmx", "weblate"])
def test_pairs_keep_entity_usages_and_kind(name: str, sample: list[Concept]) -> None:
    """Where the format has a place for a remark, a pair still says whose it is."""
    shusha = [concept for concept in read(name, written(name, sample, PAIR), PAIR) if concept.id == "shusha-shushi"]
    assert {(concept.kind, concept.usages, concept.wordings[0].text) for concept in shusha} == {
        (Kind.CITY, ("armenian",), "Shushi"),
        (Kind.CITY, ("azerbaijani", "international"), "Shusha"),
    }


def test_an_entry_is_made_again_from_its_concept(glossary: Glossary) -> None:
    """Laying an entry out flat and putting it together again loses neither a name nor a fact; `like` is found anew."""
    for pack in glossary.packs:
        for entry in pack.entries[::3]:
            concept = replace(concept_of(entry), needs_cue=False)
            again = validated(new_fields(concept) | {"id": entry.id})
            assert replace(concept_of(again), needs_cue=False) == concept


@pytest.mark.parametrize("name", READABLE)
def test_what_a_format_loses_is_said(name: str) -> None:
    """Each format tells people what it cannot hold."""
    assert all(FORMATS[name].loses)
