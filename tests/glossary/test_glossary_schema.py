"""The JSON Schemas and the contributor's guide agree with the models."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from toolkit.glossary.format import model_of
from toolkit.glossary.model import Entry, Name, NameText, Policy
from toolkit.glossary.policy import list_policies
from toolkit.glossary.schema import schema_files, schema_of, write_schemas
from toolkit.glossary.yaml_safe import parse_yaml

GLOSSARIES = Path(__file__).parent.parent.parent / "glossaries"
GUIDE = (GLOSSARIES / "README.md").read_text(encoding="utf-8")


def test_committed_schemas_are_current() -> None:
    """Whoever changes a model writes the schemas anew."""
    committed = {path.name: path.read_text(encoding="utf-8") for path in (GLOSSARIES / "schema").iterdir()}
    assert committed == schema_files()


def test_schemas_are_written_once(tmp_path: Path) -> None:
    """Writing says what changed; a second run changes nothing."""
    assert len(write_schemas(tmp_path / "schema")) == 4
    assert write_schemas(tmp_path / "schema") == []


def test_the_schema_allows_what_the_reader_allows() -> None:
    """A name may be a plain text, a date a plain year; a misspelt field is refused."""
    schema = schema_of(Entry)
    assert schema["$defs"]["NameText"]["anyOf"][0]["type"] == "string"
    assert {"type": "integer"} in schema["$defs"]["Name"]["properties"]["since"]["anyOf"]
    assert schema["additionalProperties"] is False


@pytest.mark.parametrize("block", re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL), ids=lambda block: block[:20])
def test_examples_of_the_guide_are_valid(block: str) -> None:
    """What the guide shows can be copied."""
    data = parse_yaml(block)
    assert model_of(data).model_validate(data)


@pytest.mark.parametrize("model", [Entry, Name, NameText, Policy])
def test_the_guide_speaks_of_every_field(model: type[BaseModel]) -> None:
    """No field is left unexplained."""
    spoken_of = set(re.findall(r"`([a-z_]+)(?:: ?[a-z]*)?`", GUIDE)) | set(
        re.findall(r"^([a-z_]+):", GUIDE, re.MULTILINE)
    )
    assert set(model.model_fields) - spoken_of == set()


def test_the_guide_lists_every_policy() -> None:
    """The table of policies is the folder's content, in alphabetical order."""
    listed = re.findall(r"^\| `([a-z-]+)` \|", GUIDE.split("| policy |")[1].split("## Licence")[0], re.MULTILINE)
    assert listed == list_policies(GLOSSARIES / "policies")
