"""What the tests of the commands share."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.conftest import CASES

FILES: dict[str, str] = yaml.safe_load((CASES / "glossary-diff.yaml").read_text("utf-8"))["files"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small glossary in good order, with one pack named `pack`: Goris, and Shusha by the names of both sides."""
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "glossaries"
