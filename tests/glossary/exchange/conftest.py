"""The project's glossary, laid out for the formats of exchange."""

from __future__ import annotations

import pytest

from tests.glossary.exchange.samples import SAMPLE
from toolkit.glossary.exchange.concepts import Concept, concept_of
from toolkit.glossary.glossary import Glossary


@pytest.fixture(scope="session")
def concepts(glossary: Glossary) -> list[Concept]:
    return [concept_of(entry) for pack in glossary.packs for entry in pack.entries]


@pytest.fixture(scope="session")
def sample(concepts: list[Concept]) -> list[Concept]:
    found = [concept for concept in concepts if concept.id in SAMPLE]
    assert len(found) == len(SAMPLE)
    return found
