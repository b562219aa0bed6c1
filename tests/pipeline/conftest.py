"""The sample memory, compiled once a run."""

from __future__ import annotations

import pytest

from tests.conftest import CASES
from toolkit.glossary.glossary import Glossary
from toolkit.memory.store import Memory


@pytest.fixture(scope="session")
def memory(glossary: Glossary) -> Memory:
    return Memory.load([CASES / "memory"], glossary)
