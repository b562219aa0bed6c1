"""What the tests of the commands share."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.conftest import CASES
from tests.files import write_files

FILES: dict[str, str] = yaml.safe_load((CASES / "glossary-diff.yaml").read_text("utf-8"))["files"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small glossary in good order, with one pack named `pack`: Goris, and Shusha by the names of both sides."""
    write_files(tmp_path, FILES)
    return tmp_path / "glossaries"
