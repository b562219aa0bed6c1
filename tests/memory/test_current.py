"""A program that runs for weeks sees the newsroom's own memory as soon as it is there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from toolkit.errors import MemoryBroken
from toolkit.glossary.glossary import Glossary
from toolkit.languages import Language
from toolkit.memory.current import CurrentMemory
from toolkit.memory.own.model import Record
from toolkit.memory.own.store import OwnMemory
from toolkit.settings import Settings, read_settings

SIDES = {Language.EN: "The bakery opened at dawn.", Language.RU: "Пекарню открыли с рассветом."}


@pytest.fixture
def settings(tmp_path: Path, cache: Path) -> Settings:
    return replace(read_settings({}), cache=cache, memory=tmp_path / "memory.sqlite")


def _store(path: Path, glossary: Glossary) -> None:
    """As `dragoman memory import` does in a process of its own: the file is closed afterwards."""
    own = OwnMemory(path, glossary)
    own.add([Record(SIDES, "a test")])
    own.close()


def test_a_memory_is_seen_when_it_comes_and_when_it_goes(
    settings: Settings, glossary: Glossary, tmp_path: Path
) -> None:
    """Made after the start, taken away, brought back from a copy: each is seen by the next request."""
    current = CurrentMemory(settings, glossary)
    seeds = len(current.now())
    assert current.now() is current.now()
    _store(settings.memory, glossary)
    assert len(current.now()) == seeds + 1
    assert current.now() is current.now()
    settings.memory.rename(tmp_path / "copy")
    assert len(current.now()) == seeds
    (tmp_path / "copy").rename(settings.memory)
    assert len(current.now()) == seeds + 1


def test_an_empty_memory_counts_when_something_is_stored_in_it(settings: Settings, glossary: Glossary) -> None:
    """The file is there before its first sentence is."""
    OwnMemory(settings.memory, glossary).close()
    current = CurrentMemory(settings, glossary)
    seeds = len(current.now())
    assert "own:" not in current.now().signature
    _store(settings.memory, glossary)
    assert len(current.now()) == seeds + 1
    assert current.now().signature.startswith("own:1@")


def test_a_file_that_is_no_memory_is_told_and_can_be_put_right(settings: Settings, glossary: Glossary) -> None:
    """Every request says so in one line until the file is another one; the server needs no new start."""
    current = CurrentMemory(settings, glossary)
    settings.memory.mkdir()
    for _ in range(2):
        with pytest.raises(MemoryBroken):
            current.now()
    settings.memory.rmdir()
    assert "own:" not in current.now().signature
