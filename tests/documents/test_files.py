"""Files of every format: what is read in them, and what a translation makes of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import CASES
from toolkit.documents.formats import format_of, reader_of
from toolkit.documents.model import Document
from toolkit.documents.options import read_options
from toolkit.engines.protocol import ScriptedEngine
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.policy import load_policy
from toolkit.languages import Language
from toolkit.memory.store import Memory
from toolkit.pipeline.lint import lint
from toolkit.pipeline.restyle import restyle
from toolkit.pipeline.translate import translate


@dataclass(frozen=True)
class Case:
    """A case of the folder `documents`, as its README says."""

    path: Path
    says: dict[str, Any]

    @property
    def file(self) -> Path:
        alike = self.path.parent.glob(f"{self.path.stem}.*")
        return next(path for path in alike if path != self.path and path.stem == self.path.stem)

    @property
    def source(self) -> str:
        return _text(self.file)

    @property
    def translated(self) -> str:
        return _text(next(self.path.parent.glob(f"{self.path.stem}.ru.*")))

    def document(self) -> Document:
        options = read_options(self.says.get("columns"), self.says.get("paths"))
        return reader_of(self.path.parent.name, options)(self.source)


def _text(path: Path) -> str:
    return path.read_bytes().decode()


def _cases() -> list[Case]:
    paths = sorted((CASES / "documents").glob("*/*.yaml"))
    return [Case(path, yaml.safe_load(path.read_text(encoding="utf-8"))) for path in paths]


def _named(case: Case) -> str:
    return f"{case.path.parent.name}/{case.path.stem}"


@pytest.mark.parametrize("case", _cases(), ids=_named)
def test_what_is_read(case: Case) -> None:
    """The places of the file that hold language are read, and no others."""
    document = case.document()
    places = [document.original.span(block.span) for block in document.blocks] if document.original else []
    assert [place.of(case.source) for place in places] == case.says["texts"]


@pytest.mark.parametrize("case", _cases(), ids=_named)
def test_translated(case: Case, glossary: Glossary, memory: Memory, policies: Path) -> None:
    """The file comes out as the case has it: its texts translated, everything else as it was. Offsets hold in both."""
    policy = load_policy("follow-source", policies)
    engine = ScriptedEngine(case.says.get("drafts", {}))
    document = case.document()
    result = translate(document, Language.EN, Language.RU, policy, glossary, memory, engines=[engine])
    assert result.text == case.translated
    assert [finding.code for finding in result.findings] == case.says.get("codes", [])
    for segment in result.segments:
        assert case.source[segment.start : segment.end] == segment.source
        assert segment.target in result.text
    for mention in result.mentions:
        assert case.source[mention.start : mention.end] == mention.surface
        if mention.target_start is not None:
            assert result.text[mention.target_start : mention.target_end] == mention.rendering


@pytest.mark.parametrize("case", _cases(), ids=_named)
@pytest.mark.parametrize("verb", [restyle, lint], ids=["restyle", "lint"])
def test_in_its_own_style_it_comes_back(case: Case, verb: Any, glossary: Glossary, policies: Path) -> None:
    """A file in its own language, by the usage of the source, comes back byte for byte."""
    result = verb(case.document(), Language.EN, load_policy("follow-source", policies), glossary)
    assert result.text == case.source


@pytest.mark.parametrize("case", _cases(), ids=_named)
def test_a_file_is_known_by_its_name(case: Case) -> None:
    """Its ending tells the format of each case."""
    assert format_of(case.file.name) == case.path.parent.name
