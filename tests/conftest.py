"""What every test may use: the project's own glossary, compiled once a run into a cache of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from toolkit.glossary.glossary import Glossary
from toolkit.settings import share_folder

# A slow machine is no failure: speed is measured by the benchmarks.
settings.register_profile("dragoman", deadline=None)
settings.load_profile("dragoman")

CASES = Path(__file__).parent / "cases"


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the run keeps what it compiles."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def glossary(cache: Path) -> Glossary:
    """The glossary that comes with the project."""
    return Glossary.load(share_folder() / "glossaries", cache=cache)


@pytest.fixture(scope="session")
def policies() -> Path:
    return share_folder() / "glossaries" / "policies"


@pytest.fixture(autouse=True)
def _no_memory_of_their_own(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What a developer has stored is nobody's test data."""
    monkeypatch.setenv("DRAGOMAN_MEMORY", str(tmp_path_factory.getbasetemp() / "none" / "memory.sqlite"))
